"""What is published, imported, sent, exchanged and uploaded while the server is killed, in the demo; and whether
what is kept about content agrees with it afterwards."""

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from typing import Any
from uuid import UUID

import polib
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db.models import Q
from django.test import Client
from wagtail.models import Locale, Page, get_page_models
from wagtail_localize.models import Translation

from campaigns.models import CampaignPage, ImportedStory, NewsIndexPage, NewsPage
from core import work
from core.media import strays
from core.media.storage import stored_names
from core.models import SiteImage
from core.publishing.gate import confirmed
from search import indexer
from search.models import Entry, Showing, Word
from tests.factories import CampaignPageFactory, NewsPageFactory, TakeawayFactory, UserFactory
from tests.hidden import word_of
from tests.stress.taken_away import as_in_tests
from tests.translating import submit_url
from tests.translation.exchanging import po_of
from translation.consistency import troubles
from translation.models import SendJob, SendStatus
from translation.units.segments import segments_of

STORIES = 3
"""In each act that deals with several."""
PARAGRAPHS = 40


def make(rounds: int) -> list[dict[str, Any]]:
    """Make an administrator “stress”, and a subject of each kind for each round. Return what the acts need, for
    each round by kind."""
    user = UserFactory(username="stress", is_superuser=True)
    numbers = iter(range(1_000 * rounds))
    with as_in_tests(), confirmed():
        made = [
            {
                "publish": _to_publish(word_of(next(numbers))),
                "import": {"word": word_of(next(numbers))},
                "send": _to_send(word_of(next(numbers))),
                "exchange": _to_exchange(user, word_of(next(numbers))),
                "upload": {"word": word_of(next(numbers))},
            }
            for _round in range(rounds)
        ]
    return json.loads(json.dumps(made))


def _news() -> NewsIndexPage:
    return NewsIndexPage.objects.get(locale__language_code="en")


def _stories(word: str, **values: object) -> list[NewsPage]:
    body = [("rich_text", "".join(f"<p>The road {word} number {number}.</p>" for number in range(PARAGRAPHS)))]
    return [
        NewsPageFactory(parent=_news(), title=f"About {word} {n}", slug=f"{word}-{n}", body=body, **values)
        for n in range(STORIES)
    ]


def _to_publish(word: str) -> dict[str, Any]:
    """Drafts, one of which has been live."""
    stories = _stories(word)
    for story in stories:
        story.title = f"{story.title} anew"
        story.save_revision()
    for story in stories[1:]:
        story.unpublish()
    return {"word": word, "pks": [story.pk for story in stories]}


def _to_send(word: str) -> dict[str, Any]:
    other = CampaignPage.objects.filter(locale__language_code="en").first()
    assert other is not None
    campaign = CampaignPageFactory(
        parent=other.get_parent().specific,
        title=f"Day of {word}",
        slug=word,
        short_name="",
    )
    _stories(word, campaigns=[campaign])
    TakeawayFactory(statement=f"Keep {word}.", campaigns=[campaign])
    return {"pk": campaign.pk, "locales": [each.pk for each in _locales()]}


def _locales() -> list[Locale]:
    return list(Locale.objects.filter(language_code__in=["ru", "tg"]).order_by("pk"))


def _to_exchange(user: User, word: str) -> dict[str, Any]:
    client = Client()
    client.force_login(user)
    story = _stories(word)[0]
    client.post(submit_url(story), {"locales": [_locales()[0].pk]})
    translation = Translation.objects.get(source__object_id=story.translation_key)

    def translate(entry: polib.POEntry) -> None:
        entry.msgstr = entry.msgstr or f"{entry.msgid} ({word})"

    return {"word": word, "translation": translation.pk, "po": po_of(translation, translate).decode()}


def states(kind: str, subjects: list[dict[str, Any]]) -> list[str]:
    """Return for each “done”, “not begun”, or what else is found."""
    return [_state(kind, subject) for subject in subjects]


def _state(kind: str, subject: dict[str, Any]) -> str:
    found = {
        "publish": _published,
        "import": _imported,
        "send": _sent,
        "exchange": _exchanged,
        "upload": _uploaded,
    }[kind](subject)
    return "done" if all(found) else "not begun" if not any(found) else f"{sum(found)} of {len(found)}"


def _published(subject: dict[str, Any]) -> list[bool]:
    pages = Page.objects.filter(pk__in=subject["pks"])
    return [page.live and page.title.endswith("anew") for page in pages]


def _imported(subject: dict[str, Any]) -> list[bool]:
    word = subject["word"]
    stories = NewsPage.objects.filter(title__contains=word).count()
    entries = ImportedStory.objects.filter(page__in=Page.objects.filter(title__contains=word)).count()
    assert stories == entries <= STORIES, f"{stories} stories, {entries} in the list of imports"
    return [number < stories for number in range(STORIES)]


