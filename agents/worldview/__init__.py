"""The graph that turns onboarding and website into a worldview."""
