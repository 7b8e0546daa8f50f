"""The console in headless Chromium, against the running product."""
