"""Builds the router from settings. Importing this file loads the providers' packages, which takes seconds."""

from tools.providers.models.gemini.chat import GeminiProvider
from tools.providers.models.openai.chat import OpenAIProvider
from tools.providers.models.pricing import Pricing
from tools.providers.models.provider import ModelProvider
from tools.providers.models.router import ModelRouter
from tools.providers.models.settings import ModelSettings


def build_router(settings: ModelSettings) -> ModelRouter:
    """The product's router. Close it when the process ends."""
    providers: list[ModelProvider] = [OpenAIProvider(settings)]
    if settings.gemini_api_key is not None:
        providers.append(GeminiProvider(settings, settings.gemini_api_key))
    return ModelRouter(
        providers,
        price=Pricing(settings.prices),
        concurrency=settings.concurrency,
        slot_timeout=settings.first_token_timeout,
        patience=settings.total_timeout,
        breaker_failures=settings.breaker_failures,
        breaker_pause=settings.breaker_pause,
    )
