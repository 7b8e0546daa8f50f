"""The filter optimiser of a talk, with a Wiza or with nobody to ask."""

from langgraph.checkpoint.base import BaseCheckpointSaver

from agents.filters.optimiser import GraphOptimiser
from agents.runs import GraphRuns
from persistence.session import Database
from tools.filters.port import ProspectCounter
from tools.providers.models.router import ModelRouter
from tools.providers.website.reader import WebsiteReader
from tools.providers.website.settings import WebsiteSettings
from tools.providers.wiza.client import Place
from tools.providers.wiza.errors import WizaClosed
from tools.providers.wiza.filters import ProspectFilters
from tools.runs.settings import RunSettings
from tools.suppressions.hashing import ContactHashes
from tools.suppressions.settings import DEVELOPMENT_KEY


class NoWiza:
    """What counts prospects where no key is set."""

    def require_key(self) -> None:
        """Raises WizaClosed."""
        raise WizaClosed("Wiza is not set up here: WIZA_API_KEY is missing.")

    async def count(self, filters: ProspectFilters) -> int:
        """Raises WizaClosed."""
        raise WizaClosed("Wiza is not set up here.")

    async def places(self, query: str) -> list[Place]:
        """Raises WizaClosed."""
        raise WizaClosed("Wiza is not set up here.")


def optimiser_of(
    database: Database,
    saver: BaseCheckpointSaver[str],
    models: ModelRouter,
    wiza: ProspectCounter | None = None,
) -> GraphOptimiser:
    """The filter optimiser of a talk; without `wiza` it says that no key is set."""
    prospects, hashes = wiza or NoWiza(), ContactHashes(DEVELOPMENT_KEY)
    pages = WebsiteReader(WebsiteSettings())
    runs = GraphRuns(database, database.unit_of_work, saver, models, prospects, hashes, pages, RunSettings())
    return GraphOptimiser(runs, prospects)
