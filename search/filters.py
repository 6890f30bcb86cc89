"""Filters above the results. Each option has the number of results that choosing it would leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from campaigns.drawing import words
from campaigns.listing import Filter, public_campaigns, public_topics
from campaigns.models import CampaignPage, Topic
from core.internals.django import capfirst
from core.languages.cldr import numerals
from core.languages.site_languages import Words, active_code
from core.typed import Translatable
from core.visibility import hidden_from
from search.query import Hits


@dataclass(frozen=True)
class Chosen:
    """The campaigns and topics that may be chosen, by slug, and the chosen values: pairs of the name of a filter
    and a value of the facets, empty if nothing is chosen."""

    campaigns: dict[str, CampaignPage]
    topics: dict[str, Topic]
    pairs: tuple[tuple[str, str], ...]


def slugs_chosen(request: HttpRequest) -> Chosen:
    """Return the filters that the GET parameters `kind`, `campaign`, `topic` and `year` choose, and the public
    campaigns and live topics that may be chosen. An unknown value is ignored."""
    parameters, code = request.GET, active_code()
    campaigns = {row.slug: row for row in public_campaigns(code, hidden_from(request)).values()}
    topics = {row.slug: row for row in public_topics(code).values()}
    kind, year = parameters.get("kind", ""), parameters.get("year", "")
    pairs = (
        ("kind", kind if kind in kinds() else ""),
        ("campaign", key_of(campaigns.get(parameters.get("campaign", "")))),
        ("topic", key_of(topics.get(parameters.get("topic", "")))),
        ("year", year if year.isdecimal() and year.isascii() and len(year) == 4 else ""),
    )
    return Chosen(campaigns, topics, pairs)


def key_of(row: Translatable | None) -> str:
    """Return the translation key of a row in hexadecimal, or an empty string for None."""
    return UUID(str(row.translation_key)).hex if row else ""


def kinds() -> dict[str, str]:
    """Return the labels of the kinds of pages by kind, in the active language and the order of the filter."""
    return {
        "story": capfirst(_("stories")),
        "campaign": capfirst(_("campaigns")),
        "edition": capfirst(_("editions")),
        "project": capfirst(_("projects")),
        "resource": capfirst(_("resources")),
        "page": _("Other pages"),
    }


def filters_of(hits: Hits, chosen: Chosen) -> list[Filter]:
    """Return the filters with the counts of their options in the labels, without those that would change nothing
    and without options that would leave no result. What is chosen always stays."""
    values = dict(hits.asking.chosen)
    found = []
    for name, label, options in (
        ("kind", _("Kind"), [(key, key, text) for key, text in kinds().items()]),
        ("campaign", _("Campaign"), rows_of(chosen.campaigns)),
        ("topic", _("Topic"), rows_of(chosen.topics)),
        ("year", _("Year"), years_of(hits)),
    ):
        counts = hits.counts(name)
        offered = [
            (slug, counted(text, counts[key])) for slug, key, text in options if counts[key] or key == values[name]
        ]
        value = next((slug for slug, key, _text in options if key and key == values[name]), "")
        if value or len(offered) > 1 or (offered and sum(counts.values()) < hits.count()):
            found.append(Filter(name, label, offered, value))
    return found


def rows_of(rows: Mapping[str, Translatable]) -> list[tuple[str, str, Words]]:
    """Return (slug, key of the facet, label) of each row; `rows` are by slug."""
    return [(slug, key_of(row), words(row)) for slug, row in rows.items()]


def years_of(hits: Hits) -> list[tuple[str, str, str]]:
    """Return the options of the filter by year, newest first, in the same shape as `rows_of`: the years of the
    hits, and the chosen one."""
    known = set(hits.counts("year")) | {dict(hits.asking.chosen)["year"]} - {""}
    return [(year, year, year) for year in sorted(known, reverse=True)]


def counted(text: str | Words, number: int) -> str | Words:
    """Return the label with the number of results in brackets, in the digits of the label's language."""
    code = text.code if isinstance(text, Words) else active_code()
    label = numerals(f"{text} ({number})", code)
    return Words(code=code, text=label) if isinstance(text, Words) else label


def filters_query(asked: str, filters: list[Filter]) -> str:
    """Return the query string that keeps the search `asked` and the chosen filters, for the links of a pager:
    "q=…&"."""
    pairs = [("q", asked), *((each.name, each.value) for each in filters if each.value)]
    return f"{urlencode(pairs)}&"
