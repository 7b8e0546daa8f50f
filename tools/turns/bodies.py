"""What clients send to start a turn: three forms of one body, read into one request.

Of a posted history only the newest user message counts, and the answers to approvals; the server's own history is the truth.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NoReturn, TypeVar

from pydantic import ConfigDict, Field, StringConstraints, ValidationError

from persistence.types import SessionID
from tools.errors import FieldError, Invalid
from tools.schemas import JsonObject, WireIDOf, WireModel
from tools.sessions.lookup import SessionReference, parse_reference
from tools.turns.requests import ApprovalAnswer, ApprovalRequest, MessageRequest

MAX_TEXT = 200_000
MAX_ID = 200

Text = Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT, pattern=r"\S")]
ClientID = Annotated[str, StringConstraints(min_length=1, max_length=MAX_ID)]
Form = Literal["message", "ai-sdk", "plain"]
Protocol = Literal["ai-6", "ai-7"]
"""Which chunks of the AI SDK's stream a client knows: version 7 has some that break version 6."""
Body = TypeVar("Body", bound=WireModel)


class MessageBody(WireModel):
    """One message."""

    model_config = ConfigDict(json_schema_extra={"example": {"message": "We sell to plant managers."}})

    message: Text = Field(description="What the user says.")
    session_id: WireIDOf[SessionID] | None = Field(
        None, description="The conversation; a new one when it is left out."
    )


class AiSdkBody(WireModel):
    """What `useChat` of the npm package `ai` sends."""

    id: ClientID = Field(description="The client's chat id, or our session id in digits.")
    messages: list[JsonObject] = Field(
        min_length=1, description="UI messages; only the newest of the user and approval answers are read."
    )
    trigger: Literal["submit-message", "regenerate-message"] = Field(
        "submit-message", description="regenerate-message asks for another answer to the last user message."
    )
    message_id: str | None = Field(None, max_length=MAX_ID, description="As `useChat` sets it; not needed.")
    protocol: Protocol = Field(
        "ai-6",
        description="`ai-7` for clients with version 7 of the package; the transport's `body` can say it.",
    )


class PlainMessage(WireModel):
    """One message of a posted history."""

    model_config = ConfigDict(extra="ignore")

    role: Literal["user", "assistant", "system"] = Field(description="Who said it.")
    content: str = Field(description="What was said.")


class PlainBody(WireModel):
    """What the old front end sends: the whole talk. It continues the newest open conversation when it has a past."""

    messages: list[PlainMessage] = Field(
        min_length=1, description="The talk; only the newest user message is read."
    )
    session_id: WireIDOf[SessionID] | None = Field(
        None, description="The conversation, when the client knows it."
    )
    is_follow_up: bool = Field(False, description="Not needed: the server knows what was saved.")
    previous_experiments: list[Any] | None = Field(None, description="Not needed: the server knows them.")
    user_name: str | None = Field(None, max_length=MAX_ID, description="Not needed: the server knows it.")


class ApprovalBody(WireModel):
    """Yes or no to what the agent wants to do."""

    model_config = ConfigDict(json_schema_extra={"example": {"approved": True}})

    approved: Annotated[bool, Field(strict=True)] = Field(description="Whether it may.")
    reason: Annotated[str, StringConstraints(max_length=2_000)] | None = Field(
        None, description="Why, or why not; the agent reads it."
    )


@dataclass(frozen=True)
class ChatRequest:
    """What was asked for, and in which form."""

    form: Form
    wanted: MessageRequest | ApprovalRequest
    protocol: Protocol = "ai-6"


def parse_chat(body: object, idempotency_key: str | None) -> ChatRequest:
    """Read any of the three forms. Raises Invalid with a pointer to what is wrong."""
    if not isinstance(body, dict):
        _refuse("", "The body must be a JSON object.")
    if "message" in body:
        return ChatRequest("message", _message(_read(MessageBody, body), idempotency_key))
    if "id" in body or "trigger" in body:
        sdk = _read(AiSdkBody, body)
        return ChatRequest("ai-sdk", _ai_sdk(sdk, idempotency_key), sdk.protocol)
    if "messages" in body:
        return ChatRequest("plain", _plain(_read(PlainBody, body), idempotency_key))
    raise Invalid("The body is not valid.", [FieldError("/message", "Send a message.")])


def _message(body: MessageBody, key: str | None) -> MessageRequest:
    return MessageRequest(
        SessionReference(session_id=body.session_id), body.message, key, keyed=key is not None
    )


