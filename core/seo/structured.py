"""Structured data of pages (JSON-LD with schema.org's vocabulary). Apps register builders for their pages."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from core.http.origin import absolute

CONTEXT = "https://schema.org"
# Characters that could end the script element, and U+2028 and U+2029, which end lines in scripts but not in JSON.
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


@dataclass(frozen=True)
class Subject:
    """The page to describe. `context` is the context of its template, `publisher` the node of the organisation."""

    page: Page
    context: Mapping[str, Any]
    request: HttpRequest
    url: str
    description: str
    picture: str
    publisher: dict[str, Any]

    def at(self, path: str) -> str:
        """Return the absolute URL of a path on this site."""
        return absolute(self.request, path)


Builder = Callable[[Subject], list[dict[str, Any]]]

_builders: list[Builder] = []


def register(builder: Builder) -> None:
    """Register a function that returns the JSON-LD nodes about a page that it can make; empty for pages of other
    apps."""
    if builder not in _builders:
        _builders.append(builder)


def nodes(subject: Subject) -> list[dict[str, Any]]:
    """Return the JSON-LD nodes of all registered builders about a page."""
    return [node for builder in _builders for node in builder(subject)]


def as_json(found: list[dict[str, Any]]) -> SafeString:
    """Return the nodes as JSON, with the context of schema.org and without empty values, escaped for a script
    element of the type application/ld+json."""
    return in_list([as_text(node) for node in found])


def as_text(node: dict[str, Any]) -> str:
    """Return a node as `as_json` does, for `in_list`."""
    said = {"@context": CONTEXT, **without_gaps(node)}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)


def in_list(texts: Iterable[str]) -> SafeString:
    """Return several results of `as_text` as JSON."""
    return mark_safe(f"[{','.join(texts)}]")


def without_gaps(value: Any) -> Any:
    """Return a JSON value without None, "", [] and {} at any depth."""
    if isinstance(value, dict):
        return {key: kept for key, each in value.items() if (kept := without_gaps(each)) not in (None, "", [], {})}
    if isinstance(value, list):
        return [kept for each in value if (kept := without_gaps(each)) not in (None, "", [], {})]
    return value
