"""Renders a prompt with the inputs written by hand in `samples/`, to read it as a model will."""

from pathlib import Path
from typing import Any

import yaml

from prompts.loader import FOLDER, PromptLibrary, library
from prompts.prompt import PromptInvalid, RenderedPrompt

SAMPLES = FOLDER / "samples"


def sample_inputs(prompt_id: str, folder: Path = SAMPLES) -> dict[str, Any]:
    """The hand-written inputs of a prompt: `samples/<id>.yaml`, key `inputs`. Raises PromptInvalid when there are none."""
    path = folder / f"{prompt_id}.yaml"
    if not path.is_file():
        raise PromptInvalid(f"{prompt_id} has no sample; write prompts/samples/{prompt_id}.yaml")
    sample = yaml.safe_load(path.read_text(encoding="utf-8"))
    if (
        not isinstance(sample, dict)
        or sample.keys() != {"note", "inputs"}
        or not isinstance(sample["inputs"], dict)
    ):
        raise PromptInvalid(
            f"samples/{prompt_id}.yaml needs exactly two keys: note (where it comes from) and inputs"
        )
    return dict(sample["inputs"])


def render_sample(
    prompt_id: str, prompts: PromptLibrary | None = None, folder: Path = SAMPLES
) -> RenderedPrompt:
    """The prompt, rendered with its sample inputs. Raises PromptInvalid."""
    return (prompts or library()).render(prompt_id, **sample_inputs(prompt_id, folder))


def variants(folder: Path = SAMPLES) -> dict[str, dict[str, dict[str, Any]]]:
    """Inputs that open the optional parts of prompts, by prompt and name: each is laid over the prompt's sample."""
    found: dict[str, dict[str, dict[str, Any]]] = yaml.safe_load(
        (folder / "variants.yaml").read_text(encoding="utf-8")
    )
    return found
