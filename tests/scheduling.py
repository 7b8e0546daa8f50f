"""Which tests share a process when several run at once: what is costly to start is started once.

pytest-xdist's own groups are a suffix of a test's id, which pytest takes no more: they fell away in silence.
"""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling
from xdist.scheduler.protocol import Scheduling

TOGETHER = {
    "product": ("tests/durability/", "tests/journeys/", "tests/contract/clients/"),
    "jobs": ("tests/integration/jobs/", "tests/durability/jobs/"),
}
"""Folders whose tests need the same costly thing: the whole product, or a worker of their own. The longest folder that fits counts. First comes what lasts longest."""


def companions(test_id: str) -> str:
    """What all tests that must share a process with this one have in common: a name of `TOGETHER`, else their file."""
    path = test_id.partition("::")[0]
    fitting = {
        folder: name for name, folders in TOGETHER.items() for folder in folders if path.startswith(folder)
    }
    return fitting[max(fitting, key=len)] if fitting else path


class Companions(LoadScopeScheduling):
    """Gives companions to one process, the costly ones first, so that the short files fill the end."""

    def _split_scope(self, nodeid: str) -> str:
        return companions(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    """Ours, whatever `--dist` says."""
    config.option.loadscopereorder = False
    return Companions(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Bring the costly ones to the front; nothing else changes its place."""
    costly = list(TOGETHER)
    items.sort(key=lambda item: [*costly, companions(item.nodeid)].index(companions(item.nodeid)))
