"""The connection goes to the checked address, the certificate must be of the name."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from persistence.types import utc_now
from tests.fixtures.websites import HostileSites, PlayedNames, http
from tools.providers.website.door import Door, DoorKeeper
from tools.providers.website.errors import WebsiteUnreachable
from tools.providers.website.fetcher import Fetcher
from tools.providers.website.settings import WebsiteSettings
from tools.providers.website.target import Target, parse_target


@dataclass
class DoorTo(DoorKeeper):
    """Every name is at this port of this machine: as if the check had found a public address."""

    port: int

    async def door(self, target: Target) -> Door:
        return Door("https", "127.0.0.1", self.port)


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate that signs itself for `name`, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(utc_now() - timedelta(days=1))
        .not_valid_after(utc_now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    chain, secret = folder / "cert.pem", folder / "key.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return chain, secret


@pytest.fixture
async def fetcher(tmp_path: Path) -> AsyncIterator[Fetcher]:
    """A fetcher that reaches a TLS server with a certificate of `shop.example` by address."""
    chain, secret = certificate(tmp_path, "shop.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, secret)
    sites = HostileSites(answers={"shop.example/": http("<p>hello"), "other.example/": http("<p>hello")})
    server = await asyncio.start_server(sites.serve, "127.0.0.1", 0, ssl=context)
    trusting = ssl.create_default_context(cafile=str(chain))
    doors = DoorTo(server.sockets[0].getsockname()[1])
    fetcher = Fetcher(WebsiteSettings(), doors, tls=trusting)
    yield fetcher
    await fetcher.close()
    server.close()


async def anything(_target: Target) -> None:
    return None


def any_answer(_answer: httpx.Response) -> None:
    return None


async def test_the_certificate_is_checked_against_the_name_not_the_address(fetcher: Fetcher) -> None:
    target = parse_target("https://shop.example/")
    fetched = await fetcher.get(target, before=anything, check=any_answer, limit=1000)
    assert fetched.body == b"<p>hello"


async def test_a_certificate_of_another_name_is_refused(fetcher: Fetcher) -> None:
    target = parse_target("https://other.example/")
    with pytest.raises(WebsiteUnreachable):
        await fetcher.get(target, before=anything, check=any_answer, limit=1000)


async def test_a_certificate_nobody_vouches_for_is_refused(
    fetcher: Fetcher, played_names: PlayedNames
) -> None:
    strict = Fetcher(WebsiteSettings(), fetcher._doors)
    with pytest.raises(WebsiteUnreachable):
        await strict.get(parse_target("https://shop.example/"), before=anything, check=any_answer, limit=1000)
    await strict.close()
