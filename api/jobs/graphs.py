"""What runs graphs in a worker's child."""

from contextlib import AsyncExitStack

from agents.runs import GraphRuns
from api.buying import make_wiza
from api.jobs.process import WorkerServices
from persistence.checkpointer import open_checkpointer
from tools.providers.models.assembly import build_router
from tools.providers.website.reader import WebsiteReader
from tools.suppressions.hashing import ContactHashes


async def open_graphs(services: WorkerServices, stack: AsyncExitStack, pages: WebsiteReader) -> GraphRuns:
    """Graphs with checkpoints and a router of models of their own, closed with the stack; whoever gives `pages` closes them."""
    settings, database = services.settings, services.database
    saver = await stack.enter_async_context(open_checkpointer(settings.database))
    models = build_router(settings.models)
    stack.push_async_callback(models.close)
    wiza = make_wiza(settings, services.redis)
    stack.push_async_callback(wiza.close)
    hashes = ContactHashes(settings.suppressions.key.get_secret_value())
    return GraphRuns(database, database.unit_of_work, saver, models, wiza, hashes, pages, settings.runs)
