"""What models answer in the discovery talk: the next step, the notes of a turn, the founder's style, a set of experiments."""

from typing import Literal

from pydantic import Field

from tools.discovery.answers import Label, ModelAnswer, Quote, Sentence, SourceId

ClaimedStanding = Literal["observed", "inferred", "assumed"]
Topic = Literal[
    "persona",
    "firmographic",
    "situation",
    "pain",
    "trigger",
    "angle",
    "alternatives",
    "channel",
    "evidence",
    "constraints",
    "belief",
]
NoteTopic = Literal[
    "persona",
    "firmographic",
    "situation",
    "pain",
    "trigger",
    "angle",
    "alternatives",
    "channel",
    "evidence",
    "constraints",
    "other",
]
STANDING = "observed: the quote shows real customers or prospects; inferred: it follows from the quote; assumed: neither."


class NextStep(ModelAnswer):
    """What the user asked for just now."""

    reason: Sentence = Field(description="One sentence: which words of the user's last message decide it.")
    step: Literal["talk", "propose", "save", "delete"] = Field(
        description="talk: answer and ask on (also for questions about experiments or results). propose: make a set of "
        "experiments, or change the last set. save: keep the proposed set. delete: remove saved experiments."
    )
    experiments: list[Label] = Field(
        description="The names of the experiments that the user wants deleted, as they stand in the list; empty otherwise."
    )


class Note(ModelAnswer):
    """One fact about who buys, why and when."""

    topic: NoteTopic = Field(
        description="What the fact is about; `other` for any fact that a later message may need and no topic fits."
    )
    value: Sentence = Field(
        description="The fact as one short statement in the user's language, understandable without the talk."
    )
    standing: ClaimedStanding = Field(description=STANDING)
    quote: Quote
    source_id: SourceId


class Belief(ModelAnswer):
    """Something the user holds to be true about the market."""

    quote: Quote
    source_id: SourceId


class Contradiction(ModelAnswer):
    """Two statements that can't both be true."""

    quote: Quote = Field(description="The newer statement, copied letter for letter.")
    source_id: SourceId
    earlier_quote: Quote = Field(
        description="The earlier statement, or the website's, copied letter for letter."
    )
    earlier_source_id: SourceId
    question: Sentence = Field(
        description="One friendly question, in the user's language, whose answer settles which is right."
    )


class HypothesisNotes(ModelAnswer):
    """What is to be remembered of the new messages, and what goes with the agent's reply."""

    notes: list[Note] = Field(
        description="Every fact that the new sources state and the known facts don't hold yet. Empty when there is none."
    )
    beliefs: list[Belief] = Field(
        description="Opinions of the user about who buys, why or how, that could turn out wrong: strong statements, "
        "generalisations, 'only', 'never', 'always'. Empty when there is none."
    )
    contradictions: list[Contradiction] = Field(
        description="Only real contradictions between sources or known facts; usually empty."
    )
    has_paying_customers: bool | None = Field(
        description="true when a source tells of paying customers, false when one says that there are none yet, "
        "null when no source speaks of it."
    )
    asked_topic: Literal[Topic, "none"] = Field(
        description="What the question at the end of the agent's reply asks about; none without a reply or question."
    )
    suggested_replies: list[Label] = Field(
        description="Two to four short answers the user could click, in the user's language and voice, that answer the "
        "agent's question differently; the last one lets the user say that they don't know. Empty without a question."
    )
    placeholder: Label = Field(
        description="The beginning of a typical answer, for the empty input box, in the user's language. Empty without a question."
    )


class StyleGuide(ModelAnswer):
    """How the founder writes, so that messages sound like the founder."""

    language: Label = Field(
        description="The language the founder writes in, as a BCP 47 code such as de or en-GB."
    )
    tone: Sentence = Field(
        description="The tone in one sentence, such as: dry, friendly, straight to the point."
    )
    address: Label = Field(description="How the reader is addressed, such as first name, du, Sie, tu, vous.")
    sentence_length: Literal["short", "medium", "long"] = Field(description="How long the sentences are.")
    words_used: list[Label] = Field(
        description="Words and phrases the founder likes, copied from the sources."
    )
    words_never_used: list[Label] = Field(
        description="Words the founder says they never use; only those that are named so."
    )
    openings: list[Label] = Field(
        description="How messages begin, copied from the sources. Empty when none is shown."
    )
    endings: list[Label] = Field(
        description="How messages end, copied from the sources. Empty when none is shown."
    )
    emoji: Literal["never", "sometimes", "often"] = Field(description="How the founder uses emoji.")
    examples: list[Sentence] = Field(
        description="One to three sentences by the founder that show the style best, copied letter for letter."
    )


