"""Atom (RFC 4287) for all news, for a campaign and for a topic. A feed is in one language and holds what became
public in it last: a translation that comes later is an entry of its own, with an id and a date of its own."""

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from campaigns.consents import last_end
from campaigns.feeds.about import EntryImage, categories_of, images_of
from campaigns.feeds.markup import plain
from campaigns.feeds.texts import StoryTexts
from campaigns.models import CampaignPage, NewsIndexPage, NewsPage, Topic
from core.changes import last_change, latest
from core.http.conditional import conditional, stable_id
from core.http.origin import absolute
from core.languages.site_languages import active_code
from core.typed import Translatable
from core.visibility import best_by_key, live_pieces, private_keys, public_pages

ENTRIES = 20
LONG_AGO = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


class FullTextAtom(Atom1Feed):
    def latest_post_date(self) -> datetime.datetime:
        """With what is in it no more; of an empty feed the day of what it is about, or it would change whenever it
        is asked for."""
        return max(self.feed["changed"], *([item["updateddate"] for item in self.items] or [self.feed["since"]]))

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:media": "http://search.yahoo.com/mrss/"}

    def add_item_elements(self, handler, item) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})
        if image := item["image"]:
            # Some programs look for the one, some for the other.
            handler.addQuickElement("link", "", {"rel": "enclosure", "href": image.url, "type": image.type})
            size = {"width": str(image.width), "height": str(image.height)}
            handler.addQuickElement("media:thumbnail", "", {"url": image.url, **size})


@dataclass
class Subject:
    """What a feed is about, for one request."""

    request: HttpRequest
    about: Translatable
    title: str
    link: str
    stories: QuerySet[Any]
    site: str = ""

    @cached_property
    def entries(self) -> list[Translatable]:
        """Return the newest by when they first became public in the language: an old story that is translated
        today is news to its readers, and one that is corrected today is not."""
        found = self.stories.filter(locale__language_code=active_code()).select_related("lead_image", "locale")
        newest = F("first_published_at").desc(nulls_last=True)
        return list(found.order_by(newest, "-pk")[:ENTRIES])

    @cached_property
    def texts(self) -> StoryTexts:
        return StoryTexts(self.request, self.entries)

    @cached_property
    def images(self) -> dict[int, EntryImage]:
        return images_of(self.entries, self.request)

    @cached_property
    def categories(self) -> dict[int, list[str]]:
        return categories_of(self.entries, self.request)


class NewsFeed(Feed):
    feed_type = FullTextAtom

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        changed = datetime.datetime.strptime(response.headers["Last-Modified"], "%a, %d %b %Y %H:%M:%S %Z")
        # Anybody's consent: a feed that looks changed and is not costs a reader less than one that looks the same.
        return conditional(request, response, latest(changed.replace(tzinfo=datetime.UTC), last_end()))

    def get_object(self, request: HttpRequest, **kwargs: Any) -> Subject:
        private = private_keys(request)
        indexes = public_pages(NewsIndexPage.objects.order_by("path"), private)
        index = next(iter(best_by_key(indexes, active_code()).values()), None)
        if index is None:
            raise Http404
        stories = public_pages(NewsPage.objects.order_by(), private)
        subject = self.subject(request, index, stories, **kwargs)
        subject.site = index.get_parent().title
        return subject

    def subject(self, request: HttpRequest, index: Translatable, stories: QuerySet[Any]) -> Subject:
        return Subject(request, index, index.title, index.get_url(request), stories)

    def title(self, subject: Subject) -> str:
        return plain(f"{subject.title} {pgettext('title', '–')} {subject.site}")

    def link(self, subject: Subject) -> str:
        return absolute(subject.request, subject.link)

    def feed_url(self, subject: Subject) -> str:
        return absolute(subject.request, subject.request.path)

    def feed_guid(self, subject: Subject) -> str:
        return stable_id(subject.about.translation_key, active_code(), "feed").urn

    def feed_extra_kwargs(self, subject: Subject) -> dict[str, Any]:
        gone = last_change([subject.about.translation_key], active_code())
        return {"since": subject.about.last_published_at or LONG_AGO, "changed": gone or LONG_AGO}

    def author_name(self, subject: Subject) -> str:
        return plain(subject.site)

    def items(self, subject: Subject) -> list[tuple[Subject, Translatable]]:
        return [(subject, story) for story in subject.entries]

    def item_title(self, item: tuple[Subject, Translatable]) -> str:
        return plain(item[1].title)

    def item_description(self, item: tuple[Subject, Translatable]) -> str:
        return escape(plain(item[1].summary))

    def item_link(self, item: tuple[Subject, Translatable]) -> str:
        subject, story = item
        return absolute(subject.request, story.get_url(subject.request))

    def item_guid(self, item: tuple[Subject, Translatable]) -> str:
        return stable_id(item[1].translation_key, active_code(), "story").urn

    def item_author_name(self, item: tuple[Subject, Translatable]) -> str:
        return plain(item[0].site)

    def item_categories(self, item: tuple[Subject, Translatable]) -> list[str]:
        subject, story = item
        return [plain(name) for name in subject.categories.get(story.pk, [])]

    def item_pubdate(self, item: tuple[Subject, Translatable]) -> datetime.datetime:
        subject, story = item
        return story.first_published_at or subject.texts.updated(story)

    def item_updateddate(self, item: tuple[Subject, Translatable]) -> datetime.datetime:
        subject, story = item
        return subject.texts.updated(story)

    def item_extra_kwargs(self, item: tuple[Subject, Translatable]) -> dict[str, Any]:
        subject, story = item
        return {"content": subject.texts.html(story), "image": subject.images.get(story.pk)}


class CampaignFeed(NewsFeed):
    def subject(self, request: HttpRequest, index: Translatable, stories: QuerySet[Any], slug: str) -> Subject:
        campaigns = public_pages(CampaignPage.objects.filter(slug=slug), private_keys(request))
        campaign = next(iter(best_by_key(campaigns, active_code()).values()), None)
        if campaign is None:
            raise Http404
        own = stories.tied_to(campaign.translation_key)
        return Subject(request, campaign, campaign.title, campaign.get_url(request), own)


class TopicFeed(NewsFeed):
    def subject(self, request: HttpRequest, index: Translatable, stories: QuerySet[Any], slug: str) -> Subject:
        topics = live_pieces(Topic.objects.filter(slug=slug))
        topic = next(iter(best_by_key(topics, active_code()).values()), None)
        if topic is None:
            raise Http404
        own = stories.whose_original(topic_ties__topic__translation_key=topic.translation_key)
        return Subject(request, topic, str(topic), f"{index.get_url(request)}?topic={slug}", own)


@dataclass(frozen=True)
class FeedLink:
    title: str
    url: str


def feed_links(
    campaign: Translatable | None = None, campaign_slug: str = "", topic_slug: str = ""
) -> list[FeedLink]:
    """What a page announces: the news, and the campaign or topic that it is about. No query."""
    links = [FeedLink(_("News"), reverse("news_feed"))]
    if campaign is not None or campaign_slug:
        title = campaign.title if campaign is not None else _("News of this campaign")
        slug = campaign.slug if campaign is not None else campaign_slug
        links.insert(0, FeedLink(title, reverse("campaign_feed", args=[slug])))
    if topic_slug:
        links.insert(0, FeedLink(_("News on this topic"), reverse("topic_feed", args=[topic_slug])))
    return links
