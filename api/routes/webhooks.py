"""What providers call back: noted at once and looked into later, by asking the provider itself."""

from typing import Annotated

from fastapi import Depends, Header, Query
from pydantic import ConfigDict, Field, StringConstraints

from api.deps import ServicesDep
from api.envelope import ok
from api.problem_schema import PROBLEMS
from api.routing import api_router, route_options
from tools.paid_calls import inbox
from tools.providers.wiza.errors import PROVIDER
from tools.schemas import Envelope, WireModel

router = api_router("webhooks", public=True)

CallKey = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]
Attempt = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{32})?$")]


class WizaSubject(WireModel):
    """What the call-back is about; its other fields are not read."""

    model_config = ConfigDict(extra="ignore")

    id: Annotated[int, Field(ge=0)] | Annotated[str, StringConstraints(min_length=1, max_length=255)] = Field(
        description="Wiza's id of the reveal or list."
    )


class WizaCallback(WireModel):
    """A call-back of Wiza. It is not believed: what it is about is asked for at Wiza."""

    model_config = ConfigDict(
        extra="ignore",
        json_schema_extra={
            "example": {
                "status": {"code": 200, "message": ""},
                "type": "individual_reveal",
                "data": {"id": 1001},
            }
        },
    )

    data: WizaSubject = Field(description="The reveal or list as Wiza's GET tells it.")


class Noted(WireModel):
    """Whether the call-back was news."""

    model_config = ConfigDict(json_schema_extra={"example": {"known": False}})

    known: bool = Field(description="The same had been told before.")


def from_wiza(
    services: ServicesDep,
    key: Annotated[
        str, Header(alias="x-auth-key", description="Hex SHA-256 of the API key at Wiza.", max_length=200)
    ] = "",
) -> None:
    """Raise Unauthenticated for whoever is not Wiza."""
    inbox.require_wiza(services.settings.wiza.api_key, key)


@router.post(inbox.CALLBACK_PATH, dependencies=[Depends(from_wiza)], responses=dict(PROBLEMS))
@route_options(public=True)
async def note_wiza_callback(
    body: WizaCallback,
    services: ServicesDep,
    call_key: Annotated[
        CallKey, Query(alias="callKey", description="The paid call, as our address named it.")
    ] = "",
    attempt: Annotated[Attempt, Query(description="Which attempt at it, as our address named it.")] = "",
) -> Envelope[Noted]:
    """Note that Wiza has news; told twice, late or early it changes nothing."""
    async with services.database.unit_of_work() as uow:
        news = await inbox.keep(uow, PROVIDER, str(body.data.id), call_key, attempt)
    return ok(Noted(known=not news), "Noted.")
