"""What a browser would find in a public page that must not be there."""

import re
from typing import Any

from bs4 import BeautifulSoup

SELF = "http://testserver"


def inline_parts(soup: BeautifulSoup) -> list[str]:
    scripts = [
        str(tag)
        for tag in soup.find_all("script")
        if not tag.get("src") and tag.get("type") != "application/ld+json"
    ]
    styles = [str(tag) for tag in soup.find_all("style")]
    attributes = [
        f"{tag.name} {name}"
        for tag in soup.find_all(True)
        for name in tag.attrs
        if re.match(r"style$|on[a-z]+$", name)
    ]
    return scripts + styles + attributes


def foreign_requests(soup: BeautifulSoup) -> list[str]:
    """What a browser would fetch by itself; a link that a reader may follow is none."""
    fetched: list[Any] = [tag.get("src") or tag.get("data") or tag.get("poster") for tag in soup.find_all(True)]
    fetched += [
        tag["href"] for tag in soup.find_all("link") if tag.get("rel") not in (["canonical"], ["alternate"])
    ]
    fetched += [tag.get("action") for tag in soup.find_all("form")]
    fetched += [
        candidate.split()[0] for tag in soup.find_all(srcset=True) for candidate in str(tag["srcset"]).split(",")
    ]
    return [url for url in fetched if url and re.match(r"[a-z]+:|//", url) and not url.startswith(SELF)]
