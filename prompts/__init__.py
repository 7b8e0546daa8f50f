"""What is said to models: Markdown files with front matter, rendered to plain text with a tag that names the exact wording."""

from prompts.loader import load, prompt_ids, render
from prompts.prompt import PromptInvalid, RenderedPrompt
from prompts.shared import SharedInputs

__all__ = ["PromptInvalid", "RenderedPrompt", "SharedInputs", "load", "prompt_ids", "render"]
