"""Invented companies: facts that belong together, and a website that tells some of them."""

from tests.sandbox.companies.generator import LANGUAGES, Company, generate

__all__ = ["LANGUAGES", "Company", "generate"]
