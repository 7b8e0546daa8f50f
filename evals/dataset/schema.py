"""The form of a line as JSON Schema, for editors."""

import json
from pathlib import Path

from evals.dataset.conversation import Conversation

SCHEMA_FILE = Path(__file__).resolve().parents[1] / "data" / "conv-1.schema.json"


def json_schema() -> str:
    """The schema as text, ending in a line end."""
    return json.dumps(Conversation.model_json_schema(by_alias=True), indent=1, ensure_ascii=False) + "\n"
