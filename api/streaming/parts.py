"""The data parts of the AI SDK's stream as shapes: what clients generate their types from. The encoder writes the same by hand."""

from uuid import UUID

from pydantic import Field

from persistence.models.experiment import ExperimentType
from tools.experiments.design import ExperimentDesign, Standing
from tools.schemas import WireModel


class NodePart(WireModel):
    """Where the agent is: a passing part, never stored."""

    node: str = Field(description="The node's name.")
    label: str = Field(description="The same for people.")


class SuggestionsPart(WireModel):
    """What the user may answer."""

    placeholder: str | None = Field(description="For the empty input box.")
    replies: list[str] = Field(description="Answers to click.")


class ProposedExperiment(WireModel):
    """One experiment of a set that waits for a yes: it has no id yet."""

    name: str = Field(description="What the team calls it.")
    type: ExperimentType = Field(description="The arm it plays.")
    pattern: str = Field(description="Who is meant, in one sentence.")
    industries: list[str] = Field(description="Industries to look in.")
    pain: str = Field(description="The pain that is assumed there.")
    trigger: str = Field(description="The event that makes now the moment.")
    outreach_angle: str = Field(description="What the messages argue.")
    design: ExperimentDesign = Field(description="What is tested and when it is over.")


class ExperimentsPart(WireModel):
    """A set of experiments as the agent proposes it; without ids, for nothing is saved before a yes."""

    experiments: list[ProposedExperiment] = Field(
        description="The experiments; none when the set is not valid."
    )
    valid: bool = Field(
        description="Whether the set keeps the rules; when not, the text says which it breaks."
    )
    strategic_insight: str = Field(description="What the set is meant to find out.")


class HypothesisEvidence(WireModel):
    """The words that something rests on."""

    quote: str = Field(description="The words.")
    source: str | None = Field(description="Where they are stored.")


class HypothesisPart(WireModel):
    """What is held of one dimension."""

    value: str = Field(description="What is held.")
    standing: Standing = Field(description="How sure it is.")
    evidence: HypothesisEvidence | None = Field(description="The words it rests on.")


class HypothesesPart(WireModel):
    """What is known of the market so far."""

    known: dict[str, HypothesisPart] = Field(description="By dimension.")
    missing: list[str] = Field(description="Dimensions that nobody has spoken of.")


class UsagePart(WireModel):
    """What the turn has cost."""

    input_tokens: int = Field(description="Tokens read.")
    output_tokens: int = Field(description="Tokens written.")
    cost_usd: float = Field(description="US dollars.")
    model: str = Field(description="The model that spoke.")
    provider: str = Field(description="Who runs it.")


class ErrorPart(WireModel):
    """Why the turn failed; it comes just before the stream's own `error`."""

    code: str = Field(description="For programs.")
    message: str = Field(description="For people.")
    retryable: bool = Field(description="Whether the same may succeed when it is sent again.")
    turn_id: str = Field(description="The turn.")


class StreamParts(WireModel):
    """Every data part by its name: `data-<name>` on the wire."""

    node: NodePart = Field(description="Passing: where the agent is.")
    suggestions: SuggestionsPart = Field(description="Answers to click.")
    experiments: ExperimentsPart = Field(description="A proposed set.")
    hypotheses: HypothesesPart = Field(description="What is known.")
    usage: UsagePart = Field(description="Tokens and cost.")
    error: ErrorPart = Field(description="Why it failed.")


class StreamMetadata(WireModel):
    """What a message of the agent carries beside its parts."""

    session_id: int | None = Field(None, description="The session.")
    turn_id: UUID | None = Field(None, description="The turn.")
    usage: UsagePart | None = Field(None, description="At the end: tokens and cost.")
    stopped: bool | None = Field(None, description="True when the user stopped it.")


STREAM_MODELS: tuple[type[WireModel], ...] = (StreamParts, StreamMetadata)
"""What stands in the OpenAPI document though no route answers with it as JSON."""
