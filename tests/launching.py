"""What the tests of launches share."""

from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from campaigns.models import EditionPage, Quote
from tests import factories

REASON = "The day is today."


def reviewed(newsroom, source, *codes: str) -> list[Any]:
    """Up to where a publisher is needed."""
    translations = newsroom.send(source, *codes)
    for translation in translations:
        newsroom.word(translation)
        newsroom.decide(newsroom.submit(translation))
    return translations


def url(page: Page, code: str = "ru") -> str:
    return reverse("translation_launch:launch", args=[page.pk, code])


def post(client: Client, page: Page, *accepted, code: str = "ru", reason: str = ""):
    keys = [str(each.translation_key) for each in accepted]
    return client.post(url(page, code), {"accept": keys, "reason": reason})


def published() -> int:
    wanted = ("wagtail.publish", "translation.launch")
    return sum(model.objects.filter(action__in=wanted).count() for model in (PageLogEntry, ModelLogEntry))


def is_live(source, code: str = "ru") -> bool:
    return (
        type(source)
        .objects.filter(translation_key=source.translation_key, locale__language_code=code, live=True)
        .exists()
    )


def take_offline(quote: Quote) -> None:
    """A snippet goes live with its approval."""
    Quote.objects.get(translation_key=quote.translation_key, locale__language_code="ru").unpublish()


def spoil(target: EditionPage) -> None:
    """An image without text stands in what was approved."""
    image = factories.SiteImageFactory(alt_texts={})
    revision = target.get_latest_revision()
    content = {**revision.content}
    content["body"] = f'[{{"type": "image", "value": {{"image": {image.pk}, "caption": ""}}, "id": "a"}}]'
    revision.content = content
    revision.save()
