"""A workspace that buys one person, and what it has to show for it."""

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import func, select

from persistence.models.budget import Budget, UsageRecord
from persistence.models.paid_call import PaidCall, PaidCallState, ProviderCallback
from persistence.models.workspace import Workspace
from persistence.repositories import Repository
from persistence.session import Database
from tests.fixtures.sandbox import SandboxServer
from tools.paid_calls.resolution import Resolver
from tools.paid_calls.reveals import Revealed, Reveals, reveal_key
from tools.providers.wiza.client import Identity, WizaClient
from tools.providers.wiza.settings import WizaSettings
from tools.usage.service import Spender


class Buyer:
    """A workspace that reveals one person of the sandbox."""

    def __init__(self, database: Database, wiza: WizaClient, workspace: Workspace, who: Identity) -> None:
        self.database, self.workspace, self.who = database, workspace, who
        self.wiza = wiza
        self.reveals = Reveals(database, wiza)
        self.spender = Spender(workspace.id)
        self.key = reveal_key(workspace.client_id, who, "full")

    async def buy(self, seconds: float = 2) -> Revealed:
        return await self.reveals.reveal(
            self.workspace.client_id, self.who, "full", self.spender, seconds=seconds
        )

    async def credits(self) -> tuple[Decimal, Decimal]:
        """Held back, and spent."""
        async with self.database.unit_of_work() as uow:
            held = select(Budget.credits_reserved).where(Budget.workspace_id == self.workspace.id)
            spent = select(func.coalesce(func.sum(UsageRecord.credits), 0)).where(
                UsageRecord.workspace_id == self.workspace.id
            )
            return (await uow.session.execute(held)).scalar_one(), (
                await uow.session.execute(spent)
            ).scalar_one()

    async def state(self) -> PaidCallState | None:
        async with self.database.unit_of_work() as uow:
            call = await Repository(uow.session, PaidCall).get(PaidCall.call_key == self.key)
            return call.state if call else None

    async def resolve(self, wiza: WizaClient | None = None) -> dict[str, int]:
        """One look of the resolver, for which no call is too young."""
        return await Resolver(self.database, wiza or self.wiza, age=timedelta(0)).resolve()

    async def news(self) -> list[ProviderCallback]:
        """What is in the inbox for this call."""
        async with self.database.unit_of_work() as uow:
            mine = ProviderCallback.call_key == self.key
            return await Repository(uow.session, ProviderCallback).get_all(mine)


def wiza_settings(sandbox: SandboxServer, **changed: object) -> WizaSettings:
    """The sandbox's Wiza, with little patience."""
    values = {"WIZA_API_KEY": "key", "WIZA_BASE_URL": sandbox.wiza_url, "WIZA_TOTAL_TIMEOUT": 1}
    return WizaSettings.model_validate(values | changed)
