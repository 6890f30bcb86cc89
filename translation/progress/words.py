"""Words by state, for each language and each person. A summary is of one object in one language, so that a quote
on three pages counts once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from wagtail_localize.models import Translation

from translation.models import Assignment, Summary
from translation.units.summaries import counted, translations_at

LEFT = F("missing_words") + F("needs_review_words") + F("stale_words")


@dataclass(frozen=True)
class Words:
    """The words of objects in one language by state, and how many of the objects have words left. `left` counts
    those of units without a text, with a stale one or an unconfirmed one."""

    left: int = 0
    translated: int = 0
    approved: int = 0
    items: int = 0

    def __add__(self, other: "Words") -> "Words":
        return Words(
            self.left + other.left,
            self.translated + other.translated,
            self.approved + other.approved,
            self.items + other.items,
        )


Person = int | None
"""The primary key of the person an object is assigned to, or None."""
Table = dict[int, dict[Person, Words]]
"""Words by the id of the language, then by person."""


def words_left() -> Table:
    """Return the words of all that was sent for translation and not stopped (two queries; five if summaries are to
    be counted anew, whose units are counted here)."""
    found: dict[int, dict[Person, Words]] = defaultdict(dict)
    for row in _stored(_summaries().exclude(computed_at=None)):
        found[row["locale"]][row["person"]] = Words(row["left"], row["translated"], row["approved"], row["items"])
    outdated = {
        (key, locale): person
        for key, locale, person in _summaries()
        .filter(computed_at=None)
        .values_list("object_key", "locale", "person")
    }
    for place, summary in counted(translations_at(outdated)).items():
        left = summary.words_left
        words = Words(left, summary.translated_words, summary.approved_words, int(left > 0))
        of_locale, person = found[place[1]], outdated[place]
        of_locale[person] = of_locale.get(person, Words()) + words
    return dict(found)


def _summaries() -> QuerySet[Any]:
    """Return the summaries of translations that follow their sources, each with the person it is assigned to."""
    place = {"object_key": OuterRef("object_key"), "locale": OuterRef("locale")}
    followed = Translation.objects.filter(
        source__object_id=OuterRef("object_key"), target_locale=OuterRef("locale"), enabled=True
    )
    person = Assignment.objects.filter(**place, person__is_active=True).values("person")[:1]
    return Summary.objects.filter(Exists(followed)).annotate(person=Subquery(person))


def _stored(summaries: QuerySet[Any]) -> Iterable[dict[str, Any]]:
    return (
        summaries.annotate(all_left=LEFT)
        .order_by()
        .values("locale", "person")
        .annotate(
            left=Sum("all_left"),
            translated=Sum("translated_words"),
            approved=Sum("approved_words"),
            items=Count("pk", filter=Q(all_left__gt=0)),
        )
    )


def totals(table: Table) -> dict[int, Words]:
    """Return the words of each language, by its id."""
    return {locale: sum(of_person.values(), Words()) for locale, of_person in table.items()}


def people_in(table: Table) -> dict[int, User]:
    """Return the people that objects are assigned to, by id (one query)."""
    pks = {person for of_person in table.values() for person in of_person if person}
    return get_user_model().objects.in_bulk(pks)
