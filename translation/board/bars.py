"""The picture at a glance: a bar a language, cut by state. Its numbers stand beside it in the same table."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from wagtail.models import Locale

from translation.board.readiness import ICONS, Readiness, Ready, counted

HEIGHT = 16
# What is done stands first.
SHOWN = list(reversed(Readiness))


@dataclass(frozen=True)
class Bar:
    locale: Locale
    counts: list[int]
    """In the order of `SHOWN`."""
    total: int
    drawing: SafeString
    launch_url: str = ""


def bars(
    cells: Iterable[Ready], locales: Iterable[Locale], launch_url: Callable[[Locale], str] = lambda locale: ""
) -> list[Bar]:
    by_locale = counted(list(cells))
    found = []
    for locale in locales:
        counts = [by_locale.get(locale.pk, {}).get(status, 0) for status in SHOWN]
        found.append(Bar(locale, counts, sum(counts), draw(locale.get_display_name(), counts), launch_url(locale)))
    return found


def draw(name: str, counts: list[int]) -> SafeString:
    whole = sum(counts) or 1
    starts = [sum(counts[:place]) for place in range(len(counts))]
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
            for status, start, count in zip(SHOWN, starts, counts, strict=True)
            if count
        ),
    )
    said = ", ".join(f"{status.label} {count}" for status, count in zip(SHOWN, counts, strict=True) if count)
    return format_html(
        '<svg class="translation-bar" role="img" aria-label="{}: {}" width="100%" height="{}">{}</svg>',
        name,
        said,
        HEIGHT,
        pieces,
    )


def heads() -> list[dict]:
    return [{"label": capfirst(status.label), "icon": ICONS[status], "status": status.value} for status in SHOWN]
