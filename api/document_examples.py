"""Examples in the OpenAPI document: what was lost of them is put back, and answers get theirs from the models in them."""

from typing import Any

Document = dict[str, Any]

PLAIN = {"boolean": True, "string": "", "integer": 200, "number": 0.5, "object": {}}
"""Examples of what no model describes."""


def example_of(schema: Document, schemas: Document) -> Any:
    """A value that fits a schema: its example, else made of its parts'; null where nothing has one."""
    schema = _resolved(schema, schemas)
    for word in ("example", "const", "default"):
        if word in schema:
            return schema[word]
    if forms := schema.get("anyOf") or schema.get("oneOf"):
        return example_of(forms[0], schemas)
    if "properties" in schema:
        return {name: example_of(part, schemas) for name, part in schema["properties"].items()}
    if schema.get("type") == "array":
        return [example_of(schema["items"], schemas)]
    return PLAIN.get(schema.get("type", ""))


def completed(example: Any, schema: Document, schemas: Document) -> Any:
    """An example with the members that are null: FastAPI leaves them out of the document."""
    schema = _resolved(schema, schemas)
    if isinstance(example, list):
        return [completed(item, schema.get("items", {}), schemas) for item in example]
    if not isinstance(example, dict):
        return example
    if not (parts := schema.get("properties")):
        forms = [_resolved(form, schemas) for form in schema.get("anyOf") or schema.get("oneOf") or ()]
        known = [form for form in forms if example.keys() <= form.get("properties", {}).keys()]
        return completed(example, known[0], schemas) if known else example
    missing = {name: None for name in schema.get("required", ()) if name not in example}
    told = {name: completed(value, parts.get(name, {}), schemas) for name, value in example.items()}
    return {name: (told | missing)[name] for name in [*parts, *told] if name in told or name in missing}


def _resolved(schema: Document, schemas: Document) -> Document:
    """The schema, or the one it names."""
    reference = schema.get("$ref")
    return schemas[reference.rpartition("/")[2]] if reference else schema
