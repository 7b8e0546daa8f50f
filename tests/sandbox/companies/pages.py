"""The website of an invented company, rendered from its facts, with the usual noise around them."""

from html import escape

from tests.sandbox.companies.generator import Company, material

ROBOTS = "User-agent: *\nDisallow: /intern/\n"
ICON = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#2b6"/></svg>'
SECTIONS = {
    "/product": (("problem", "situation"), ("problem", "pain"), ("instead", "alternatives")),
    "/customers": (("who", "company"), ("when", "trigger"), ("said", "evidence")),
    "/prices": (("price", "price"),),
}


def page(company: Company, path: str) -> tuple[bytes, str] | None:
    """Body and content type of a page; None when there is none."""
    if path == "/robots.txt":
        return ROBOTS.encode(), "text/plain; charset=utf-8"
    if path in {"/favicon.ico", "/favicon.svg"}:
        return ICON, "image/svg+xml"
    body = _bodies(company).get(path)
    return (_frame(company, path, body).encode(), "text/html; charset=utf-8") if body else None


def _bodies(company: Company) -> dict[str, str]:
    words = material(company.language)
    facts, headings = company.facts, words["headings"]
    home = (
        f"<h1>{escape(facts['product'])}</h1><p>{escape(facts['company'])}</p><p>{escape(facts['pain'])}</p>"
    )
    home += f"<blockquote>{escape(facts['evidence'])}</blockquote><p>{escape(facts['trigger'])}</p>"
    bodies = {
        "/": home,
        "/about": f"<h1>{escape(company.name)}</h1><p>{escape(facts['product'])}</p><p>{escape(company.city)}</p>",
    }
    for path, sections in SECTIONS.items():
        title = escape(words["pages"][path.strip("/")])
        bodies[path] = f"<h1>{title}</h1>" + "".join(
            f"<h2>{escape(headings[heading])}</h2><p>{escape(facts[fact])}</p>" for heading, fact in sections
        )
    logos = "".join(f"<li>{escape(customer['company'])}</li>" for customer in company.customers)
    bodies["/customers"] += f"<ul>{logos}</ul>"
    return bodies


def _frame(company: Company, path: str, body: str) -> str:
    words = material(company.language)["pages"]
    links = "".join(
        f'<li><a href="{target}">{escape(words[key])}</a></li>'
        for target, key in (
            ("/", "home"),
            ("/product", "product"),
            ("/customers", "customers"),
            ("/prices", "prices"),
            ("/about", "about"),
        )
    )
    title = escape(company.name if path == "/" else f"{words.get(path.strip('/'), '')} - {company.name}")
    return f"""<!doctype html>
<html lang="{company.language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="description" content="{escape(company.facts["product"], quote=True)}">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<script>window.dataLayer = window.dataLayer || []; function track() {{ dataLayer.push(arguments); }}</script>
<style>nav li {{ display: inline; }}</style>
</head>
<body>
<div class="cookie-banner">{escape(words["cookies"])}</div>
<header><nav><ul>{links}</ul></nav></header>
<main>{body}</main>
<footer><p>{escape(words["newsletter"])}</p><p><a href="/jobs">{escape(words["jobs"])}</a> ·
<a href="/imprint">{escape(words["imprint"])}</a> · © {escape(company.name)}, {escape(company.city)}</p></footer>
</body>
</html>
"""
