"""What an Idempotency-Key becomes: a name that is stored, and a seal for the answer that only the key's owner can open.

Answers hold invitation tokens and tickets, of which the database otherwise keeps hashes only. Both halves come from the key
by HKDF, so neither tells the other and the database alone opens nothing, provided that the key can't be guessed.
"""

from base64 import urlsafe_b64encode
from dataclasses import dataclass, field

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from persistence.types import UserID

HALF = 32


@dataclass(frozen=True)
class DerivedKey:
    """`key_hash` is stored (32 bytes); `seal` is never written anywhere."""

    key_hash: bytes
    seal: Fernet = field(repr=False)


def derived(user_id: UserID, key: str) -> DerivedKey:
    """Name and seal of a person's key."""
    function = HKDF(SHA256(), length=2 * HALF, salt=str(user_id).encode(), info=b"quiver idempotency key")
    material = function.derive(key.encode())
    return DerivedKey(material[:HALF], Fernet(urlsafe_b64encode(material[HALF:])))
