"""What the model fills in for an activity analysis, and the wire shapes."""

from typing import Annotated

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from persistence.types import WorkspaceID
from tools.discovery.answers import Label, ModelAnswer, Quote, Sentence, SourceId
from tools.schemas import AwareDatetime, JsonObject, LongText, WireFlag, WireIDOf, WireModel

MAX_POSTS = 200

PostText = Annotated[str, Field(max_length=20_000)]


class RemarkDraft(ModelAnswer):
    """One sentence about the person's posts."""

    quote: Quote
    source_id: SourceId
    text: Sentence = Field(
        description="What the quote shows, in one sentence made of the words of its post, in the post's language."
    )


class TopicDraft(ModelAnswer):
    """Something the person writes about."""

    quote: Quote
    source_id: SourceId
    topic: Label = Field(description="The topic in one to four words of the post.")


class AngleDraft(ModelAnswer):
    """How one could begin a talk with the person."""

    quote: Quote
    source_id: SourceId
    text: Sentence = Field(
        description="What to speak about first, resting on the quote and on what the sender offers."
    )


class ActivityDraft(ModelAnswer):
    """What the posts tell."""

    remarks: list[RemarkDraft] = Field(
        description="Two to four sentences that together sum the posts up; empty without posts of substance."
    )
    topics: list[TopicDraft] = Field(description="One to five topics that matter to the sender.")
    angle: AngleDraft | None = Field(description="The best way in; null when no post gives one.")


EXAMPLE: JsonDict = {
    "isActive": True,
    "peakTime": "Tuesday, 8 to 12 (UTC)",
    "summary": "Plans crews by hand. Hires two dispatchers.",
    "hasEngagedWithCompany": False,
    "relevantTopics": ["Crew planning"],
    "suggestedAngle": "Ask how the two dispatchers will share the night shifts.",
    "quotes": [{"text": "Hires two dispatchers.", "quote": "we hire two dispatchers", "source": "post:1"}],
}


class Post(WireModel):
    """One post, comment or reaction."""

    text: PostText = Field(description="What it says.")
    posted_at: AwareDatetime | None = Field(None, description="When; with a time zone.")
    url: Annotated[str, Field(max_length=2_000)] | None = Field(None, description="Where it stands.")


class ActivityRequest(WireModel):
    """Somebody's posts, and who wants to write to them."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "rawActivity": [{"text": "Still planning crews by hand, and now we hire two dispatchers."}],
                "senderContext": "Tidewerk plans crews for harbour tugs.",
            }
        }
    )

    raw_activity: LongText | list[Post | PostText] = Field(
        description="The posts: a text with a blank line between them, or a list of at most 200 texts or objects."
    )
    sender_context: LongText | JsonObject | None = Field(
        None, description="Who writes and what they offer: text, or an object with `company` and more."
    )
    workspace_id: WireIDOf[WorkspaceID] | None = Field(
        None, description="The workspace it counts against; left out, the caller's default one."
    )


class ActivityQuote(WireModel):
    """A statement and the words of a post that carry it."""

    text: str = Field(description="The statement.")
    quote: str = Field(description="The words it rests on; they were found in the post.")
    source: str = Field(description="The post: its address if it has one, else `post:<number>` from 1.")


class ActivityRead(WireModel):
    """What somebody's posts tell."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    is_active: WireFlag = Field(
        description="Whether something was posted in the last 30 days; without dates, whether there is any post."
    )
    peak_time: str | None = Field(
        description="When most is posted: day and hours in UTC; null with fewer than three dates."
    )
    summary: str = Field(description="What the posts say, only sentences that their words carry.")
    has_engaged_with_company: WireFlag = Field(
        description="Whether a post names the sender's company or its website."
    )
    relevant_topics: list[str] = Field(description="Topics, each named by a post.")
    suggested_angle: str | None = Field(description="A way to begin; null when no post gives one.")
    quotes: list[ActivityQuote] = Field(description="The words that everything above rests on.")
