"""Companies nobody has seen: put together by seed from word parts, with onboarding, answers and website of one mind."""

from tests.sandbox.companies.company import Company, Customer
from tests.sandbox.companies.generator import generate
from tests.sandbox.companies.vocabulary import LANGUAGES

__all__ = ["LANGUAGES", "Company", "Customer", "generate"]
