"""Steps of a paid call: intent, send, provider's id, end. Each is one short transaction, committed before the next.

Only whom `begin` calls the owner may send. What became of a call whose answer was lost is found out by asking the
provider (`provider_ref`, which is free), never by sending again.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from sqlalchemy import exists, func, or_
from sqlalchemy.dialects.postgresql import insert

from persistence.models.entity import JsonObject
from persistence.models.paid_call import PaidCall, PaidCallState, ProviderCallback
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import ClientID
from tools.errors import NotFound
from tools.paid_calls.credits import release, reserve, settle
from tools.usage.service import Spender


@dataclass(frozen=True)
class Purchase:
    """What is to be bought, for whom, and the most credits it may cost."""

    key: str
    client_id: ClientID
    provider: str
    operation: str
    most: Decimal


@dataclass(frozen=True)
class Begun:
    """Where a purchase stands. With `owner` the caller, and nobody else, may send it now."""

    state: PaidCallState
    owner: str | None
    provider_ref: str | None
    response: JsonObject | None


async def begin(uow: UnitOfWork, purchase: Purchase, spender: Spender) -> Begun:
    """Write the intent and hold its credits back, or tell where it stands already. Commit before sending.

    Raises QuotaExceeded without a budget or when it is used up; then nothing is written.
    """
    owner = uuid4().hex
    values = {
        "call_key": purchase.key,
        "client_id": purchase.client_id,
        "workspace_id": spender.workspace_id,
        "provider": purchase.provider,
        "operation": purchase.operation,
        "state": PaidCallState.INTENT,
        "reserved": purchase.most,
        "owner": owner,
    }
    written = insert(PaidCall).values(values).on_conflict_do_nothing().returning(PaidCall.call_key)
    if (await uow.session.execute(written)).scalar_one_or_none() is not None:
        await reserve(uow, spender.workspace_id, purchase.most)
        return Begun(PaidCallState.INTENT, owner, None, None)
    call = await _locked(uow, purchase.key)
    if call.state is PaidCallState.REJECTED:
        return await _again(uow, call, purchase, spender, owner)
    return Begun(call.state, None, call.provider_ref, call.response)


async def note_reference(uow: UnitOfWork, key: str, owner: str, provider_ref: str) -> None:
    """Keep the provider's id as soon as it is known. Commit before polling."""
    mine = (PaidCall.call_key == key, PaidCall.owner == owner)
    await Repository(uow.session, PaidCall).update({"provider_ref": provider_ref}, *mine)


async def finish(
    uow: UnitOfWork,
    key: str,
    spender: Spender | None,
    response: JsonObject,
    cost: Decimal | None,
    *,
    owner: str | None = None,
) -> bool:
    """The call ended: keep its answer, settle its credits. False when it had ended before, or is another owner's by now.

    Without a reported cost the most it may cost is taken: better counted too high than spent twice. Raises NotFound.
    """
    call = await _locked(uow, key)
    if owner not in {None, call.owner} or call.state in {PaidCallState.SUCCEEDED, PaidCallState.REJECTED}:
        return False
    call.cost = call.reserved if cost is None else cost
    call.state, call.response = PaidCallState.SUCCEEDED, response
    await settle(uow, call, spender, call.cost)
    return True


async def reject(uow: UnitOfWork, key: str, *, owner: str | None = None) -> bool:
    """Certain that nothing was charged: give the credits back; whoever comes next may send.

    Without `owner` the provider said so. False for another's call, and for one that has ended.
    """
    call = await _locked(uow, key)
    if owner not in {None, call.owner} or call.state not in {PaidCallState.INTENT, PaidCallState.UNKNOWN}:
        return False
    call.state = PaidCallState.REJECTED
    await release(uow, call)
    return True


async def lose(uow: UnitOfWork, key: str, owner: str) -> None:
    """The answer was lost: it may have been charged, so the credits stay held back and nobody sends it again."""
    mine = (PaidCall.call_key == key, PaidCall.owner == owner, PaidCall.state == PaidCallState.INTENT)
    await Repository(uow.session, PaidCall).update({"state": PaidCallState.UNKNOWN}, *mine)


async def send_again_at_own_risk(uow: UnitOfWork, key: str) -> bool:
    """A person decided that a call of unknown end may be sent again, though it may cost twice. False for any other."""
    call = await _locked(uow, key)
    if call.state is not PaidCallState.UNKNOWN or call.provider_ref is not None:
        return False
    call.state = PaidCallState.REJECTED
    await release(uow, call)
    return True


async def write_off(uow: UnitOfWork, key: str) -> bool:
    """A person decided that nobody asks any more what became of a call: its credits are no longer held back.

    It is still not sent again, and what a call-back tells of it later is counted. False for a call that is no such one.
    """
    call = await _locked(uow, key)
    if call.state is not PaidCallState.UNKNOWN or call.provider_ref is not None:
        return False
    await release(uow, call)
    return True


async def unresolved(
    uow: UnitOfWork, provider: str, operation: str, *, older_than: timedelta, limit: int
) -> list[PaidCall]:
    """Calls that can be looked into and did not change for `older_than`; the longest unchanged first.

    Intents whose sender can't live any more, and of the calls of unknown end those whose id is known or was called back.
    `operation`: what it begins with.
    """
    called_back = exists().where(
        ProviderCallback.call_key == PaidCall.call_key,
        ProviderCallback.attempt == PaidCall.owner,
        ProviderCallback.provider == PaidCall.provider,
    )
    askable = (PaidCall.state == PaidCallState.UNKNOWN) & or_(PaidCall.provider_ref.is_not(None), called_back)
    return await Repository(uow.session, PaidCall).get_all(
        PaidCall.provider == provider,
        PaidCall.operation.startswith(operation),
        PaidCall.updated_at < func.now() - older_than,
        or_(PaidCall.state == PaidCallState.INTENT, askable),
        order_by=[PaidCall.updated_at],
        limit=limit,
    )


async def _again(uow: UnitOfWork, call: PaidCall, purchase: Purchase, spender: Spender, owner: str) -> Begun:
    """A call that was rejected before: a new owner sends it."""
    await reserve(uow, spender.workspace_id, purchase.most)
    fresh: dict[str, Any] = {"workspace_id": spender.workspace_id, "reserved": purchase.most, "owner": owner}
    for name, value in fresh.items():
        setattr(call, name, value)
    call.state, call.provider_ref, call.response, call.cost = PaidCallState.INTENT, None, None, None
    await uow.session.flush()
    return Begun(PaidCallState.INTENT, owner, None, None)


async def _locked(uow: UnitOfWork, key: str) -> PaidCall:
    call = await Repository(uow.session, PaidCall).get(PaidCall.call_key == key, for_update=True)
    if call is None:
        raise NotFound("There is no such call.")
    return call
