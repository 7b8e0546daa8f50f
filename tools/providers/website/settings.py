"""How websites are read: limits, our name, and the one exception to "public addresses only"."""

from ipaddress import ip_address

from pydantic import BaseModel, Field, model_validator


class WebsiteSettings(BaseModel):
    """The website reader."""

    environment: str = Field(
        "development",
        alias="ENV",
        description="development, test or production. WEBSITE_HOSTS is refused in production.",
    )
    hosts: str = Field(
        "",
        alias="WEBSITE_HOSTS",
        description="Comma list of host=address:port: fetched there in plain HTTP without the public-address check. For the sandbox's sites only.",
    )
    user_agent: str = Field(
        "QuiverBot/0.1",
        alias="WEBSITE_USER_AGENT",
        pattern=r"^[A-Za-z_-]+(/[\x21-\x7e]+)?( [\x20-\x7e]+)?$",
        description="Our name towards websites; robots.txt rules for its first word are honoured.",
    )
    deadline: float = Field(
        10.0,
        alias="WEBSITE_DEADLINE",
        gt=0,
        le=30,
        description="Seconds one page may take, robots.txt and redirects included.",
    )
    parse_deadline: float = Field(
        5.0,
        alias="WEBSITE_PARSE_DEADLINE",
        gt=0,
        le=30,
        description="Seconds the extraction of text from one page may take.",
    )
    max_bytes: int = Field(
        2 * 1024 * 1024,
        alias="WEBSITE_MAX_BYTES",
        ge=1024,
        description="Bytes of a page on the wire; larger ones are refused.",
    )
    max_text_bytes: int = Field(
        5 * 1024 * 1024,
        alias="WEBSITE_MAX_TEXT_BYTES",
        ge=1024,
        description="Bytes of a page after decompression.",
    )
    max_characters: int = Field(
        100_000,
        alias="WEBSITE_MAX_CHARACTERS",
        ge=1000,
        description="Characters of readable text kept of one page.",
    )
    max_pages: int = Field(
        6,
        alias="WEBSITE_MAX_PAGES",
        ge=1,
        le=50,
        description="Pages read of one site when linked pages are asked for.",
    )
    concurrency: int = Field(
        8, alias="WEBSITE_CONCURRENCY", ge=1, description="Pages one process fetches at the same time."
    )

    @model_validator(mode="after")
    def check_hosts(self) -> "WebsiteSettings":
        """Refuse a broken list, and any list in production."""
        if self.hosts and self.environment == "production":
            raise ValueError("WEBSITE_HOSTS must be empty when ENV=production")
        self.exceptions()
        return self

    def exceptions(self) -> dict[str, tuple[str, int]]:
        """Host to (address, port): what `hosts` says."""
        result: dict[str, tuple[str, int]] = {}
        for entry in filter(None, (part.strip() for part in self.hosts.split(","))):
            host, _, place = entry.partition("=")
            address, _, port = place.rpartition(":")
            ip_address(address)
            result[host.strip().lower()] = (address, int(port))
        return result
