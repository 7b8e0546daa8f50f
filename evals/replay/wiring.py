"""The wiring of prompts: which inputs each shows, behind which fence, and which form of answer it asks for.

Every input of every sample is marked in turn, the prompt is rendered, and it is looked where the mark stands. A prompt that
lost an input, a fence or its schema against what was recorded is found, whatever else changed in its words.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from prompts.loader import PromptLibrary
from prompts.prompt import PromptInvalid
from prompts.sample import sample_inputs, variants

FILE = Path(__file__).resolve().parents[1] / "baselines" / "wiring.json"
MARK = "zqxvwk"
"""A word that stands in no prompt and no sample, and that every filter lets through."""
FENCE = re.compile(r"<(/?)untrusted-([a-z-]+)[^>]*>")
SECTION = re.compile(r"^<([a-z-]+)(?: about=\"[^\"]*\")?>$", re.MULTILINE)
NUMBER = 731_731
"""The same for numbers."""
MARKS = re.compile(f"{MARK}|{NUMBER}")
Json = dict[str, Any]


def wiring_of(prompt_id: str, prompts: PromptLibrary) -> Json:
    """How one prompt is wired: `output`, `sections`, and for each input where it stands. Raises PromptInvalid."""
    prompt = prompts.load(prompt_id)
    shown: dict[str, list[str]] = {}
    sections: set[str] = set()
    for name, inputs in _cases(prompt_id):
        plain = prompts.render(prompt_id, **inputs).text
        sections |= set(SECTION.findall(plain))
        for path, marked in _marked(inputs):
            if where := _where(prompts, prompt_id, marked):
                shown[f"{name}:{path}"] = where
    return {"output": prompt.head.output, "sections": sorted(sections), "shown": dict(sorted(shown.items()))}


def whole_wiring(prompts: PromptLibrary) -> Json:
    """All prompts' wiring."""
    return {prompt_id: wiring_of(prompt_id, prompts) for prompt_id in prompts.ids()}


def lost(prompt_id: str, prompts: PromptLibrary, recorded: Mapping[str, Json]) -> list[str]:
    """What a prompt has lost against the recorded wiring, a sentence each."""
    before = recorded.get(prompt_id)
    if before is None:
        return []
    try:
        now = wiring_of(prompt_id, prompts)
    except PromptInvalid as error:
        return [f"{prompt_id} does not render: {error}"]
    return [f"{prompt_id}: {text}" for text in _losses(before, now)]


def read_wiring(path: Path = FILE) -> dict[str, Json]:
    """The recorded wiring; nothing when none is recorded."""
    found: dict[str, Json] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found


def write_wiring(prompts: PromptLibrary, path: Path = FILE) -> None:
    """Record the wiring as it is. Raises PromptInvalid."""
    path.write_text(json.dumps(whole_wiring(prompts), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _losses(before: Json, now: Json) -> Iterator[str]:
    if before["output"] != now["output"]:
        yield f"its output was {before['output']} and is {now['output']}"
    for section in before["sections"]:
        if section not in now["sections"]:
            yield f"its section <{section}> is gone"
    for path, where in before["shown"].items():
        found = now["shown"].get(path, [])
        if not found:
            yield f"its input {path} is not shown any more"
        elif len(found) < len(where):
            yield f"its input {path} is shown {len(found)} times instead of {len(where)}"
        elif _fenced(found) < _fenced(where):
            yield f"its input {path} stands outside of any untrusted fence"
        elif found.count("bare") > where.count("bare"):
            yield f"its input {path} is not quoted any more"


def _fenced(places: list[str]) -> int:
    return sum(place.startswith("untrusted") for place in places)


def _cases(prompt_id: str) -> Iterator[tuple[str, Json]]:
    sample = sample_inputs(prompt_id)
    yield "sample", sample
    for name, changes in variants().get(prompt_id, {}).items():
        yield name, {**sample, **changes}


def _where(prompts: PromptLibrary, prompt_id: str, marked: Json) -> list[str]:
    """Where the mark stands, each time: behind which fence, quoted, or bare. Nothing for an input that can't be marked."""
    try:
        text = prompts.render(prompt_id, **marked).text
    except PromptInvalid:
        return []
    return [_place(text, found.start()) for found in MARKS.finditer(text)]


def _place(text: str, place: int) -> str:
    open_fences: list[str] = []
    for fence in FENCE.finditer(text[:place]):
        if not fence.group(1):
            open_fences.append(fence.group(2))
        elif open_fences:
            open_fences.pop()
    if open_fences and text.find(f"</untrusted-{open_fences[-1]}>", place) >= 0:
        return f"untrusted-{open_fences[-1]}"
    return "quoted" if text.rfind("“", 0, place) > text.rfind("”", 0, place) else "bare"


def _marked(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The value once for each text in it, with the mark behind that one. Of a list, its first item counts for all."""
    if isinstance(value, str):
        yield path, f"{value} {MARK}".strip() if value else MARK
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, int | float):
        yield path, NUMBER
    elif isinstance(value, dict):
        for key, item in value.items():
            here = f"{path}.{key}" if path else str(key)
            for inner, changed in _marked(item, here):
                yield inner, {**value, key: changed}
            if path:  # where names are data, too
                yield f"{here}:name", {**{k: v for k, v in value.items() if k != key}, f"{key} {MARK}": item}
    elif isinstance(value, list) and value:
        for inner, changed in _marked(value[0], f"{path}[]"):
            yield inner, [changed, *value[1:]]
