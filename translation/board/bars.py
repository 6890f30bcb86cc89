"""The bar chart of the board: one bar for each language, divided by state, with the numbers beside it in a
table."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.models import Locale

from core.internals.django import capfirst
from translation.board.readiness import ICONS, Readiness, Ready, counted

HEIGHT = 16
# Finished states come first.
SHOWN = list(reversed(Readiness))


@dataclass(frozen=True)
class Bar:
    """The bar of one language. `counts` are in the order of `heads`, the states that occur in any language."""

    locale: Locale
    heads: list[dict[str, Any]]
    counts: list[int]
    drawing: SafeString
    launch_url: str = ""


def bars(
    cells: Iterable[Ready], locales: Iterable[Locale], launch_url: Callable[[Locale], str] = lambda locale: ""
) -> list[Bar]:
    """Return a bar for each language, with the states that occur in any. `launch_url` returns the URL of the
    launch, or an empty string; without it there are none."""
    by_locale = counted(list(cells))
    occurring = [status for status in SHOWN if any(counts[status] for counts in by_locale.values())]
    heads = [
        {"label": capfirst(status.label), "icon": ICONS[status], "status": status.value} for status in occurring
    ]
    found = []
    for locale in locales:
        counts = {status: by_locale.get(locale.pk, {}).get(status, 0) for status in occurring}
        drawing = draw(locale.get_display_name(), counts)
        found.append(Bar(locale, heads, list(counts.values()), drawing, launch_url(locale)))
    return found


def draw(name: str, counts: Mapping[Any, float], whole: float = 0, said: str = "") -> SafeString:
    """Return a bar as SVG with a text alternative, `said` or by default the counts: a rectangle for each member of
    `TextChoices` in `counts`, by its share of `whole`, by default of all. `name` is that of the language or
    person."""
    whole = whole or sum(counts.values()) or 1
    starts = accumulate(counts.values(), initial=0)
    pieces = format_html_join(
        "",
        '<rect class="translation-bar__{}" x="{}%" y="0" width="{}%" height="{}"><title>{}: {}</title></rect>',
        (
            (
                status.value,
                round(100 * start / whole, 2),
                round(100 * count / whole, 2),
                HEIGHT,
                capfirst(status.label),
                count,
            )
            for (status, count), start in zip(counts.items(), starts, strict=False)
            if count
        ),
    )
    said = said or ", ".join(f"{status.label} {count}" for status, count in counts.items() if count)
    return format_html(
        '<svg class="translation-bar" role="img" aria-label="{}: {}" width="100%" height="{}">{}</svg>',
        name,
        said,
        HEIGHT,
        pieces,
    )
