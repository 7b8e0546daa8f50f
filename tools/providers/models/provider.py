"""What a provider of language models must do. A second provider is a second class with these methods."""

from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypedDict

from prompts.prompt import Role

Hear = Callable[[str], bool]
"""Is told of a piece of text the moment it is read, where nothing can be awaited: must return at once and raise nothing.

False: it did not take the piece, which comes out of the stream then.
"""


class ChatMessage(TypedDict):
    """One message of a talk, as a model sees it."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True)
class TokenCount:
    """Tokens of one call, as the provider counted them. `cached` is the part of `input` that was read from its cache."""

    input: int
    output: int
    cached: int = 0


@dataclass(frozen=True)
class Finish:
    """The end of an answer: the provider's reason (None when it gave none), and the tokens if it told them."""

    reason: str | None
    tokens: TokenCount | None


@dataclass(frozen=True)
class Completion:
    """A whole answer."""

    text: str
    finish: Finish


@dataclass(frozen=True)
class ModelRequest:
    """One call: the system text, the talk so far, and how the answer is wanted."""

    model: str
    system: str
    history: Sequence[ChatMessage]
    temperature: float | None = None
    schema_name: str | None = None
    schema: dict[str, Any] | None = None


class ModelProvider(Protocol):
    """A provider. Every method raises ModelFailure and nothing else (cancellation apart)."""

    @property
    def name(self) -> str:
        """As it stands in usage rows and logs: `openai`."""
        ...

    def model_for(self, role: Role) -> str:
        """The configured model that serves a role."""
        ...

    def stream(
        self, request: ModelRequest, hear: Hear | None = None, /
    ) -> AsyncGenerator[str | Finish, None]:
        """Non-empty pieces of text, then one Finish. Closing the generator closes the connection.

        A piece may be offered to `hear` before, while somebody waits for it.
        """
        ...

    async def complete(self, request: ModelRequest) -> Completion:
        """The whole answer at once; `request.schema` holds its form when given."""
        ...

    async def list_models(self) -> frozenset[str]:
        """The names of the models that the key may use."""
        ...

    async def close(self) -> None:
        """Close the connections. Nothing may be called afterwards."""
        ...
