"""A page's markup for a feed: it stands alone there, without the site's styles and scripts."""

import re
from urllib.parse import urljoin

from bs4 import BeautifulSoup

from core.languages.bidi import FIRST_ISOLATE, POP_ISOLATE, isolated
from core.languages.site_languages import current_language

# The numbers of a chart stand beside it as a table.
DROPPED = ("script", "style", "svg", "iframe", "form", "object", "embed")
KEPT = frozenset(
    """href src srcset sizes alt width height lang dir hreflang datetime poster controls preload kind srclang label
    type colspan rowspan scope start rel""".split()
)
ADDRESSES = ("href", "src", "poster")
# Of these XML knows nothing, and one of them makes a feed unreadable.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def plain(text: str) -> str:
    """Return a text of the active language for a program that shows it as it is."""
    text = _CONTROLS.sub("", text)
    return isolated(text) if current_language().dir == "rtl" else text


def standalone(html: str, base: str) -> str:
    """With whole addresses, and with nothing that a reader's program would run."""
    soup = BeautifulSoup(_CONTROLS.sub("", html), "html.parser")
    for tag in soup.find_all(DROPPED):
        tag.decompose()
    # Many programs drop this element, as feedparser does.
    for tag in soup.find_all("bdi", dir="ltr"):
        tag.insert(0, FIRST_ISOLATE)
        tag.append(POP_ISOLATE)
        tag.unwrap()
    for tag in soup.find_all(True):
        tag.attrs = {name: value for name, value in tag.attrs.items() if name in KEPT}
        for name in ADDRESSES:
            if name in tag.attrs:
                tag[name] = urljoin(base, tag[name])
                if tag[name].lower().startswith(("javascript:", "data:", "vbscript:")):
                    del tag[name]
        if "srcset" in tag.attrs:
            tag["srcset"] = ", ".join(_whole(candidate, base) for candidate in tag["srcset"].split(", "))
    return re.sub(r"\n\s*\n+", "\n", str(soup)).strip()


def _whole(candidate: str, base: str) -> str:
    address, _space, width = candidate.strip().partition(" ")
    return f"{urljoin(base, address)} {width}".strip()
