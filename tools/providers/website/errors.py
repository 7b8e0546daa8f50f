"""What can go wrong with a website. No message names an address: what a name resolves to is nobody's business."""

from tools.errors import FieldError, Invalid, ProviderUnavailable


class WebsiteRefused(Invalid):
    """We don't fetch this: not a public website, not http(s), or the site's robots.txt asks us not to."""

    code = "website_refused"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message, (FieldError("/url", message),), code=code)


class WebsiteUnreadable(Invalid):
    """The site answered with something that can't be read as text: wrong type, too large, broken, or empty."""

    code = "website_unreadable"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message, (FieldError("/url", message),), code=code)


class WebsiteUnreachable(ProviderUnavailable):
    """The site did not answer in time, not at all, or with an error."""

    code = "website_unreachable"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message, provider="website", retry_after=30, code=code)
