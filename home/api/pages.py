"""API views of campaigns, editions and stories."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import translation
from wagtail.fields import RichTextField

from campaigns.drawing import places_of
from campaigns.editions import editions_of
from campaigns.feeds.markup import standalone
from campaigns.feeds.texts import StoryTexts
from campaigns.models import CampaignPage, EditionPage, NewsPage, Topic
from campaigns.querysets import StoryQuerySet
from campaigns.years import next_observance
from core.internals.rest_framework import django_request
from core.languages.site_languages import LocaleCodes
from core.links import Links
from core.visibility import live_pieces
from home.api.filters import slug_of, year_of
from home.api.records import Records


class Campaigns(Records[CampaignPage]):
    """Campaigns in the order of their translation keys, each with its editions."""

    name, model = "campaigns", CampaignPage

    def ordered_keys(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.order_by("translation_key").values_list("translation_key", flat=True).distinct()

    def prepare(self, found: dict[UUID, CampaignPage]) -> None:
        self.editions = editions_of(found, self.code, django_request(self.request)) if found else {}
        field: RichTextField = CampaignPage._meta.get_field("introduction")
        references = (
            reference for row in found.values() for reference in field.extract_references(row.introduction)
        )
        self.links = Links(references, django_request(self.request))

    def record(self, row: CampaignPage, detail: bool) -> dict[str, Any]:
        names = ("title", "short_name", "slug", "first_observed", "resolution", "resolution_url", "hashtags")
        html = self.links.rich_text(row.introduction)
        return {
            **super().record(row, detail),
            **{name: getattr(row, name) for name in names},
            "html_url": self.html_url(row),
            "observance_day": row.observance_day,
            "observance_month": row.observance_month,
            "next_observance": next_observance(row),
            "introduction": standalone(html, self.html_url(row)),
            "editions": [
                {**self.link(each), "year": each.year, "theme": each.local_theme or each.global_theme}
                for each in self.editions[row.translation_key]
            ],
        }


class Editions(Records[EditionPage]):
    """Editions, newest year first."""

    name, model = "editions", EditionPage
    filters = ("campaign", "year")

    def ordered_keys(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        keys = rows.values_list("translation_key", "year").order_by("-year", "translation_key").distinct()
        return keys.values_list("translation_key", flat=True)

    def by_campaign(self, rows: QuerySet[Any], slug: str) -> QuerySet[Any]:
        paths = CampaignPage.objects.filter(slug=slug_of("campaign", slug)).values_list("path", flat=True)
        found = rows.none()
        for path in paths:
            found = found | rows.filter(path__startswith=path)
        return found

    def by_year(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return rows.filter(year=year_of(value))

    def prepare(self, found: dict[UUID, EditionPage]) -> None:
        parents = [row.path[: -row.steplen] for row in found.values()]
        campaigns = CampaignPage.objects.filter(path__in=parents)
        keys = dict(campaigns.values_list("path", "translation_key"))
        known = self.campaigns_by_key(keys.values()) if keys else {}
        self.campaigns = {path: known.get(key) for path, key in keys.items()}

    def record(self, row: EditionPage, detail: bool) -> dict[str, Any]:
        names = ("title", "year", "global_theme", "local_theme", "starts_on")
        return {
            **super().record(row, detail),
            **{name: getattr(row, name) for name in names},
            "html_url": self.html_url(row),
            "campaign": self.link(self.campaigns.get(row.path[: -row.steplen])),
        }


class News(Records[NewsPage]):
    """Stories, newest first. A record that is requested alone has the text of the story as HTML."""

    name, model = "news", NewsPage
    filters = ("campaign", "topic", "year")

    def public(self) -> QuerySet[Any]:
        return self.stories.with_original_date()

    def by_campaign(self, rows: StoryQuerySet, slug: str) -> StoryQuerySet:
        key = self.campaign_key(slug)
        return rows.tied_to(key) if key else rows.none()

    def by_topic(self, rows: StoryQuerySet, slug: str) -> StoryQuerySet:
        topics = live_pieces(Topic.objects.filter(slug=slug_of("topic", slug))).order_by()
        return rows.whose_original(topic_ties__topic__translation_key__in=topics.values("translation_key"))

    def by_year(self, rows: StoryQuerySet, value: str) -> StoryQuerySet:
        return rows.whose_original(date__year=year_of(value))

    def prepare(self, found: dict[UUID, NewsPage]) -> None:
        self.places = places_of(found.values(), self.code) if found else {}
        self.of_story = self.campaign_ties(found)
        keys = [key for of_one in self.of_story.values() for key in of_one]
        self.campaigns = self.campaigns_by_key(keys) if keys else {}

    def record(self, row: NewsPage, detail: bool) -> dict[str, Any]:
        ties = self.of_story.get(row.translation_key, [])
        places = self.places.get(row.pk, [])
        own = {
            "title": row.title,
            "html_url": self.html_url(row),
            "date": row.original_date,
            "summary": row.summary,
            "places": [{"locale": place.code, "name": place.text} for place in places],
            "campaigns": [self.link(self.campaigns[key]) for key in ties if key in self.campaigns],
        }
        if detail:
            with translation.override(LocaleCodes.code(row.locale_id)):
                own["html"] = StoryTexts(django_request(self.request), [row]).html(row)
        return {**super().record(row, detail), **own}
