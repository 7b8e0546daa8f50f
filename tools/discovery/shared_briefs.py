"""The newest briefs as the turns of a process share them: each is made once and is used until what is stored has changed.

Nobody may change a brief that is shared, nor what was worked out from one.
"""

import sys
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from persistence.types import WorkspaceID
from tools.access import Caller
from tools.discovery.brief import CompanyBrief, StoredCompany, brief_of, read_stored
from tools.discovery.brief_rows import BriefReference, reference_of
from tools.read_models import Reader

T = TypeVar("T")

MOST = 2_000
MOST_BYTES = 16 * 2**20
TIMES, AROUND = 4, 16_000
"""What a brief and all that is worked out from it takes: so many times the texts it was made from, and bytes around them."""


class SharedBrief(dict[str, Any]):
    """A brief that many turns know; `worked_out` is what follows from it alone, by the function that said so."""

    __slots__ = ("__weakref__", "worked_out")

    def __init__(self, brief: CompanyBrief) -> None:
        super().__init__(brief)
        self.worked_out: dict[Callable[[CompanyBrief], Any], Any] = {}


def once(brief: CompanyBrief, derive: Callable[[CompanyBrief], T]) -> T:
    """What follows from this brief alone: worked out once if turns share it, else each time."""
    shared: object = brief
    if not isinstance(shared, SharedBrief):
        return derive(brief)
    if derive not in shared.worked_out:
        shared.worked_out[derive] = derive(brief)
    return cast(T, shared.worked_out[derive])


@dataclass(slots=True)
class KeptBrief:
    """A brief, its name, what it is made from, and whether its parts are known to be stored under that name."""

    made_from: StoredCompany
    caller: Caller
    stored: bool = False
    reference: BriefReference = field(init=False)
    _brief: CompanyBrief | None = field(init=False)

    def __post_init__(self) -> None:
        """Make the brief."""
        self._brief = self._made()
        self.reference = reference_of(self._brief)

    @property
    def brief(self) -> CompanyBrief:
        """The brief; one that was pushed out is made anew each time."""
        return self._made() if self._brief is None else self._brief

    def push_out(self) -> None:
        """Keep no more than the texts: turns that began with it hold it for as long as a model speaks."""
        self._brief = None

    def _made(self) -> CompanyBrief:
        return cast(CompanyBrief, SharedBrief(brief_of(self.made_from, self.caller)))

    @property
    def size(self) -> int:
        """Bytes it takes, about."""
        return AROUND + TIMES * sum(map(sys.getsizeof, self.made_from))


class KeptBriefs:
    """The newest brief of each workspace and caller's name on one database; those asked for longest ago go first."""

    def __init__(self, most: int = MOST, most_bytes: int = MOST_BYTES) -> None:
        self._kept: OrderedDict[tuple[WorkspaceID, str], KeptBrief] = OrderedDict()
        self._most = most
        self._most_bytes = most_bytes
        self._bytes = 0

    async def load(self, reader: Reader, caller: Caller, workspace_id: WorkspaceID) -> KeptBrief:
        """The brief of what is stored now. Raises NotFound when the caller is no member."""
        stored = await read_stored(reader, caller, workspace_id)
        key = workspace_id, caller.name
        kept = self._kept.get(key)
        if kept is not None and kept.made_from == stored:
            self._kept.move_to_end(key)
            return kept
        newest = KeptBrief(stored, caller)
        newest.stored = kept is not None and kept.stored and kept.reference == newest.reference
        self._keep(key, newest)
        return newest

    def _keep(self, key: tuple[WorkspaceID, str], kept: KeptBrief) -> None:
        if key in self._kept:
            self._push_out(self._kept.pop(key))
        self._kept[key] = kept
        self._bytes += kept.size
        while len(self._kept) > self._most or self._bytes > self._most_bytes:
            self._push_out(self._kept.popitem(last=False)[1])

    def _push_out(self, kept: KeptBrief) -> None:
        self._bytes -= kept.size
        kept.push_out()
