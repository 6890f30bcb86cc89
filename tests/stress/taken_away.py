"""What is withdrawn, unpublished and launched while the server is killed, each with words of its own."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test import override_settings
from wagtail.models import Page

from campaigns.models import Place, Quote
from core.models import RecordedWork
from core.publishing.gate import confirmed
from tests.factories import CampaignPageFactory, NewsPageFactory, QuoteFactory, UserFactory
from tests.hidden import word_of
from tests.launching import reviewed
from tests.site_tree import make_site
from tests.translating import open_newsroom

STORIES = 2
"""In each launch, beside the campaign."""


@contextmanager
def as_in_tests() -> Iterator[None]:
    """For the client of the tests, which asks no server."""
    tasks = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    with override_settings(ALLOWED_HOSTS=["*"], SECURE_SSL_REDIRECT=False, TASKS=tasks):
        yield


def make(rounds: int) -> list[dict[str, Any]]:
    """Make a subject of each kind for each round, and an administrator “stress”. Return, for each round, by the
    kind what the act needs and the words."""
    site = make_site()
    newsroom = open_newsroom(site)
    UserFactory(username="stress", is_superuser=True)
    numbers = iter(range(1000 * (rounds + 1)))
    made = []
    with as_in_tests(), confirmed():
        for number in range(rounds):
            words = [word_of(next(numbers)) for _word in range(3 + STORIES)]
            story = NewsPageFactory(parent=site.news_index, title=f"Voices {number}", slug=f"voices-{number}")
            quote = QuoteFactory(text=f"I said {words[0]} then.", source=story, locale="en")
            unpublished = NewsPageFactory(parent=site.news_index, title=f"About {words[1]}", slug=words[1])
            campaign = CampaignPageFactory(
                parent=site.campaign_index, title=words[2], slug=words[2], short_name=""
            )
            stories = [
                NewsPageFactory(parent=site.news_index, title=word, slug=word, campaigns=[campaign])
                for word in words[3:]
            ]
            for source in (campaign, *stories):
                reviewed(newsroom, source, "ru")
            key = quote.translation_key
            made.append(
                {
                    "withdraw": {"key": str(key), "page": story.get_url(), "words": words[:1]},
                    "unpublish": {"pk": unpublished.pk, "page": unpublished.get_url(), "words": words[1:2]},
                    "launch": {
                        "pk": campaign.pk,
                        "accept": [str(key) for key in Place.objects.values_list("translation_key", flat=True)],
                        "page": f"/ru/campaigns/{words[2]}/",
                        "words": words[2:],
                    },
                }
            )
    return json.loads(json.dumps(made))


def is_done(kind: str, subject: dict[str, Any]) -> bool:
    """Return whether the transaction of the act was committed."""
    if kind == "withdraw":
        return not Quote.objects.filter(translation_key=subject["key"], consent_withdrawn__isnull=True).exists()
    if kind == "unpublish":
        return not Page.objects.get(pk=subject["pk"]).live
    key = Page.objects.get(pk=subject["pk"]).translation_key
    return Page.objects.filter(translation_key=key, locale__language_code="ru", live=True).exists()


def waiting() -> int:
    return RecordedWork.objects.count()
