"""The inbox of call-backs: which paid call a provider's id belongs to, when nobody lived to note it."""

from hmac import compare_digest
from urllib.parse import urlencode

from pydantic import SecretStr
from sqlalchemy.dialects.postgresql import insert

from persistence.models.paid_call import PaidCall, ProviderCallback
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from tools.errors import Unauthenticated
from tools.providers.wiza.settings import key_digest

CALLBACK_PATH = "/webhooks/wiza"


def callback_url(base: str, call_key: str, attempt: str) -> str:
    """Where Wiza tells the end of this attempt at a paid call."""
    return f"{base.rstrip('/')}{CALLBACK_PATH}?{urlencode({'callKey': call_key, 'attempt': attempt})}"


def require_wiza(api_key: SecretStr | None, shown: str) -> None:
    """Raise Unauthenticated unless `shown` is the hex SHA-256 of our key, which is how Wiza signs what it sends."""
    if api_key is None or not compare_digest(key_digest(api_key).encode(), shown.lower().encode()):
        raise Unauthenticated("The key of this call-back is not ours.")


async def keep(uow: UnitOfWork, provider: str, provider_ref: str, call_key: str, attempt: str) -> bool:
    """Note that there is news of this id, known or not; False when that had been noted before."""
    values = {"provider": provider, "provider_ref": provider_ref, "call_key": call_key, "attempt": attempt}
    written = insert(ProviderCallback).values(values).on_conflict_do_nothing().returning(ProviderCallback.id)
    return (await uow.session.execute(written)).scalar_one_or_none() is not None


async def reference_of(uow: UnitOfWork, provider: str, call_key: str) -> str | None:
    """The provider's id for the newest attempt at a call, as it called back; None without one."""
    calls = Repository(uow.session, PaidCall)
    call = await calls.get(PaidCall.call_key == call_key, PaidCall.provider == provider)
    return await reference_for(uow, call) if call is not None else None


async def reference_for(uow: UnitOfWork, call: PaidCall) -> str | None:
    """The provider's id for this attempt at the call, as the first call-back told it; None without one."""
    news = await Repository(uow.session, ProviderCallback).get_all(
        ProviderCallback.call_key == call.call_key,
        ProviderCallback.attempt == call.owner,
        ProviderCallback.provider == call.provider,
        order_by=[ProviderCallback.id],
        limit=1,
    )
    return news[0].provider_ref if news else None
