"""Inputs that open the optional parts of prompts: by prompt and by name, each laid over the prompt's sample."""

from prompts.sample import variants

VARIANTS = variants()
"""What is not named here is the sample's."""
