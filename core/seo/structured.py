"""What a page is, said in the words of schema.org. The apps add what they know of their pages; pages know none of
them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from core.http.origin import absolute

CONTEXT = "https://schema.org"
# Whatever a text holds, it ends no script; the two are ends of lines in a script, though not in JSON.
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


@dataclass(frozen=True)
class Subject:
    """A page as it is drawn: `context` is its template's."""

    page: Page
    context: Mapping[str, Any]
    request: HttpRequest
    url: str
    description: str
    picture: str
    publisher: dict[str, Any]

    def at(self, path: str) -> str:
        return absolute(self.request, path)


Builder = Callable[[Subject], list[dict[str, Any]]]

_builders: list[Builder] = []


def register(builder: Builder) -> None:
    if builder not in _builders:
        _builders.append(builder)


def nodes(subject: Subject) -> list[dict[str, Any]]:
    return [node for builder in _builders for node in builder(subject)]


def as_json(found: list[dict[str, Any]]) -> SafeString:
    """For a script element of its own type: data, which no browser runs."""
    said = [{"@context": CONTEXT, **without_gaps(node)} for node in found]
    return mark_safe(json.dumps(said, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES))


def without_gaps(value: object) -> object:
    """What is not known is not said."""
    if isinstance(value, dict):
        return {key: kept for key, each in value.items() if (kept := without_gaps(each)) not in (None, "", [], {})}
    if isinstance(value, list):
        return [kept for each in value if (kept := without_gaps(each)) not in (None, "", [], {})]
    return value
