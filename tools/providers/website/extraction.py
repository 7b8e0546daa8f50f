"""From a page's bytes to its readable text. Run as a process of its own by `parser.py`, by path and without our
environment: a page that makes the parser hang or swell takes down nothing but this process.

Protocol: one JSON line in ({"url", "type", "charset", "length", "limit"}) and `length` bytes; one JSON line out.
"""

import codecs
import json
import re
import resource
import sys
from typing import Any
from urllib.parse import urldefrag, urljoin

import trafilatura
from lxml import html
from lxml.html import HtmlElement
from trafilatura.settings import DEFAULT_CONFIG

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 600
MAX_LINKS = 500
MAX_SHORT = 2000
THIN = 400
"""Characters below which the extractor has probably taken the page's own words for decoration."""

META_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
WEB_CHARSETS = {"iso-8859-1": "windows-1252", "latin-1": "windows-1252", "latin1": "windows-1252", "us-ascii": "windows-1252", "ascii": "windows-1252", "gb2312": "gb18030", "gbk": "gb18030", "ks_c_5601-1987": "cp949"}  # fmt: skip
"""What browsers read when a page says the name on the left."""
CHARSETS = re.compile(
    r"utf-(8|16)|(windows-?|cp)(125\d|874|932|949|866)|iso8859-\d+|koi8-[rut]|gb18030|big5\w*|euc_\w+|shift_jis\w*|iso2022_\w+|mac-\w+"
)
"""Python's names of what pages are written in; Python has codecs that are no charsets, such as unicode_escape."""
HIDDEN = (
    "//*[@hidden or contains(translate(@style, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ ', 'abcdefghijklmnopqrstuvwxyz'), 'display:none')"
    " or contains(translate(@style, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ ', 'abcdefghijklmnopqrstuvwxyz'), 'visibility:hidden')]"
    "|//script|//style|//template|//noscript|//comment()"
)
NOT_CONTENT = "//nav|//footer|//form|//select|//button|//svg|//iframe"


def extract(body: bytes, *, url: str, media_type: str, charset: str | None, limit: int) -> dict[str, Any]:
    """Title, description, favicon, links and at most `limit` characters of text."""
    text = decode(body, charset)
    if media_type == "text/plain":
        return {"title": None, "description": None, "favicon": None, "text": text[:limit], "links": []}
    tree = html.document_fromstring(text.replace("\x00", ""), parser=html.HTMLParser(huge_tree=False))
    base = urljoin(url, next(iter(tree.xpath("//base/@href")), ""))
    links = find_links(tree, base)
    head = {
        "title": find_title(tree),
        "description": find_description(tree),
        "favicon": find_favicon(tree, base),
    }
    for element in tree.xpath(HIDDEN):
        element.drop_tree()
    return {**head, "text": readable(tree)[:limit], "links": links}


