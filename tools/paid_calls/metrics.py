"""What is told to Prometheus of credits."""

from prometheus_client import Counter

CREDITS = Counter(
    "quiver_credits_total", "Credits that calls cost, as the provider or the ledger says.", ("provider",)
)
