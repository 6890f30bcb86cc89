"""What belongs where, by translation key. A tie may be made in any language; of a thing that is translated
its original decides (date, ties, source), since translations carry copies that wait for their next
publication."""

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from wagtail.query import PageQuerySet

from core.typed import Translatable
from core.visibility import originals


@dataclass(frozen=True)
class Period:
    """From the start of an edition up to the start of the next, which is not part of it."""

    start: datetime.date
    end: datetime.date | None = None

    def q(self, field: str) -> Q:
        condition = Q(**{f"{field}__gte": self.start})
        return condition & Q(**{f"{field}__lt": self.end}) if self.end else condition


class NewestQuerySet(QuerySet[Any]):
    """`newness_of_row` is what its rows are ordered by; of all languages the original's counts."""

    def newness_of_row(self) -> F | Coalesce:
        return F("pk")

    def newness(self) -> Subquery:
        originals = self.model._base_manager.filter(translation_key=OuterRef("translation_key")).order_by("pk")
        return Subquery(originals.annotate(newness=self.newness_of_row()).values("newness")[:1])


class StoryQuerySet(NewestQuerySet, PageQuerySet):
    def whose_original(self, **condition) -> "StoryQuerySet":
        return self.filter(translation_key__in=original_keys(self.model, Q(**condition)))

    def tied_to(self, campaign: UUID) -> "StoryQuerySet":
        return self.whose_original(campaign_ties__campaign__translation_key=campaign)

    def in_period(self, period: Period | None) -> "StoryQuerySet":
        return self.filter(translation_key__in=original_keys(self.model, period.q("date"))) if period else self

    def with_original_date(self) -> "StoryQuerySet":
        return self.annotate(original_date=self.newness())

    def newness_of_row(self) -> F:
        return F("date")


class PieceQuerySet(NewestQuerySet):
    """Quotes, takeaways and key figures: each is tied to campaigns itself and through its source story.
    `story_field` names the way to that story."""

    story_field = "source"
    people_field = ""
    """The field that names the person who is shown with it, if there is one."""

    def consented(self) -> "PieceQuerySet":
        """Return it without what lacks the consent of whom it names or quotes."""
        return self

    def with_keys(self) -> "PieceQuerySet":
        """Annotate the translation keys of the source story (`source_key`) and of the person (`speaker_key`)."""
        keys = {"source_key": F(f"{self.story_field}__translation_key")}
        if self.people_field:
            keys["speaker_key"] = F(f"{self.people_field}__translation_key")
        return self.annotate(**keys)

    def of_stories(self, stories: QuerySet[Any]) -> "PieceQuerySet":
        """`stories` may be any query of stories; any language of them counts."""
        from_story = Q(**{f"{self.story_field}__translation_key__in": stories.values("translation_key")})
        return self.filter(translation_key__in=original_keys(self.model, from_story))

    def without_hidden_story(self, public_stories: QuerySet[Any]) -> "PieceQuerySet":
        """What comes from a story that is a draft, embargoed or private waits for it."""
        free = Q(**{f"{self.story_field}__isnull": True})
        shown = Q(**{f"{self.story_field}__translation_key__in": public_stories.values("translation_key")})
        return self.filter(free | shown)

    def belonging_to(
        self, campaign: UUID, stories: QuerySet[Any], period: Period | None = None
    ) -> "PieceQuerySet":
        """Tied to the campaign, or from one of `stories`. With a period a piece that is only tied counts
        when its own date falls into it."""
        tied = Q(campaign_ties__campaign__translation_key=campaign)
        if period:
            tied &= self.own_date_q(period)
        from_story = Q(**{f"{self.story_field}__translation_key__in": stories.values("translation_key")})
        return self.filter(translation_key__in=original_keys(self.model, tied | from_story))

    def own_date_q(self, period: Period) -> Q:
        return Q(**{f"{self.story_field}__isnull": False}) & period.q(f"{self.story_field}__date")

    def newness_of_row(self) -> F | Coalesce:
        return F(f"{self.story_field}__date")


class QuoteQuerySet(PieceQuerySet):
    people_field = "speaker"

    def consented(self) -> "QuoteQuerySet":
        """Without what lacks consent in any language: a copy must not outlive its original's consent."""
        lacking = self.model._base_manager.filter(self.model.consent_missing_q()).values("translation_key")
        return self.exclude(translation_key__in=lacking)

    def own_date_q(self, period: Period) -> Q:
        return period.q("date") | Q(date__isnull=True) & super().own_date_q(period)

    def newness_of_row(self) -> Coalesce:
        return Coalesce("date", "source__date")


class TakeawayQuerySet(PieceQuerySet):
    pass


class FigureQuerySet(PieceQuerySet):
    story_field = "story"

    def own_date_q(self, period: Period) -> Q:
        years = Q(year__gte=period.start.year)
        return years & Q(year__lt=max(period.end.year, period.start.year + 1)) if period.end else years

    def newness_of_row(self) -> F:
        return F("year")


class OrganisationQuerySet(NewestQuerySet):
    def partners_of(self, stories: QuerySet[Any]) -> "OrganisationQuerySet":
        originals = original_keys(stories.model, Q(translation_key__in=stories.values("translation_key")), "pk")
        partners = self.model._base_manager.filter(story_ties__page__in=originals).order_by()
        return self.filter(translation_key__in=partners.values("translation_key"))


def original_keys(model: type[Translatable], condition: Q, field: str = "translation_key") -> QuerySet[Any]:
    """Of the things whose original meets the condition."""
    return originals(model._base_manager.filter(condition)).order_by().values(field)


def newest_keys(queryset: QuerySet[Any], count: int | None = None) -> QuerySet[Any]:
    """The `count` newest translation keys, as a subquery; of equals the one made last comes first."""
    keys = queryset.order_by().values("translation_key")
    return (
        originals(queryset.model._base_manager.filter(translation_key__in=keys))
        .annotate(newest=queryset.newness_of_row())
        .order_by(F("newest").desc(nulls_last=True), "-pk")
        .values_list("translation_key", flat=True)[:count]
    )
