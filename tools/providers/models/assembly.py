"""Builds the router from settings. Importing this file loads the providers' packages, which takes seconds."""

from tools.providers.models.openai_chat import OpenAIProvider
from tools.providers.models.pricing import Pricing
from tools.providers.models.router import ModelRouter
from tools.providers.models.settings import ModelSettings


def build_router(settings: ModelSettings) -> ModelRouter:
    """The product's router. Close it when the process ends."""
    return ModelRouter(
        [OpenAIProvider(settings)],
        price=Pricing(settings.prices),
        concurrency=settings.concurrency,
        slot_timeout=settings.first_token_timeout,
    )
