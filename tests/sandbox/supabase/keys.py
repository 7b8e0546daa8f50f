"""The signing keys: ES256 by default, HS256 or RS256 when chosen; rotated, published as JWKS, kept across restarts."""

import base64
import json
import secrets
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, HMACAlgorithm, RSAAlgorithm, get_default_algorithms

ALGORITHMS = ("ES256", "RS256", "HS256")


@dataclass
class SigningKey:
    """A key with its id; `published` keys stand in the JWKS."""

    kid: str
    algorithm: str
    pem: str
    published: bool = True

    def public_pem(self) -> bytes:
        """The public half in PEM."""
        return (
            self._private()
            .public_key()
            .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        )

    def jwk(self) -> dict[str, Any]:
        """The public half as GoTrue publishes it."""
        algorithm = ECAlgorithm if self.algorithm == "ES256" else RSAAlgorithm
        fields = algorithm.to_jwk(self._private().public_key(), as_dict=True)
        return {
            **fields,
            "kid": self.kid,
            "alg": self.algorithm,
            "use": "sig",
            "key_ops": ["verify"],
            "ext": True,
        }

    def _private(self) -> Any:
        return serialization.load_pem_private_key(self.pem.encode(), None)


class KeyRing:
    """The keys of the stand-in: one in use, older ones published until they are dropped."""

    def __init__(self, folder: Path | None, secret: str | None) -> None:
        self._file = folder / "keys.json" if folder else None
        self.algorithm = "ES256"
        self.secret = secret or secrets.token_urlsafe(40)
        self.keys: list[SigningKey] = []
        if self._file and self._file.exists():
            self._load(json.loads(self._file.read_text()))
        self.secret = secret or self.secret
        if not self.keys:
            self.rotate()

    def rotate(self, *, keep_old: bool = True, algorithm: str | None = None) -> SigningKey | None:
        """Make a new key and sign with it; the old ones stay published unless `keep_old` is False."""
        if algorithm:
            self.algorithm = algorithm
        if not keep_old:
            self.keys = []
        made = None
        if self.algorithm != "HS256":
            made = SigningKey(str(uuid.uuid4()), self.algorithm, _new_pem(self.algorithm))
            self.keys.append(made)
        self._save()
        return made

    def use(self, algorithm: str, secret: str | None = None) -> None:
        """Sign by another algorithm from now on, with a new key when there is none of that kind."""
        self.algorithm, self.secret = algorithm, secret or self.secret
        if algorithm != "HS256" and not any(key.algorithm == algorithm for key in self.keys):
            self.rotate()
        self._save()

    def current(self) -> SigningKey | None:
        """The key in use; None for HS256."""
        matching = [key for key in self.keys if key.algorithm == self.algorithm]
        return matching[-1] if matching else None

    def find(self, kid: str) -> SigningKey | None:
        """A key by its id."""
        return next((key for key in self.keys if key.kid == kid), None)

    def jwks(self) -> dict[str, Any]:
        """The published keys. HS256 secrets are never among them."""
        return {"keys": [key.jwk() for key in self.keys if key.published]}

    def sign(self, header: str, payload: str, algorithm: str, secret: str | None, kid: str | None) -> str:
        """A compact token of header and payload texts, signed as told; nothing is checked."""
        body = f"{_base64(header.encode())}.{_base64(payload.encode())}"
        if algorithm == "none":
            return f"{body}."
        if algorithm.startswith("HS"):
            key: Any = (secret if secret is not None else self.secret).encode()
            signer: Any = HMACAlgorithm(getattr(HMACAlgorithm, f"SHA{algorithm[2:]}"))
        else:
            chosen = self.find(kid or "") or self._of(algorithm)
            signer = get_default_algorithms()[algorithm]
            key = signer.prepare_key(chosen.pem)
        return f"{body}.{_base64(signer.sign(body.encode(), key))}"

    def _of(self, algorithm: str) -> SigningKey:
        matching = [key for key in self.keys if key.algorithm == algorithm]
        return matching[-1] if matching else SigningKey("unpublished", algorithm, _new_pem(algorithm))

    def _load(self, stored: dict[str, Any]) -> None:
        self.algorithm, self.secret = stored["algorithm"], stored["secret"]
        self.keys = [SigningKey(**key) for key in stored["keys"]]

    def _save(self) -> None:
        if self._file:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            stored = {
                "algorithm": self.algorithm,
                "secret": self.secret,
                "keys": [vars(key) for key in self.keys],
            }
            self._file.write_text(json.dumps(stored))
            self._file.chmod(0o600)


def _new_pem(algorithm: str) -> str:
    if algorithm.startswith("ES"):
        private: Any = ec.generate_private_key(ec.SECP256R1())
    else:
        private = rsa.generate_private_key(65537, 2048)
    return private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
