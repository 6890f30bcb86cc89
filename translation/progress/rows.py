"""The rows of the report: one for each language, and below it one for each person with work in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.translation import gettext as _
from wagtail.models import Locale

from translation.notices.people import name_of
from translation.progress.origins import Share, shares
from translation.progress.waits import Wait, waits
from translation.progress.words import Words, people_in, totals, words_left

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Row:
    """A line of the report. `person` is empty in the rows of languages, which alone have a `wait`, and numbers in
    `came`, which is by the values of `Share`."""

    locale: Locale
    person: str
    words: Words
    wait: Wait | None = None
    came: Mapping[str, int | str] = field(default_factory=lambda: dict.fromkeys(Share.values, ""))

    @property
    def language(self) -> str:
        return str(self.locale.get_display_name())

    @property
    def published(self) -> int | str:
        return self.wait.count if self.wait else ""

    @property
    def median(self) -> float | str:
        return days(self.wait.median) if self.wait else ""

    @property
    def ninetieth(self) -> float | str:
        return days(self.wait.ninetieth) if self.wait else ""


def days(wait: timedelta) -> float:
    return round(wait / DAY, 1)


def rows_of(locales: Iterable[Locale]) -> list[Row]:
    """Return the rows of these languages (five queries, eight if summaries are to be counted anew)."""
    table, times, came = words_left(), waits(), shares()
    people, sums = people_in(table), totals(table)
    found = []
    for locale in locales:
        if locale.pk not in sums and locale.pk not in times and locale.pk not in came:
            continue
        of_language = came.get(locale.pk, dict.fromkeys(Share.values, 0))
        found.append(Row(locale, "", sums.get(locale.pk, Words()), times.get(locale.pk), of_language))
        of_people = [
            Row(locale, name_of(people[pk]) if pk else _("Nobody"), words)
            for pk, words in table.get(locale.pk, {}).items()
        ]
        found += sorted(
            (row for row in of_people if row.words.left), key=lambda row: (-row.words.left, row.person)
        )
    return found
