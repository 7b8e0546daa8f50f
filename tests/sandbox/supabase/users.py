"""The users: the id follows from the e-mail, so a restart keeps who is who; kept in a file when a folder is given."""

import hashlib
import json
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

NAMESPACE = uuid.UUID("5f8f2e36-6d3b-4e43-9a53-0b1c7f0f7c11")
STAMP = "%Y-%m-%dT%H:%M:%S.%fZ"


class UserStore:
    """Users by id, refresh tokens by value."""

    def __init__(self, folder: Path | None) -> None:
        self._file = folder / "users.json" if folder else None
        self.users: dict[str, dict[str, Any]] = {}
        self.refresh_tokens: dict[str, dict[str, str]] = {}
        if self._file and self._file.exists():
            stored = json.loads(self._file.read_text())
            self.users, self.refresh_tokens = stored["users"], stored["refresh_tokens"]

    def create(
        self,
        *,
        email: str = "",
        phone: str = "",
        password: str = "",
        anonymous: bool = False,
        metadata: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Make a user. Raises KeyError when e-mail or phone is taken."""
        user = new_user(email=email, phone=phone, password=password, anonymous=anonymous, metadata=metadata)
        if user["id"] in self.users:
            raise KeyError(email or phone)
        self.users[user["id"]] = user
        self.save()
        return user

    def by_login(self, login: str, password: str) -> dict[str, Any] | None:
        """The user of an e-mail or phone and password; None when they don't match."""
        user = self.users.get(str(uuid.uuid5(NAMESPACE, login.strip().lower())))
        return user if user and user["password"] == _digest(user["id"], password) else None

    def save(self) -> None:
        """Write the users to their file, if there is one."""
        if self._file:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_text(json.dumps({"users": self.users, "refresh_tokens": self.refresh_tokens}))


def new_user(
    *,
    email: str = "",
    phone: str = "",
    password: str = "",
    anonymous: bool = False,
    metadata: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """A user's record, kept nowhere."""
    email = email.strip().lower()
    key = email or phone
    user_id = str(uuid.uuid5(NAMESPACE, key)) if key else str(uuid.uuid4())
    now = datetime.now(UTC).strftime(STAMP)
    provider = "anonymous" if anonymous else ("email" if email else "phone")
    return {
        "id": user_id,
        "email": email,
        "phone": phone,
        "created_at": now,
        "is_anonymous": anonymous,
        "app_metadata": {} if anonymous else {"provider": provider, "providers": [provider]},
        "user_metadata": metadata or {},
        "password": _digest(user_id, password),
    }


def public(user: dict[str, Any]) -> dict[str, Any]:
    """The user as GoTrue shows it."""
    shown = {name: value for name, value in user.items() if name != "password"}
    return shown | {
        "aud": "authenticated",
        "role": "authenticated",
        "confirmed_at": user["created_at"],
        "email_confirmed_at": user["created_at"] if user["email"] else None,
        "last_sign_in_at": datetime.now(UTC).strftime(STAMP),
        "identities": [],
        "updated_at": user["created_at"],
    }


def _digest(user_id: str, password: str) -> str:
    return hashlib.sha256(f"{user_id}:{password}".encode()).hexdigest()
