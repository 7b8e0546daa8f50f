"""Which hosts have a website here, and what stands on it."""

import mimetypes
from dataclasses import dataclass
from pathlib import Path

from tests.sandbox.companies import Company, generate
from tests.sandbox.companies.pages import website

FOLDER = Path(__file__).parent
HAND_WRITTEN = tuple(sorted(path.name for path in FOLDER.glob("*.example") if path.is_dir()))
HOSTILE = ("hostile.example", "closed.example", "broken-robots.example")
START_LANGUAGES = ("en", "de", "fr")


@dataclass(frozen=True)
class Document:
    """What stands at a path."""

    media_type: str
    body: bytes


class Sites:
    """All websites of one sandbox. The first `companies` generated ones are there from the start: seed 1 in English,
    German and French, then seed 2, and so on."""

    def __init__(self, companies: int = 0) -> None:
        self._registered: dict[str, Company] = {}
        self._documents: dict[str, dict[str, Document]] = {host: read_folder(host) for host in HAND_WRITTEN}
        for number in range(companies):
            seed, language = divmod(number, len(START_LANGUAGES))
            self.register(generate(seed + 1, START_LANGUAGES[language]))

    @property
    def hosts(self) -> list[str]:
        """Every host that is answered: hand-written, hostile, registered."""
        return [*HAND_WRITTEN, *HOSTILE, *self._registered]

    @property
    def companies(self) -> list[Company]:
        """The registered companies, oldest first."""
        return list(self._registered.values())

    def register(self, company: Company) -> None:
        """Put a company's website up; twice is once."""
        self._registered[company.host] = company
        self._documents[company.host] = {
            path: Document(kind, text.encode()) for path, (kind, text) in website(company).items()
        }

    def post(self, host: str, path: str, html: str) -> None:
        """Put one page up on a host that is there already. Raises KeyError for an unknown host."""
        if not self.knows(host):
            raise KeyError(host)
        page = Document("text/html; charset=utf-8", html.encode())
        self._documents.setdefault(host, {})[path.rstrip("/") or "/"] = page

    def knows(self, host: str) -> bool:
        """Whether a host is one of ours."""
        return host in self._documents or host in HOSTILE

    def document(self, host: str, path: str) -> Document | None:
        """What stands at a path of a hand-written or registered site; a slash at the end makes no difference."""
        return self._documents.get(host, {}).get(path.rstrip("/") or "/")


def read_folder(host: str) -> dict[str, Document]:
    """The files of a hand-written site by path; `about.html` stands at /about, `index.html` at /."""
    documents = {}
    for file in sorted((FOLDER / host).iterdir()):
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        path = f"/{file.name}"
        if file.suffix == ".html":
            path = "/" if file.stem == "index" else f"/{file.stem}"
        documents[path] = Document(kind, file.read_bytes())
    return documents
