"""Atom feeds (RFC 4287) of all stories, of a campaign and of a topic.

A feed is in one language and has the stories that became public in this language last. Each translation of a story
is an entry with its own id and date.
"""

import datetime
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from campaigns.feeds.about import EntryImage, categories_of, images_of
from campaigns.feeds.markup import plain
from campaigns.feeds.texts import StoryTexts
from campaigns.listings.reading import last_published
from campaigns.listings.rows import SITE
from campaigns.models import CampaignPage, NewsIndexPage, NewsPage, Topic
from core.http.conditional import changed_at, conditional, latest, stable_id
from core.http.origin import absolute
from core.internals.django import SimplerXMLGenerator
from core.languages.site_languages import LocaleCodes, active_code
from core.stamps import tags
from core.stamps.collecting import collecting
from core.visibility import all_of, best_by_key, hidden_from, private_keys, seen

ENTRIES = 20
LONG_AGO = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


class FullTextAtom(Atom1Feed):
    """An Atom feed whose entries have their full text as HTML, and an image."""

    def latest_post_date(self) -> datetime.datetime:
        """Return when the feed last changed, also by the removal of entries. For an empty feed this is the date of
        its subject, if that is later: Django's default, the current time, would change with every request."""
        return max(self.feed["changed"], *([item["updateddate"] for item in self.items] or [self.feed["since"]]))

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:media": "http://search.yahoo.com/mrss/"}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})
        if image := item["image"]:
            # Some feed readers use the enclosure, others the thumbnail.
            handler.addQuickElement("link", "", {"rel": "enclosure", "href": image.url, "type": image.type})
            size = {"width": str(image.width), "height": str(image.height)}
            handler.addQuickElement("media:thumbnail", "", {"url": image.url, **size})


@dataclass
class Subject:
    """The subject of a feed for one request: all stories (`about` is their list), a campaign or a topic. `scope`
    is that of its list of stories."""

    request: HttpRequest
    about: NewsIndexPage | CampaignPage | Topic
    title: str
    link: str
    scope: UUID
    site: str = ""

    @cached_property
    def entries(self) -> list[NewsPage]:
        """The ENTRIES stories that were first published last in the active language, newest first. An old story
        that is translated today is new to the readers of that language; one that is corrected today is not."""
        return last_published(self.scope, active_code(), hidden_from(self.request), ENTRIES)

    @cached_property
    def texts(self) -> StoryTexts:
        return StoryTexts(self.request, self.entries)

    @cached_property
    def images(self) -> dict[int, EntryImage]:
        return images_of(self.entries, self.request)

    @cached_property
    def categories(self) -> dict[int, list[str]]:
        return categories_of(self.entries, self.request)


Item = tuple[Subject, NewsPage]

if TYPE_CHECKING:
    ItemFeed = Feed[Item, Subject]
else:
    ItemFeed = Feed