class DimensionDraft(ModelAnswer):
    """One dimension of the bullseye: its value and what it rests on."""

    value: Sentence = Field(
        description="The value: concrete enough that two people would pick the same companies."
    )
    standing: ClaimedStanding = Field(description=STANDING)
    quote: Quote
    source_id: SourceId


class BullseyeDimensions(ModelAnswer):
    """The six dimensions of the control."""

    persona: DimensionDraft = Field(description="Who is written to: role and seniority of the buyer.")
    firmographic: DimensionDraft = Field(description="Which companies: industry, size, place, technology.")
    situation: DimensionDraft = Field(
        description="What is going on at such a company that makes the pain real."
    )
    trigger: DimensionDraft = Field(description="The event, visible from outside, that makes now the moment.")
    angle: DimensionDraft = Field(description="What the message argues, in the customers' own terms.")
    channel: DimensionDraft = Field(
        description="How the message arrives, such as cold e-mail or LinkedIn message."
    )


class Bullseye(ModelAnswer):
    """The control: the customer that the evidence describes best."""

    name: Label = Field(description="A short name for the experiment, in the user's language.")
    pattern: Sentence = Field(
        description="The hypothesis in one sentence: who, in which situation, buys why."
    )
    pain: Sentence = Field(description="The pain in the customers' words.")
    industries: list[Label] = Field(
        description="Industries of the companies, one to five, as they are usually named."
    )
    dimensions: BullseyeDimensions = Field(description="The six dimensions with their evidence.")


class Change(ModelAnswer):
    """One dimension set to something else than in the bullseye."""

    dimension: Literal["persona", "firmographic", "situation", "trigger", "angle", "channel"] = Field(
        description="The dimension that is changed."
    )
    value: Sentence = Field(
        description="Its new value: concrete, plausible and clearly different from the bullseye's value."
    )
    standing: ClaimedStanding = Field(description=STANDING)
    quote: Quote
    source_id: SourceId


class WhoChange(Change):
    """A change of who is written to, or of which companies."""

    dimension: Literal["persona", "firmographic"] = Field(
        description="The dimension that is changed: one of two."
    )


class ArmText(ModelAnswer):
    """What every experiment beside the bullseye says of itself."""

    name: Label = Field(description="A short name for the experiment, in the user's language.")
    pattern: Sentence = Field(
        description="The hypothesis in one sentence, and what is learned if it is wrong."
    )
    industries: list[Label] = Field(
        description="Industries of its companies; the bullseye's unless the firmographic changes."
    )
    predicted_direction: Literal["higher", "lower", "same"] = Field(
        description="The predicted rate of the outcome, compared with the bullseye."
    )


class VariableA(ArmText):
    """The bullseye with exactly one change of persona or firmographic."""

    change: WhoChange = Field(description="The one change: persona or firmographic, nothing else.")


class VariableB(ArmText):
    """The bullseye with exactly one change of another dimension."""

    change: Change = Field(description="The one change: a dimension that variable_a does not change.")


class Contrarian(ArmText):
    """An experiment that is built on the opposite of something the user believes."""

    belief_quote: Quote = Field(
        description="The belief that is denied: words of the user, copied letter for letter from a turn or onboarding "
        "source, best one of the listed beliefs. Never from a page."
    )
    belief_source_id: SourceId
    negation: Sentence = Field(description="The opposite of that belief, as a statement that could be true.")
    change: Change = Field(
        description="How the target differs from the bullseye when the negation is taken as true."
    )
    proves_user_right: Sentence = Field(
        description="The result of this experiment that would show that the user was right after all, in the user's language."
    )


class LongShot(ArmText):
    """A bold bet, cheap enough to lose, judged on what it teaches."""

    pain: Sentence = Field(description="The pain of this audience.")
    changes: list[Change] = Field(
        min_length=2, max_length=4, description="Two to four changes, each of another dimension."
    )


class ExperimentSetDraft(ModelAnswer):
    """A set of five experiments, described as one control and what each other arm changes."""

    strategic_insight: Sentence = Field(
        description="What the evidence suggests that the user may not have seen yet, in one or two sentences."
    )
    outcome_measured: Literal["reply", "interested", "meeting_booked"] = Field(
        description="What all five count: reply, unless the user named another measure of success."
    )
    bullseye: Bullseye
    variable_a: VariableA
    variable_b: VariableB
    contrarian: Contrarian
    long_shot: LongShot
    message: str = Field(
        description="What the user reads: three to six sentences in the user's language. The insight, why these five, and "
        "that the user may save them or say what to change. No list of the experiments: cards show them. No numbers."
    )
    limits: Sentence = Field(
        description="One plain sentence in the user's language that says what can't be learned with the leads at hand, "
        "using the figures under Measurement and no other numbers."
    )
    suggested_replies: list[Label] = Field(
        description="Two to four short things the user may want to say next, in the user's language and voice."
    )
