"""A page's markup for a feed: it stands alone there, without the site's styles and scripts."""

import re
from urllib.parse import urljoin

from bs4 import BeautifulSoup

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
    return _CONTROLS.sub("", text)


def standalone(html: str, base: str) -> str:
    """With whole addresses, and with nothing that a reader's program would run."""
    soup = BeautifulSoup(plain(html), "html.parser")
    for tag in soup.find_all(DROPPED):
        tag.decompose()
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
