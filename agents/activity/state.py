"""What an analysis of posts holds: plain JSON, bounded by what a request may send."""

from typing import Any, TypedDict

from tools.activity.posts import PostText, Sender
from tools.activity.service import Findings


class ActivityState(TypedDict, total=False):
    """The state of one run."""

    posts: list[PostText]
    """What the person posted."""
    sender: Sender
    """Who wants to write to them."""
    drafted: dict[str, Any]
    """The model's answer, unchecked."""
    findings: Findings
    """What of it the posts carry."""
    left_out: list[dict[str, str]]
    """The rest, each with the reason."""
