"""Drafts, private pages and withdrawn quotes whose words stand nowhere else, and what was sent into Russian."""

from dataclasses import dataclass, field

from django.db import models
from wagtail.models import Comment, PageViewRestriction

from campaigns.models import NewsPage, Person, Quote
from core.consent.withdrawals import withdraw
from tests import factories
from tests.translating import Newsroom


@dataclass
class Ground:
    newsroom: Newsroom
    secrets: dict[str, str] = field(default_factory=dict)
    """What is not for translators into Russian, by a word that stands nowhere else."""
    things: list[models.Model] = field(default_factory=list)
    sent: NewsPage | None = None
    said: Quote | None = None
    speaker: Person | None = None

    @property
    def client(self):
        return self.newsroom.as_(self.newsroom.translators["ru"])


def fill(made: Ground) -> None:
    site = made.newsroom.site
    campaign = factories.CampaignPageFactory(parent=site.campaign_index, title="The day", slug="day")
    made.newsroom.send(campaign, "ru")
    image = factories.SiteImageFactory(title="Picture Imagozavr of a draft")
    document = factories.DocumentFactory(title="Paper Docuzavr of a draft")
    person = factories.PersonFactory(name="Gulnoz Personzavr", live=False)
    draft = factories.NewsPageFactory(
        parent=site.news_index,
        title="Story Draftzavr",
        slug="unsent",
        live=False,
        lead_image=image,
        campaigns=[campaign],
    )
    Comment.objects.create(
        page=draft, user=made.newsroom.editor, text="Is Commentzavr right?", contentpath="title"
    )
    quote = factories.QuoteFactory(text="I sold Quotezavr", speaker=person, source=draft, live=False)
    private = factories.NewsPageFactory(
        parent=site.news_index, title="Story Privatezavr", slug="private", campaigns=[campaign]
    )
    PageViewRestriction.objects.create(page=private, restriction_type="password", password="xyz")
    withdrawn = factories.QuoteFactory(text="They took Withdrawnzavr", role="camp participant")
    russian = factories.QuoteFactory(
        text="Забрали Отозвазавр", role="участник", locale="ru", translation_key=withdrawn.translation_key
    )
    withdraw(withdrawn, made.newsroom.editor, "They asked for it.")
    for_tajik, below = _pages_with_titles(made)
    made.secrets = {
        "Imagozavr": "an image of a draft",
        "Docuzavr": "a document of nothing public",
        "Personzavr": "a person beside a draft",
        "Draftzavr": "a draft that was not sent",
        "Quotezavr": "a quote of a draft",
        "Privatezavr": "a private page that was not sent",
        "Withdrawnzavr": "a withdrawn quote",
        "Отозвазавр": "a withdrawn quote in the translator's own language",
        "Commentzavr": "a comment on a draft",
        "Tajikzavr": "a draft sent into another language",
        "Renamedzavr": "the new title of a live page, in its draft",
    }
    made.things = [image, document, person, draft, quote, private, withdrawn, russian, for_tajik, campaign]
    made.things.append(below)


def _pages_with_titles(made: Ground) -> tuple[models.Model, models.Model]:
    """Return a draft that was sent into another language, and a live page whose draft has another title."""
    site = made.newsroom.site
    for_tajik = factories.NewsPageFactory(
        parent=site.news_index, title="Story Tajikzavr", slug="for-tajik", live=False
    )
    made.newsroom.send(for_tajik, "tg")
    renamed = factories.SectionPageFactory(parent=site.home, title="Story of a section", slug="renamed")
    below = factories.ContentPageFactory(parent=renamed, title="Story below it", slug="below")
    for page in (renamed, below):
        page.title += " Renamedzavr"
        page.save_revision()
    return for_tajik, below


def send_others(made: Ground) -> None:
    site = made.newsroom.site
    made.speaker = factories.PersonFactory(name="Nigora Sentname", live=False)
    made.sent = factories.NewsPageFactory(parent=site.news_index, title="Story Sentstory", slug="sent", live=False)
    made.said = factories.QuoteFactory(text="We ask Sentquote", speaker=made.speaker, source=made.sent, live=False)
    for thing in (made.speaker, made.said, made.sent):
        made.newsroom.send(thing, "ru")


def thing_with(ground: Ground, word: str) -> models.Model:
    return next(each for each in ground.things if word in str(getattr(each, "title", each)))
