"""Replaying conversations over the product's own graphs: prompts and model may differ, everything else is as in production."""
