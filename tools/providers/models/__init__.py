"""Language models behind one door: `router.ModelRouter`. Only the files named after a provider import its package."""
