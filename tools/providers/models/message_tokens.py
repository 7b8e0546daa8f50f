"""The tokens that one of LangChain's messages tells of, whichever provider it came from."""

from langchain_core.messages import AIMessage

from tools.providers.models.provider import TokenCount


def tokens_of(message: AIMessage) -> TokenCount | None:
    """What was counted; None when nothing was told."""
    usage = message.usage_metadata
    if not usage:
        return None
    cached = usage.get("input_token_details", {}).get("cache_read", 0)
    return TokenCount(usage["input_tokens"], usage["output_tokens"], cached)
