"""Gemini, through langchain-google-genai."""
