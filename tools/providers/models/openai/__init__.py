"""OpenAI and servers that speak its wire, through langchain-openai."""
