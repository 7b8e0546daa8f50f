"""What is said to models: Markdown files with front matter, rendered to plain text with a tag that names the exact wording."""

from prompts.loader import load, prompt_ids, render
from prompts.prompt import PromptInvalid, RenderedPrompt

__all__ = ["PromptInvalid", "RenderedPrompt", "load", "prompt_ids", "render"]