def decode(body: bytes, declared: str | None) -> str:
    """Text by byte order mark, else HTTP header, else the page's own word, else UTF-8; what doesn't fit becomes U+FFFD."""
    for mark, name in BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, errors="replace")
    own = META_CHARSET.search(body[:4096])
    for word in (declared, own[1].decode("ascii") if own else None):
        if word and (known := _web_charset(word)):
            return body.decode(known, errors="replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("windows-1252", errors="replace")


def _web_charset(name: str) -> str | None:
    """The codec for a charset's name; None when it names no charset."""
    lowered = name.strip().lower()
    lowered = WEB_CHARSETS.get(lowered, lowered)
    try:
        known = codecs.lookup(lowered).name
    except (LookupError, ValueError):
        return None
    return known if CHARSETS.match(known) else None


def readable(tree: HtmlElement) -> str:
    """The page's main text; all visible text outside menus when the extractor finds little."""
    main = trafilatura.extract(
        tree, favor_recall=True, include_comments=False, include_tables=True, config=DEFAULT_CONFIG
    )
    for element in tree.xpath(NOT_CONTENT):
        element.drop_tree()
    whole = visible_text(tree)
    if main and (len(main) >= THIN or len(main) * 2 >= len(whole)):
        return str(main)
    return whole


BLOCKS = {"address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"}  # fmt: skip


def visible_text(tree: HtmlElement) -> str:
    """Every word of the body, one block a line."""
    body = tree.find("body")
    pieces: list[str] = []
    for event, element in _walk(body if body is not None else tree):
        if isinstance(element.tag, str) and element.tag in BLOCKS:
            pieces.append("\n")
        if event == "start" and element.text:
            pieces.append(element.text)
        if event == "end" and element.tail:
            pieces.append(element.tail)
    lines = (" ".join(line.split()) for line in _unwrapped(pieces))
    return "\n".join(line for line in lines if line)


def _walk(tree: HtmlElement) -> Any:
    """Start and end of each element, in order."""
    return html.etree.iterwalk(tree, events=("start", "end"))


def _unwrapped(pieces: list[str]) -> list[str]:
    """Lines as blocks make them: line breaks inside a piece of text are spaces."""
    return "".join(piece if piece == "\n" else " ".join(piece.splitlines()) for piece in pieces).split("\n")


def find_title(tree: HtmlElement) -> str | None:
    """What the page calls itself."""
    return _first(
        tree, "//head/title/text()", "//title/text()", "//meta[@property='og:title']/@content", "//h1//text()"
    )


def find_description(tree: HtmlElement) -> str | None:
    """What the page says of itself."""
    lowered = "translate(@name, 'DESCRIPTON', 'descripton')"
    return _first(
        tree, f"//meta[{lowered}='description']/@content", "//meta[@property='og:description']/@content"
    )


def find_favicon(tree: HtmlElement, base: str) -> str | None:
    """The declared icon, else the customary one."""
    lowered = "translate(@rel, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
    for words in ("' icon '", "'apple-touch-icon'"):
        for href in tree.xpath(f"//link[contains(concat(' ', {lowered}, ' '), {words})]/@href"):
            icon = _absolute(base, href)
            if icon:
                return icon
    return _absolute(base, "/favicon.ico")


def find_links(tree: HtmlElement, base: str) -> list[dict[str, str]]:
    """The page's links with their words, each address once."""
    found: dict[str, str] = {}
    for element in tree.iter("a"):
        address = _absolute(base, element.get("href") or "")
        if address and address not in found:
            found[address] = " ".join(element.text_content().split())[:200]
        if len(found) >= MAX_LINKS:
            break
    return [{"url": address, "text": words} for address, words in found.items()]


def _absolute(base: str, href: str) -> str | None:
    """An http(s) address without fragment, or None."""
    try:
        address = urldefrag(urljoin(base, href.strip())).url
    except ValueError:
        return None
    return (
        address
        if href.strip() and address.startswith(("http://", "https://")) and len(address) <= 2000
        else None
    )


def _first(tree: HtmlElement, *paths: str) -> str | None:
    """The first of the paths that leads to text."""
    for path in paths:
        for value in tree.xpath(path):
            words = " ".join(str(value).split())
            if words:
                return words[:MAX_SHORT]
    return None


def answer(line: bytes) -> dict[str, Any]:
    """One request's answer; what the libraries raise on a hostile page becomes its class's name."""
    wanted = json.loads(line)
    body = sys.stdin.buffer.read(wanted["length"])
    try:
        return extract(
            body,
            url=wanted["url"],
            media_type=wanted["type"],
            charset=wanted["charset"],
            limit=wanted["limit"],
        )
    except Exception as error:  # noqa: BLE001 — two foreign parsers on a hostile page; the parent reports it
        return {"error": type(error).__name__}


def main() -> None:
    """Answer requests until the parent closes the pipe."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while line := sys.stdin.buffer.readline():
        sys.stdout.buffer.write(json.dumps(answer(line)).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
