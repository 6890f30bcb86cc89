"""Query sets that find stories and material by campaign, period and source story, by translation key.

A tie may point at a row of any language. Date, ties and source of a translated object are those of its source
language: the translations have copies of them that may not be published yet.
"""

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.query import PageQuerySet

from core.typed import Translatable
from core.visibility import originals

Newness = datetime.date | int
"""A day, or a year."""


@dataclass(frozen=True)
class Period:
    """The time from `start` up to, but not including, `end`; open if `end` is None."""

    start: datetime.date
    end: datetime.date | None = None

    def years(self) -> range:
        """Return the years that the period touches, until the next year if it is open."""
        end = self.end or timezone.localdate() + datetime.timedelta(days=366)
        return range(self.start.year, end.year + 1)

    def q(self, field: str) -> Q:
        """Return the condition that the date field named `field` is in the period."""
        condition = Q(**{f"{field}__gte": self.start})
        return condition & Q(**{f"{field}__lt": self.end}) if self.end else condition


class NewestQuerySet(QuerySet[Any]):
    """A query set that can be ordered by newness, which a subclass defines in `newness_of_row`."""

    def newness_of_row(self) -> F | Coalesce:
        """Return the expression of a row's newness: a date, a year or, as here, the primary key."""
        return F("pk")

    def newness(self) -> Subquery:
        """Return the newness of the row in the source language as a subquery, for annotating the rows of any
        language."""
        originals = self.model._base_manager.filter(translation_key=OuterRef("translation_key")).order_by("pk")
        return Subquery(originals.annotate(newness=self.newness_of_row()).values("newness")[:1])


class StoryQuerySet(NewestQuerySet, PageQuerySet):
    """Stories, ordered by their date."""

    def whose_original(self, **condition: Any) -> "StoryQuerySet":
        """Return the stories, in all languages, whose row in the source language meets the condition."""
        return self.filter(translation_key__in=original_keys(self.model, Q(**condition)))

    def tied_to(self, campaign: UUID) -> "StoryQuerySet":
        """Return the stories, in all languages, whose source language is tied to the campaign with this
        translation key."""
        return self.whose_original(campaign_ties__campaign__translation_key=campaign)

    def in_period(self, period: Period | None) -> "StoryQuerySet":
        """Return the stories, in all languages, whose date in the source language is in the period; all stories if
        it is None."""
        return self.filter(translation_key__in=original_keys(self.model, period.q("date"))) if period else self

    def with_original_date(self) -> "StoryQuerySet":
        """Annotate `original_date`: the date of the story in its source language."""
        return self.annotate(original_date=self.newness())

    def newness_of_row(self) -> F:
        return F("date")


class PieceQuerySet(NewestQuerySet):
    """Quotes, takeaways, key figures and commitments. Each belongs to campaigns by its own ties and by those of
    its source story."""

    story_field = "source"
    """The name of the foreign key to the source story."""
    people_field = ""
    """The name of the foreign key to the person who is shown with a row; empty where there is none."""

    def consented(self) -> "PieceQuerySet":
        """Exclude the rows that lack the consent of a person whom they name or quote: here none, as only quotes
        and commitments need it."""
        return self

    def with_keys(self, now: datetime.datetime | None = None) -> "PieceQuerySet":
        """Annotate the translation keys of the source story (`source_key`) and, if the kind has a `people_field`,
        of the person (`speaker_key`). What else is annotated is that of `now`, by default this moment."""
        keys = {"source_key": F(f"{self.story_field}__translation_key")}
        if self.people_field:
            keys["speaker_key"] = F(f"{self.people_field}__translation_key")
        return self.annotate(**keys)

    def of_stories(self, stories: QuerySet[Any]) -> "PieceQuerySet":
        """Return the rows, in all languages, whose source language comes from one of `stories`, in whatever
        language."""
        from_story = Q(**{f"{self.story_field}__translation_key__in": stories.values("translation_key")})
        return self.filter(translation_key__in=original_keys(self.model, from_story))

    def without_hidden_story(self, public_stories: QuerySet[Any]) -> "PieceQuerySet":
        """Exclude the rows whose source story is not among `public_stories`; rows without a source story stay."""
        free = Q(**{f"{self.story_field}__isnull": True})
        shown = Q(**{f"{self.story_field}__translation_key__in": public_stories.values("translation_key")})
        return self.filter(free | shown)

    def belonging_to(
        self, campaign: UUID, stories: QuerySet[Any], period: Period | None = None
    ) -> "PieceQuerySet":
        """Return the rows, in all languages, whose source language is tied to the campaign (a translation key) or
        comes from one of `stories`. With a period, a row that is only tied must belong to it by `own_date_q`."""
        tied = Q(campaign_ties__campaign__translation_key=campaign)
        if period:
            tied &= self.own_date_q(period)
        from_story = Q(**{f"{self.story_field}__translation_key__in": stories.values("translation_key")})
        return self.filter(translation_key__in=original_keys(self.model, tied | from_story))

    def own_date_q(self, period: Period) -> Q:
        """Return the condition that a tied row is dated in the period: here by its source story, so a row without
        one is never in it. Subclasses use the row's own date."""
        return Q(**{f"{self.story_field}__isnull": False}) & period.q(f"{self.story_field}__date")

    def newness_in(self, period: Period) -> tuple[Newness, Newness | None]:
        """Return the newness from which on, and up to but not including which, `own_date_q` is true."""
        return period.start, period.end

    def newness_of_row(self) -> F | Coalesce:
        return F(f"{self.story_field}__date")


