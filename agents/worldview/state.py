"""What a worldview's run holds: plain JSON, bounded by what the material is bounded by."""

from typing import TypedDict

from tools.worldview.markdown import KeptStatement
from tools.worldview.material import Material


class Drafted(TypedDict):
    """A statement as the model wrote it, unchecked."""

    section: str
    text: str
    quote: str
    source_id: str


class LeftOut(TypedDict):
    """A statement that no source carries, and why."""

    text: str
    why: str


class WorldviewState(TypedDict, total=False):
    """The state of one run."""

    material: Material
    """What there is to read."""
    drafted: list[Drafted]
    """The model's newest statements."""
    kept: list[KeptStatement]
    """The statements that their sources carry, of all drafts."""
    left_out: list[LeftOut]
    """The others, of all drafts."""
    drafts: list[int]
    """How many statements each draft had."""
