"""The stand-in for Gemini's API, as the google-genai package speaks it."""
