"""Conversion of a page's HTML for feeds, which are shown without the site's styles and scripts."""

import re
from urllib.parse import urljoin

from bs4 import BeautifulSoup

from core.languages.bidi import FIRST_ISOLATE, POP_ISOLATE, isolated
from core.languages.site_languages import current_language

# Removed with their content. A chart (svg) has its numbers in a table beside it.
DROPPED = ("script", "style", "svg", "iframe", "form", "object", "embed")
KEPT = frozenset(
    """href src srcset sizes alt width height lang dir hreflang datetime poster controls preload kind srclang label
    type colspan rowspan scope start rel""".split()
)
ADDRESSES = ("href", "src", "poster")
# Characters that XML 1.0 allows nowhere, not even as a character reference: a single one makes a feed invalid.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def plain(text: str) -> str:
    """Return a text of the active language as plain text for a feed or calendar: without control characters and,
    in a language written from right to left, with its numbers and Latin text isolated."""
    text = NOT_IN_XML.sub("", text)
    return isolated(text) if current_language().dir == "rtl" else text


def standalone(html: str, base: str) -> str:
    """Return the HTML with absolute URLs (relative to `base`) and without scripts, styles, charts, embedded
    frames, forms and unknown attributes, script addresses and control characters."""
    soup = BeautifulSoup(NOT_IN_XML.sub("", html), "html.parser")
    for tag in soup.find_all(DROPPED):
        tag.decompose()
    # Many feed readers drop this element, as feedparser does; the characters have the same effect.
    for tag in soup.find_all("bdi", dir="ltr"):
        tag.insert(0, FIRST_ISOLATE)
        tag.append(POP_ISOLATE)
        tag.unwrap()
    for tag in soup.find_all(True):
        tag.attrs = {name: value for name, value in tag.attrs.items() if name in KEPT}
        for name in ADDRESSES:
            if name in tag.attrs:
                address = urljoin(base, str(tag[name]))
                tag[name] = address
                if address.lower().startswith(("javascript:", "data:", "vbscript:")):
                    del tag[name]
        if "srcset" in tag.attrs:
            tag["srcset"] = ", ".join(_whole(candidate, base) for candidate in str(tag["srcset"]).split(", "))
    return re.sub(r"\n\s*\n+", "\n", str(soup)).strip()


def _whole(candidate: str, base: str) -> str:
    """Return a candidate of `srcset`, an address with an optional width, with an absolute URL."""
    address, _space, width = candidate.strip().partition(" ")
    return f"{urljoin(base, address)} {width}".strip()
