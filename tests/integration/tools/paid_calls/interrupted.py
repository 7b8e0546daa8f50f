"""A process that buys one person, to be killed while it waits for Wiza's answer: `python -m ... settings-as-JSON`."""

import asyncio
import json
import sys

from redis.asyncio import Redis

from persistence.session import Database
from persistence.settings import DatabaseSettings
from persistence.types import ClientID, WorkspaceID
from tools.paid_calls.reveals import Reveals
from tools.providers.wiza.client import Identity, WizaClient
from tools.providers.wiza.limits import WizaLimits
from tools.providers.wiza.settings import WizaSettings
from tools.providers.wiza.wire import Wire
from tools.usage.service import Spender


async def main() -> None:
    """Buy them."""
    told = json.loads(sys.argv[1])
    settings = WizaSettings.model_validate(told["wiza"])
    database = Database(DatabaseSettings.model_validate({"DATABASE_URL": told["database"]}))
    wiza = WizaClient(Wire(settings), WizaLimits(settings, Redis.from_url(told["redis"])), poll_interval=1)
    reveals = Reveals(database, wiza, callback_base=told["callbacks"])
    who, spender = Identity(profile_url=told["person"]), Spender(WorkspaceID(told["workspace"]))
    await reveals.reveal(ClientID(told["client"]), who, "full", spender, seconds=30)


if __name__ == "__main__":
    asyncio.run(main())
