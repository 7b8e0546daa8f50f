"""Answers of models that were paid for once: by provider, address, model, the whole request, the sample and the repetition."""

import json
import sqlite3
from collections import Counter
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from tools.providers.models.provider import ModelRequest, TokenCount

FILE = Path(__file__).resolve().parents[2] / ".dev" / "evals" / "answers.sqlite3"

sample: ContextVar[int] = ContextVar("evals_sample", default=0)
"""Which of a case's repetitions runs in this task: each is answered anew, so that repeating is honest."""
asked: ContextVar[Counter[str] | None] = ContextVar("evals_asked", default=None)
"""How often each request was made within the repetition: a second try after a useless answer is another request."""


@dataclass(frozen=True)
class Answer:
    """A whole answer with what it used."""

    text: str
    reason: str | None
    read: int = 0
    written: int = 0
    from_cache: int = 0

    @property
    def tokens(self) -> TokenCount:
        """As the provider counted them."""
        return TokenCount(self.read, self.written, self.from_cache)


class AnswerCache:
    """Answers on disk. One per process; several processes may share the file."""

    def __init__(self, path: Path = FILE) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._rows = sqlite3.connect(path, timeout=30, isolation_level=None)
        self._rows.execute("PRAGMA journal_mode=WAL")
        self._rows.execute(
            "CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, answer TEXT NOT NULL) WITHOUT ROWID"
        )

    def key(self, provider: str, address: str, request: ModelRequest) -> str:
        """What names a request. Asking for it counts it."""
        whole: dict[str, Any] = asdict(request)
        plain = json.dumps([provider, address, whole, sample.get()], sort_keys=True, default=list)
        mark = sha256(plain.encode()).hexdigest()
        counts = asked.get()
        times = counts[mark] if counts is not None else 0
        if counts is not None:
            counts[mark] += 1
        return f"{mark}:{times}"

    def get(self, key: str) -> Answer | None:
        """The answer that was given before."""
        row = self._rows.execute("SELECT answer FROM answers WHERE key = ?", (key,)).fetchone()
        return Answer(**json.loads(row[0])) if row else None

    def put(self, key: str, answer: Answer) -> None:
        """Keep a whole answer."""
        self._rows.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", (key, json.dumps(asdict(answer))))

    def close(self) -> None:
        """Close the file."""
        self._rows.close()
