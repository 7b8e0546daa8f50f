"""Names, capability rows and prices agree with what the installed packages know."""

from decimal import Decimal
from typing import get_args

import pytest
from genai_prices import Usage, calc_price
from genai_prices.data import providers
from hypothesis import given
from hypothesis import strategies as st
from openai.types import ChatModel
from pydantic import ValidationError
from structlog.testing import capture_logs

from tools.providers.models.capabilities import capabilities_of
from tools.providers.models.pricing import Pricing
from tools.providers.models.provider import TokenCount
from tools.providers.models.settings import ModelSettings

SETTINGS = ModelSettings.model_validate({"OPENAI_API_KEY": "key"})
DEFAULTS = [SETTINGS.model, SETTINGS.fast_model]


@pytest.mark.parametrize("model", DEFAULTS)
def test_a_default_model_is_known_to_the_openai_package_and_has_a_price(model: str) -> None:
    assert model in get_args(ChatModel)
    assert Pricing()("openai", model, TokenCount(1000, 1000)) is not None


@pytest.mark.parametrize("model", DEFAULTS)
def test_a_default_model_takes_structured_output(model: str) -> None:
    assert capabilities_of(model).structured_output


@pytest.mark.parametrize(
    ("model", "prefix"),
    [
        ("gpt-4o-2024-08-06", "gpt-4o"),
        ("gpt-4-turbo", "gpt-4"),
        ("gpt-6.1-sol", "gpt-6.1"),
        ("gpt-5.5", "gpt-5"),
        ("mistral-large", ""),
    ],
)
def test_the_longest_prefix_names_the_family(model: str, prefix: str) -> None:
    assert capabilities_of(model).prefix == prefix


def test_tokens_read_from_the_cache_cost_less() -> None:
    price = Pricing()
    fresh, cached = (price("openai", SETTINGS.model, TokenCount(1000, 0, cached)) for cached in (0, 1000))

    assert fresh is not None
    assert cached is not None
    assert cached < fresh


def test_a_configured_price_goes_before_the_table() -> None:
    settings = ModelSettings.model_validate(
        {"OPENAI_API_KEY": "key", "MODEL_PRICES": '{"gpt-6-sol": [1, 2.5]}'}
    )

    assert Pricing(settings.prices)("openai", "gpt-6-sol", TokenCount(1_000_000, 2_000_000)) == Decimal(6)


@pytest.mark.parametrize(
    ("provider", "model"),
    [
        *(("openai", model) for model in DEFAULTS),
        ("openai", "gpt-4.1"),
        ("google", "gemini-2.5-pro"),
        ("google", "gemini-2.5-flash"),
        ("deepseek", "deepseek-chat"),
    ],
)
@given(
    fresh=st.integers(0, 400_000) | st.sampled_from([199_999, 200_000, 271_999, 272_000, 272_001]),
    cached=st.integers(0, 300_000),
    output=st.integers(0, 100_000),
)
def test_a_price_is_what_the_table_says_on_either_side_of_its_tiers(
    provider: str, model: str, fresh: int, cached: int, output: int
) -> None:
    usage = Usage(input_tokens=fresh + cached, cache_read_tokens=cached, output_tokens=output)
    expected = calc_price(usage, model, provider_id=provider).total_price
    assert Pricing()(provider, model, TokenCount(fresh + cached, output, cached)) == expected


def test_every_model_in_the_table_costs_what_the_table_says() -> None:
    price = Pricing()
    for provider in providers:
        for model in provider.models:
            for counts in [(0, 0, 0), (1234, 567, 1000), (300_000, 1234, 20)]:
                fresh, output, cached = counts
                usage = Usage(input_tokens=fresh, cache_read_tokens=cached, output_tokens=output)
                try:
                    expected = calc_price(usage, model.id, provider_id=provider.id).total_price
                except (LookupError, ValueError):
                    continue
                assert price(provider.id, model.id, TokenCount(*counts)) == expected, model.id


def test_more_tokens_from_the_cache_than_were_read_have_no_price() -> None:
    assert Pricing()("openai", SETTINGS.model, TokenCount(10, 10, 20)) is None


def test_an_unknown_price_is_none_and_logged_once() -> None:
    price = Pricing()
    with capture_logs() as logs:
        assert [price("openai", "local-llama", TokenCount(1, 1)) for _ in range(2)] == [None, None]

    assert [entry["event"] for entry in logs] == ["model_price_unknown"]


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"OPENAI_API_KEY": "key", "OPENAI_BASE_URL": "not a url"},
        {"OPENAI_API_KEY": "key", "MODEL_TOTAL_TIMEOUT": "0"},
        {"OPENAI_API_KEY": "key", "MODEL_PRICES": "cheap"},
    ],
)
def test_a_setting_that_cannot_be_used_is_refused(values: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        ModelSettings.model_validate(values)
