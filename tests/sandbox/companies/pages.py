"""A company's website: four pages from its facts, among the noise that real pages carry.

It tells what a company says in public; belief, channel, limits and goal only the founder knows.
"""

from collections.abc import Sequence
from html import escape

from tests.sandbox.companies.company import Company
from tests.sandbox.companies.vocabulary import table

PATHS = ("/", "/product", "/customers", "/about")
ROBOTS = "User-agent: *\nDisallow: /newsletter\n"
ICON = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="#2a6f97"/></svg>"""
SHELL = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="description" content="{description}">
<meta property="og:title" content="{title}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" type="image/svg+xml" href="/favicon.svg">
<link rel="canonical" href="{address}">
<style>body{{font-family:sans-serif}}.cookie{{position:fixed;bottom:0}}</style>
<script>window.dataLayer=window.dataLayer||[];dataLayer.push({{"event":"view","page":"{path}"}});</script>
</head>
<body>
<div class="cookie" role="dialog">{cookie} <button type="button">OK</button></div>
<header><nav><ul>{nav}</ul></nav></header>
<main>
<h1>{title}</h1>
{main}
</main>
<aside><form action="/newsletter" method="post"><label>{newsletter} <input name="email"></label></form></aside>
<footer><p>© {name}. {footer}</p><ul>{nav}</ul></footer>
</body>
</html>
"""


def pages(company: Company) -> dict[str, str]:
    """The HTML of each page, by path."""
    words, facts = table(company.language)["page"], company.facts
    mains = {
        "/": _paragraphs(facts["pitch"])
        + _section(words["why"], facts["situation"], facts["pain"])
        + _section(words["when"], facts["trigger"])
        + _section(words["who"], facts["company"]),
        "/product": _section(words["what"], f"{facts['productName']}. {facts['pitch']}")
        + _list([customer.outcome for customer in company.customers])
        + _section(words["instead"], facts["alternative"])
        + _section(words["price"], facts["price"]),
        "/customers": "".join(_customer(company, index) for index in range(len(company.customers))),
        "/about": _section(words["story"], facts["moment"]) + _section(words["what"], facts["pitch"]),
    }
    return {path: _page(company, path, title, mains[path]) for path, title in _titles(company).items()}


def website(company: Company) -> dict[str, tuple[str, str]]:
    """All that a company's website answers, by path: media type and text."""
    html = {path: ("text/html; charset=utf-8", text) for path, text in pages(company).items()}
    return html | {
        "/robots.txt": ("text/plain", ROBOTS),
        "/sitemap.xml": ("application/xml", _sitemap(company)),
        "/favicon.svg": ("image/svg+xml", ICON),
        "/favicon.ico": ("image/svg+xml", ICON),
    }


def _sitemap(company: Company) -> str:
    addresses = "".join(f"<url><loc>{company.url.rstrip('/')}{path}</loc></url>" for path in PATHS)
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{addresses}</urlset>'


def _titles(company: Company) -> dict[str, str]:
    words = table(company.language)["page"]["nav"]
    titles = [
        f"{company.name} - {company.facts['industry']}",
        *(f"{word} - {company.name}" for word in words[1:]),
    ]
    return dict(zip(PATHS, titles, strict=True))


def _page(company: Company, path: str, title: str, main: str) -> str:
    words = table(company.language)["page"]
    nav = "".join(
        f'<li><a href="{to}">{escape(word)}</a></li>' for to, word in zip(PATHS, words["nav"], strict=True)
    )
    return SHELL.format(
        language=company.language,
        title=escape(title),
        description=escape(company.facts["pitch"]),
        address=company.url.rstrip("/") + path,
        path=path,
        nav=nav,
        main=main,
        name=escape(company.name),
        cookie=escape(words["cookie"]),
        newsletter=escape(words["newsletter"]),
        footer=escape(words["footer"]),
    )


def _customer(company: Company, index: int) -> str:
    customer = company.customers[index]
    name, person = escape(customer.name), escape(f"{customer.person}, {customer.role}")
    quote = f"<blockquote><p>{escape(customer.quote)}</p><cite>{person}</cite></blockquote>"
    return f"<article><h2>{name}</h2>{_paragraphs(customer.size, customer.problem)}{quote}{_list([customer.outcome])}</article>"


def _section(heading: str, *texts: str) -> str:
    return f"<section><h2>{escape(heading)}</h2>{_paragraphs(*texts)}</section>"


def _paragraphs(*texts: str) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def _list(items: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"
