"""Settings of what stores data. Read by `api/settings.py`; this folder never reads the environment."""

from pydantic import BaseModel, Field


class DatabaseSettings(BaseModel):
    """Postgres: the product's tables and the graphs' checkpoints."""

    url: str = Field(
        alias="DATABASE_URL",
        description="Postgres, as postgresql://user:password@host:port/name; or a pooler in front of it.",
    )
    transaction_pooler: bool = Field(
        False,
        alias="DATABASE_TRANSACTION_POOLER",
        description="Whether DATABASE_URL leads through a pooler in transaction mode, as PgBouncer's: each transaction may be at another connection.",
    )
    schema_url: str | None = Field(
        None,
        alias="DATABASE_SCHEMA_URL",
        description="Postgres itself, for ./quiver db and ./quiver migrate, which no pooler in transaction mode can carry. Unset: DATABASE_URL.",
    )
    pool_size: int = Field(
        10, alias="DATABASE_POOL_SIZE", ge=1, description="Connections a process keeps open for tables."
    )
    direct_connections: int = Field(
        4,
        alias="DATABASE_DIRECT_CONNECTIONS",
        ge=1,
        description="Further connections, for the few statements that are asked most.",
    )
    pool_timeout: float = Field(
        5.0,
        alias="DATABASE_POOL_TIMEOUT",
        gt=0,
        description="Seconds to wait for a free connection before answering 503.",
    )
    statement_timeout: float = Field(
        15.0, alias="DATABASE_STATEMENT_TIMEOUT", gt=0, description="Seconds one statement may run."
    )
    idle_timeout: float = Field(
        10.0,
        alias="DATABASE_IDLE_TIMEOUT",
        gt=0,
        description="Seconds a transaction may wait for the process that opened it; shorter than TURN_LEASE, so that a frozen process locks nothing that whoever takes its turns over needs.",
    )
    checkpoint_pool_size: int = Field(
        4,
        alias="CHECKPOINT_POOL_SIZE",
        ge=1,
        description="Connections a process keeps open to read graph checkpoints, and as many to store them.",
    )

    @property
    def direct_url(self) -> str:
        """Where a session keeps its locks and settings. Raises ValueError when only a pooler in transaction mode is known."""
        if self.transaction_pooler and self.schema_url is None:
            raise ValueError(
                "DATABASE_URL leads through a pooler in transaction mode; set DATABASE_SCHEMA_URL to Postgres itself for this."
            )
        return self.schema_url or self.url

    @property
    def transaction_milliseconds(self) -> int:
        """How long a transaction may last: one slow statement, and its process may be slow as well."""
        return int((self.statement_timeout + self.idle_timeout) * 1000)


class RedisSettings(BaseModel):
    """Redis or Valkey: live streams, job progress, rate limits and the Celery broker. Nothing in it is the truth."""

    url: str = Field(alias="REDIS_URL", description="Redis or Valkey, as redis://host:port/db.")
    broker_url: str | None = Field(
        None,
        alias="CELERY_BROKER_URL",
        description="Redis for Celery messages. Unset: database 1 of REDIS_URL's server.",
    )
    timeout: float = Field(
        1.0, alias="REDIS_TIMEOUT", gt=0, description="Seconds one Redis command may take."
    )