def _sent(subject: dict[str, Any]) -> list[bool]:
    """Each of the campaign, its stories and its takeaway, into each language."""
    jobs = SendJob.objects.filter(object_key=Page.objects.get(pk=subject["pk"]).translation_key)
    assert jobs.exclude(status=SendStatus.DONE).count() <= 1
    keys = {Page.objects.get(pk=subject["pk"]).translation_key}
    keys |= set(
        NewsPage.objects.filter(campaign_ties__campaign=subject["pk"]).values_list("translation_key", flat=True)
    )
    sent = Translation.objects.filter(source__object_id__in=keys, target_locale__in=subject["locales"]).count()
    expected = len(keys) * len(subject["locales"])
    is_finished = jobs.filter(status=SendStatus.DONE).exists()
    return [number < sent for number in range(expected)] + [is_finished]


def _exchanged(subject: dict[str, Any]) -> list[bool]:
    translation = Translation.objects.get(pk=subject["translation"])
    return [subject["word"] in (segment.text or "") for segment in segments_of(translation)]


def _uploaded(subject: dict[str, Any]) -> list[bool]:
    found = SiteImage.objects.filter(title=subject["word"])
    assert all(default_storage.exists(each.file.name) for each in found)
    return [found.exists()]


def after_the_kill(kind: str, subject: dict[str, Any], everything: bool) -> tuple[str, list[str]]:
    """Return what the kill has left of the act, and what does not agree once the minute job has run; of the index
    what is about the subject, and the rest with `everything`."""
    return _state(kind, subject), disagreements(None if everything else subject)


def disagreements(subject: dict[str, Any] | None = None) -> list[str]:
    """Do what the minute job does, and return what does not agree with the content: what is kept about
    translations, which files are shown, what readers search, work that is left, files that are not there. With a
    subject, of the index what is about it."""
    call_command("publish_scheduled", stderr=StringIO())
    told = StringIO()
    with suppress(CommandError):
        call_command("rebuild_shown_files", "--check", stdout=told)
    found = [line for line in told.getvalue().splitlines() if line.startswith(("missing", "superfluous"))]
    found += [each.text for each in troubles()]
    found += [f"{each.keys} wait: {each.name}" for each in work.waiting()]
    found += [f"not stored: {name}" for name in _named_files() if not default_storage.exists(name)]
    before = dict(_indexed())
    if subject is None:
        call_command("rebuild_search", verbosity=0, readers=True)
    else:
        indexer.update(_keys_of(subject))
    after = dict(_indexed())
    return found + [
        f"index: {key}: {before.get(key)} instead of {after.get(key)}"
        for key in before.keys() | after.keys()
        if before.get(key) != after.get(key)
    ]


def _keys_of(subject: dict[str, Any]) -> set[UUID]:
    about = Q(pk__in=[*subject.get("pks", []), subject.get("pk")])
    if "word" in subject:
        about |= Q(title__contains=subject["word"])
    return set(Page.objects.filter(about).values_list("translation_key", flat=True))


def _named_files() -> set[str]:
    fields = strays.file_fields()
    return {name for model, field in fields for name in model._base_manager.values_list(field, flat=True) if name}


def _indexed() -> Iterator[tuple[object, object]]:
    """Yield each entry of the readers' index and each word that is suggested."""
    shown = defaultdict(set)
    for entry, piece in Showing.objects.values_list("entry", "piece"):
        shown[entry].add(piece)
    about = ("locale", "translation_key", "facets__key", "date", "until", "expires", "text__title", "text__body")
    for entry, *row in Entry.objects.values_list("pk", *about):
        yield entry, (*row, shown[entry])
    for locale, word, pages in Word.objects.values_list("locale", "word", "pages"):
        yield (locale, word), pages


def left_after_a_day() -> list[str]:
    """Return the stored files that nothing names, as the daily job finds them after it has run on the next day."""
    for name in stored_names():
        os.utime(default_storage.path(name), (0, 0))
    call_command("purge_deleted", stdout=StringIO())
    return [*strays.strays(), *(f"gone: {name}" for name in _named_files() if not default_storage.exists(name))]


def of_each_type() -> list[str]:
    """Return the address of a live page of each type in each language."""
    found = []
    for model in get_page_models():
        for locale in Locale.objects.all():
            pages = model._base_manager.filter(live=True, locale=locale, depth__gt=1).order_by("pk")
            found += [page.get_url() for page in pages[:1]]
    return [each for each in found if each]