def _plain(body: PlainBody, key: str | None) -> MessageRequest:
    spoken = [index for index, message in enumerate(body.messages) if message.role == "user"]
    if not spoken:
        _refuse("/messages", "There is no message of the user.")
    text = _checked(body.messages[spoken[-1]].content, f"/messages/{spoken[-1]}/content")
    reference = SessionReference(
        session_id=body.session_id, newest=body.session_id is None and len(spoken) > 1
    )
    return MessageRequest(reference, text, key, keyed=key is not None)


def _ai_sdk(body: AiSdkBody, key: str | None) -> MessageRequest | ApprovalRequest:
    reference = parse_reference(body.id)
    last = len(body.messages) - 1
    if body.messages[last].get("role") == "assistant" and body.trigger == "submit-message":
        return ApprovalRequest(reference, _approvals(body.messages[last], f"/messages/{last}"))
    spoken = [index for index, message in enumerate(body.messages) if message.get("role") == "user"]
    if not spoken:
        _refuse("/messages", "There is no message of the user.")
    where = f"/messages/{spoken[-1]}"
    message = body.messages[spoken[-1]]
    message_id = message.get("id")
    if message_id is not None and (not isinstance(message_id, str) or not 1 <= len(message_id) <= MAX_ID):
        _refuse(f"{where}/id", f"A message id is a text of 1 to {MAX_ID} characters.")
    return MessageRequest(
        reference,
        _text_of(message, where),
        message_id or key,
        regenerate=body.trigger == "regenerate-message",
        keyed=message_id is None and key is not None,
        first=len(body.messages) == 1,
    )


def _text_of(message: Mapping[str, Any], where: str) -> str:
    """The text of a UI message: its text parts, or `content` of older clients."""
    parts = message.get("parts")
    if parts is None:
        return _checked(message.get("content"), f"{where}/content")
    texts: list[str] = []
    for index, part in enumerate(_parts(message, where)):
        at = f"{where}/parts/{index}"
        if part.get("type") != "text":
            _refuse(at, "Only text can be sent here.")
        texts.append(_checked(part.get("text"), f"{at}/text", empty=True))
    return _checked("\n".join(texts), f"{where}/parts")


def _approvals(message: Mapping[str, Any], where: str) -> tuple[ApprovalAnswer, ...]:
    """The answers to approvals that an assistant message carries."""
    answers: list[ApprovalAnswer] = []
    for index, part in enumerate(_parts(message, where)):
        if part.get("state") == "approval-responded":
            answers.append(_answer(part, f"{where}/parts/{index}"))
    if not answers:
        _refuse(where, "The last message must be the user's, or carry answers to approvals.")
    return tuple(answers)


def _answer(part: Mapping[str, Any], where: str) -> ApprovalAnswer:
    approval = part.get("approval")
    if not isinstance(approval, dict) or not isinstance(approval.get("id"), str):
        _refuse(f"{where}/approval", "An answer needs the approval's id.")
    answer = _read(
        ApprovalBody,
        {name: approval[name] for name in ("approved", "reason") if name in approval},
        f"{where}/approval",
    )
    echoed = part.get("input")
    return ApprovalAnswer(
        approval["id"], answer.approved, answer.reason, echoed if isinstance(echoed, dict) else None
    )


def _parts(message: Mapping[str, Any], where: str) -> Sequence[Mapping[str, Any]]:
    parts = message.get("parts")
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        _refuse(f"{where}/parts", "The parts of a message are a list of objects.")
    return parts


def _checked(text: object, where: str, *, empty: bool = False) -> str:
    if not isinstance(text, str):
        _refuse(where, "This must be text.")
    if not empty and not text.strip():
        _refuse(where, "The message is empty.")
    if len(text) > MAX_TEXT:
        _refuse(where, f"A message may have at most {MAX_TEXT} characters.")
    return text


def _read(kind: type[Body], body: Mapping[str, Any], where: str = "") -> Body:
    try:
        return kind.model_validate(body)
    except ValidationError as error:
        fields = [
            FieldError(where + "".join(f"/{part}" for part in item["loc"]), item["msg"])
            for item in error.errors(include_url=False, include_input=False, include_context=False)
        ]
        raise Invalid("The body is not valid.", fields) from None


def _refuse(pointer: str, reason: str) -> NoReturn:
    raise Invalid("The body is not valid.", [FieldError(pointer, reason)])