class QuoteQuerySet(PieceQuerySet):
    """Quotes, ordered by their own date, else that of the source story."""

    people_field = "speaker"

    def consented(self) -> "QuoteQuerySet":
        """Exclude the rows that lack consent in any language, so that a translation is not shown longer than its
        source. Rows that need no consent stay, unless it was withdrawn."""
        lacking = self.model._base_manager.filter(self.model.consent_missing_q())
        return self.exclude(Exists(lacking.filter(translation_key=OuterRef("translation_key"))))

    def own_date_q(self, period: Period) -> Q:
        return period.q("date") | Q(date__isnull=True) & super().own_date_q(period)

    def newness_of_row(self) -> Coalesce:
        return Coalesce("date", "source__date")


class TakeawayQuerySet(PieceQuerySet):
    """Takeaways, ordered by the date of the source story."""


class FigureQuerySet(PieceQuerySet):
    """Key figures, ordered by their year."""

    story_field = "story"

    def own_date_q(self, period: Period) -> Q:
        """Return the condition that the year of a figure is in the period: from the year of its first day to the
        year before that of its end, but at least the first year."""
        start, end = self.newness_in(period)
        return Q(year__gte=start) & Q(year__lt=end) if end else Q(year__gte=start)

    def newness_in(self, period: Period) -> tuple[int, int | None]:
        start = period.start.year
        return start, max(period.end.year, start + 1) if period.end else None

    def newness_of_row(self) -> F:
        return F("year")


class OrganisationQuerySet(NewestQuerySet):
    """Organisations, ordered by their primary key."""

    def partners_of(self, stories: QuerySet[Any]) -> "OrganisationQuerySet":
        """Return the organisations, in all languages, that are partners of these stories in the source language of
        the stories."""
        originals = original_keys(stories.model, Q(translation_key__in=stories.values("translation_key")), "pk")
        partners = self.model._base_manager.filter(story_ties__page__in=originals).order_by()
        return self.filter(translation_key__in=partners.values("translation_key"))


def original_keys(model: type[Translatable], condition: Q, field: str = "translation_key") -> QuerySet[Any]:
    """Return the values of `field` of the rows that are in the source language of their object, the one created
    first, and meet the condition, as a subquery."""
    return originals(model._base_manager.filter(condition)).order_by().values(field)


def newest_keys(queryset: NewestQuerySet, count: int | None = None) -> QuerySet[Any]:
    """Return the translation keys of the `count` newest objects as a subquery, newest first; all if `count` is
    None. The newness of the source language counts, objects without one come last, and of equal ones the higher
    primary key comes first."""
    keys = queryset.order_by().values("translation_key")
    return (
        originals(queryset.model._base_manager.filter(translation_key__in=keys))
        .annotate(newest=queryset.newness_of_row())
        .order_by(F("newest").desc(nulls_last=True), "-pk")
        .values_list("translation_key", flat=True)[:count]
    )