class NewsFeed(ItemFeed):
    """The feed of all stories. An item is a pair of the subject and a story."""

    feed_type = FullTextAtom

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with collecting() as collected:
            response = super().__call__(request, *args, **kwargs)
        changed = datetime.datetime.strptime(response.headers["Last-Modified"], "%a, %d %b %Y %H:%M:%S %Z")
        return conditional(
            request, response, latest(changed.replace(tzinfo=datetime.UTC), changed_at(collected.tags))
        )

    def get_object(self, request: HttpRequest, **kwargs: Any) -> Subject:
        indexes = seen(all_of(NewsIndexPage), active_code(), private_keys(request))
        index = next(iter(best_by_key(sorted(indexes, key=attrgetter("path")), active_code()).values()), None)
        if index is None:
            raise Http404
        subject = self.subject(request, index, **kwargs)
        subject.site = index.get_parent().title
        return subject

    def subject(self, request: HttpRequest, index: NewsIndexPage, slug: str = "") -> Subject:
        """Return the subject of the feed, here all stories. `index` is the list of stories, `slug` is that of the
        campaign or topic in subclasses, which raise Http404 if readers see none with it."""
        return Subject(request, index, index.title, index.get_url(request), SITE)

    def title(self, subject: Subject) -> str:
        return plain(f"{subject.title} {pgettext('title', '–')} {subject.site}")

    def link(self, subject: Subject) -> str:
        return absolute(subject.request, subject.link)

    def feed_url(self, subject: Subject) -> str:
        return absolute(subject.request, subject.request.path)

    def feed_guid(self, subject: Subject) -> str:
        return stable_id(subject.about.translation_key, active_code(), "feed").urn

    def feed_extra_kwargs(self, subject: Subject) -> dict[str, Any]:
        changed = changed_at([tags.listed(subject.scope, LocaleCodes.ids().get(active_code()))])
        return {"since": subject.about.last_published_at or LONG_AGO, "changed": changed or LONG_AGO}

    def author_name(self, subject: Subject) -> str:
        return plain(subject.site)

    def items(self, subject: Subject) -> list[Item]:
        return [(subject, story) for story in subject.entries]

    def item_title(self, item: Item) -> str:
        return plain(item[1].title)

    def item_description(self, item: Item) -> str:
        return escape(plain(item[1].summary))

    def item_link(self, item: Item) -> str:
        subject, story = item
        return absolute(subject.request, story.get_url(subject.request))

    def item_guid(self, item: Item) -> str:
        return stable_id(item[1].translation_key, active_code(), "story").urn

    def item_author_name(self, item: Item) -> str:
        return plain(item[0].site)

    def item_categories(self, item: Item) -> list[str]:
        subject, story = item
        return [plain(name) for name in subject.categories.get(story.pk, [])]

    def item_pubdate(self, item: Item) -> datetime.datetime:
        subject, story = item
        return story.first_published_at or subject.texts.updated(story)

    def item_updateddate(self, item: Item) -> datetime.datetime:
        subject, story = item
        return subject.texts.updated(story)

    def item_extra_kwargs(self, item: Item) -> dict[str, Any]:
        subject, story = item
        return {"content": subject.texts.html(story), "image": subject.images.get(story.pk)}


class CampaignFeed(NewsFeed):
    """The feed of the stories tied to a campaign."""

    def subject(self, request: HttpRequest, index: NewsIndexPage, slug: str = "") -> Subject:
        campaigns = seen(CampaignPage.objects.filter(slug=slug), private=private_keys(request))
        campaign = next(iter(best_by_key(campaigns, active_code()).values()), None)
        if campaign is None:
            raise Http404
        return Subject(request, campaign, campaign.title, campaign.get_url(request), campaign.translation_key)


class TopicFeed(NewsFeed):
    """The feed of the stories with a topic."""

    def subject(self, request: HttpRequest, index: NewsIndexPage, slug: str = "") -> Subject:
        topics = seen(Topic.objects.filter(slug=slug))
        topic = next(iter(best_by_key(topics, active_code()).values()), None)
        if topic is None:
            raise Http404
        return Subject(request, topic, str(topic), f"{index.get_url(request)}?topic={slug}", topic.translation_key)


@dataclass(frozen=True)
class FeedLink:
    """A feed as a page announces it."""

    title: str
    url: str


def feed_links(
    campaign: CampaignPage | None = None, campaign_slug: str = "", topic_slug: str = ""
) -> list[FeedLink]:
    """Return the feeds that a page announces: of the topic with the slug `topic_slug`, of the campaign, both only
    if given, and of all stories. The campaign is given by its page or by `campaign_slug`. No query."""
    links = [FeedLink(_("Stories"), reverse("news_feed"))]
    if campaign is not None or campaign_slug:
        title = campaign.title if campaign is not None else _("News of this campaign")
        slug = campaign.slug if campaign is not None else campaign_slug
        links.insert(0, FeedLink(title, reverse("campaign_feed", args=[slug])))
    if topic_slug:
        links.insert(0, FeedLink(_("News on this topic"), reverse("topic_feed", args=[topic_slug])))
    return links
