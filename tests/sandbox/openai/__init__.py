"""OpenAI's chat completions over their wire; the words come from tests.sandbox.language."""
