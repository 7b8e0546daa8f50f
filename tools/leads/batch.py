"""Leads that come many at a time: read at once when each is a lead, one by one when one is not, so that it is named."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, cast

from pydantic import (
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    TypeAdapter,
    ValidationError,
    WrapValidator,
    field_validator,
)
from pydantic.alias_generators import to_camel
from pydantic_core import SchemaValidator, core_schema

from tools.leads.schemas import CREATE_EXAMPLE, LeadCreate
from tools.schemas import WireModel
from tools.text.storable import all_storable

MAX_BATCH = 1_000

Said = Mapping[str, Any]
"""What is said of a new lead, by attribute name; what was not sent may be left out."""


class BrokenLead(WireModel):
    """An item of a batch that is not a lead: kept so that the others can be saved, and rejected with its errors."""

    errors: list[dict[str, str]]


Items = Sequence[LeadCreate | BrokenLead | Said]


def said_of(item: LeadCreate | BrokenLead | Said) -> Said | None:
    """What an item says; None for a broken one."""
    if isinstance(item, BrokenLead):
        return None
    # The fields are flat: a copy does what dumping them would.
    return vars(item) if isinstance(item, LeadCreate) else item


def _all_at_once() -> SchemaValidator:
    """Reads a list in which every item is a lead as mappings: a fifth of the cost of as many models.

    Made of the model's own fields, so that it takes nothing else than the model would, but for text that can't be stored.
    """
    fields = {
        name: core_schema.typed_dict_field(
            TypeAdapter(field.rebuild_annotation()).core_schema,
            required=field.is_required(),
            validation_alias=to_camel(name),
        )
        for name, field in LeadCreate.model_fields.items()
    }
    lead = core_schema.typed_dict_schema(fields, extra_behavior="forbid")
    return SchemaValidator(core_schema.list_schema(lead, min_length=1, max_length=MAX_BATCH))


ALL_AT_ONCE = _all_at_once()


def _or_broken(value: Any, read: Callable[[Any], LeadCreate]) -> LeadCreate | BrokenLead:
    try:
        return read(value)
    except ValidationError as error:
        places = ["".join(f"/{part}" for part in item["loc"]) for item in error.errors()]
        reasons = [str(item["msg"]) for item in error.errors()]
        return BrokenLead(
            errors=[
                {"code": "invalid", "pointer": place[:500], "reason": reason}
                for place, reason in zip(places, reasons, strict=True)
            ]
        )


class LeadBatch(WireModel):
    """Several leads at once: those that can be saved are, the rest is reported."""

    model_config = ConfigDict(json_schema_extra={"example": {"leads": [CREATE_EXAMPLE]}})

    leads: list[Annotated[LeadCreate, WrapValidator(_or_broken)]] = Field(
        min_length=1, max_length=MAX_BATCH, description="The leads, in the order to save them."
    )

    @field_validator("leads", mode="wrap")
    @classmethod
    def _read(cls, value: Any, one_by_one: Callable[[Any], Any]) -> Any:
        if not all_storable(value):
            return one_by_one(value)
        try:
            return ALL_AT_ONCE.validate_python(value)
        except ValidationError:
            return one_by_one(value)

    @property
    def items(self) -> Items:
        """The leads as they were read, broken ones among them."""
        return cast(Items, self.leads)


def _form_of(body: Any) -> str:
    """Which of the two forms a body has. Tags in parentheses are left out of the pointers in problem documents."""
    batch = isinstance(body, LeadBatch) or (isinstance(body, dict) and "leads" in body)
    return "(batch)" if batch else "(one)"


OneOrMany = Annotated[
    Annotated[LeadCreate, Tag("(one)")] | Annotated[LeadBatch, Tag("(batch)")],
    Discriminator(_form_of),
]
"""One lead, or `{"leads": [...]}`."""
