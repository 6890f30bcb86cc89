"""Withdrawn words are looked for in every column of every table: a new store that nobody has registered fails."""

from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Comment, Page, Workflow

from campaigns.models import Quote
from core.consent import withdrawals
from core.consent.withdrawals import forget_withheld, undo
from core.models import QueuedMail, Withdrawal, WithheldContent
from tests import factories
from tests.forms import quote_form, section_form
from tests.scenes import scene
from tests.translating import edit_url, translation_into
from tests.translation.exchanging import po_of, upload
from tests.withdrawing import places_of
from translation.models import DeletedObject, Notice, SegmentComment, SendJob

pytestmark = pytest.mark.django_db

# In no catalogue, demo or code; one for each language, one for an earlier version.
WORD, RUSSIAN, EARLIER = "zarnigorinabrak", "зарнигоринабрак", "qalamtaroshak"
TEXT = f"The man with the {WORD} kept my passport, and “I ran” at night — over the bridge & the river."
KEPT = {"core_withheldcontent.rows", "core_withheldcontent.words"}


@scene
def story(newsroom):
    return factories.NewsPageFactory(
        parent=newsroom.site.news_index,
        campaigns=[factories.CampaignPageFactory(parent=newsroom.site.campaign_index)],
    )


@pytest.fixture
def quote(newsroom, story):
    """Live in English and Russian, having been through the hands of everybody."""
    quote = factories.QuoteFactory(text=f"First I said only: {EARLIER} and nothing else at all.", source=story)
    quote.save_revision().publish()
    quote.text = TEXT
    quote.save_revision().publish()
    [translation] = newsroom.send(quote, "ru")
    newsroom.word(translation, lambda text: f"Мужчина, у которого был {RUSSIAN}, забрал паспорт.")
    newsroom.decide(newsroom.submit(translation), "reject", f"Is {WORD} kept my passport right?")
    SegmentComment.objects.create(
        **_place(translation), text=f"What is “The man with the {WORD} kept my passport”?"
    )
    newsroom.word(translation)
    newsroom.decide(newsroom.submit(translation))
    newsroom.publish(translation)
    connection.run_on_commit.clear()
    call_command("rebuild_search", stdout=StringIO())
    quote.refresh_from_db()
    return quote


@pytest.fixture
def committing(django_capture_on_commit_callbacks):
    """Each test is one transaction: what runs after a commit runs at the end of this block."""

    @contextmanager
    def _committing():
        connection.run_on_commit.clear()
        with django_capture_on_commit_callbacks(execute=True):
            yield

    return _committing


@pytest.fixture
def withdraw(newsroom, committing):
    def _withdraw(quote) -> Withdrawal:
        with committing():
            return withdrawals.withdraw(quote, newsroom.editor, "Asked for by telephone")

    return _withdraw


def _place(translation) -> dict[str, Any]:
    segment = translation.source.stringsegment_set.select_related("string", "context").filter(
        context__path="text"
    )[0]
    return {
        "object_key": translation.source.object_id,
        "locale_id": translation.target_locale_id,
        "path": "text",
        "path_id": segment.context.path_id,
        "string_hash": segment.string.data_hash,
    }


def russian(quote) -> Quote:
    return Quote.objects.get(translation_key=quote.translation_key, locale__language_code="ru")


def test_withdrawal__words_stay_nowhere_but_with_what_can_be_undone(newsroom, quote, withdraw):
    before = places_of(WORD, RUSSIAN, EARLIER)
    assert {
        "campaigns_quote.text", "wagtailcore_revision.content", "wagtail_localize_string.data",
        "wagtail_localize_stringtranslation.data", "translation_unit.approved_text", "search_text.body",
        "wagtail_localize_translationsource.content_json", "wagtailcore_modellogentry.label",
        "translation_segmentcomment.text", "translation_review.wordings", "search_word.word",
    } <= before  # fmt: skip

    record = withdraw(quote)

    assert places_of(WORD, RUSSIAN, EARLIER) == KEPT
    assert record.removed["Versions"] > 1

    Withdrawal.objects.update(withdrawn_at=timezone.now() - timezone.timedelta(days=31))
    assert forget_withheld() == 1
    assert places_of(WORD, RUSSIAN, EARLIER) == set()


def test_withdrawal__reaches_records_of_other_objects(newsroom, quote, story, withdraw):
    page = Page.objects.get(pk=story.pk).specific
    quoted = (
        f"<p>She said: The man with the <b>{WORD}</b> kept my passport, and “I ran” at night "
        "— over the bridge &amp; the river. Then she left.</p>"
    )
    page.body = [("rich_text", quoted)]
    page.save_revision()
    page.body = [("rich_text", "<p>Nothing is quoted any more.</p>")]
    page.save_revision()
    Comment.objects.create(page=page, user=newsroom.editor, contentpath="body", text=f"Is “{TEXT}” hers?")
    Notice.objects.create(
        person=newsroom.editor, kind="assigned", title=TEXT[:79] + "…",
        object_key=story.translation_key, locale_id=story.locale_id,
    )  # fmt: skip
    SendJob.objects.create(title="Campaign", objects_to_send=[], problems=[f"“{TEXT[:60]}…” is locked"])
    DBTaskResult.objects.create(
        args_kwargs={"args": [TEXT], "kwargs": {}}, task_path="x", backend_name="default",
        run_after=timezone.now(), traceback=f"ValueError: {TEXT}", exception_class_path="",
    )  # fmt: skip

    withdraw(quote)

    assert places_of(WORD) == KEPT
    page.refresh_from_db()
    assert any("Then she left" in revision.content["body"] for revision in page.revisions.all())


PREVIEWED = {
    "quote": lambda quote, story: (quote, quote_form(text=TEXT)),
    "page": lambda quote, story: (story, section_form(title="Story", introduction=TEXT)),
    "another quote": lambda quote, story: (
        factories.QuoteFactory(text="Another one."),
        quote_form(role=TEXT[:120]),
    ),
}


@pytest.mark.parametrize("kind", PREVIEWED)
def test_withdrawal__reaches_what_editors_have_previewed(newsroom, quote, story, withdraw, kind):
    if kind == "page":
        story = factories.SectionPageFactory(parent=newsroom.site.home)
    thing, form = PREVIEWED[kind](quote, story)
    if kind == "page":
        url = reverse("wagtailadmin_pages:preview_on_edit", args=[thing.pk])
    else:
        url = reverse(thing.snippet_viewset.get_url_name("preview_on_edit"), args=[thing.pk])
    client = newsroom.as_(newsroom.editor)
    assert client.post(url, form).json()["is_valid"]
    assert "wagtailadmin_formstate.data" in places_of(WORD)

    record = withdraw(quote)

    assert places_of(WORD) == KEPT
    assert record.removed["Previews in editors"] == 1
    assert WORD not in client.get(url).text


def test_withdrawal__reaches_mails_that_wait(quote, withdraw):
    QueuedMail.objects.create(
        recipients="a@example.org", subject=f"About: {TEXT}", content={"body": f"It says {TEXT}"}
    )
    withdraw(quote)
    assert places_of(WORD) == KEPT


def test_withdrawal__leaves_the_text_of_a_page_to_editors_and_names_it(newsroom, quote, story, withdraw):
    page = Page.objects.get(pk=story.pk).specific
    page.body = [("rich_text", f"<p>{TEXT}</p>")]
    page.save_revision()
    url = reverse("consent:withdraw", args=["campaigns", "quote", quote.translation_key])

    shown = newsroom.as_(newsroom.editor).get(url).content.decode()

    assert "The same words also occur in" in shown
    assert edit_url(page) in shown
    withdraw(quote)
    assert "wagtailcore_revision.content" in places_of(WORD)

    page.body = [("rich_text", "<p>It is gone.</p>")]
    page.save_revision()
    WithheldContent.objects.update(searched_at=timezone.now() - timezone.timedelta(days=2))
    forget_withheld()
    assert places_of(WORD) == KEPT


def test_withdrawal__during_a_workflow_ends_it(newsroom, quote, withdraw):
    target = russian(quote)
    target.text = f"Черновик: {RUSSIAN} и ничего больше не было."
    target.save_revision()
    state = Workflow.objects.first().start(target, newsroom.editor)

    withdraw(quote)

    state.refresh_from_db()
    assert state.status == state.STATUS_CANCELLED
    assert places_of(WORD, RUSSIAN) == KEPT


def test_withdrawal__open_editor_of_a_translator_brings_nothing_back(newsroom, quote, withdraw):
    translation = translation_into(quote, "ru")
    old_file = po_of(translation, lambda entry: setattr(entry, "msgstr", f"{RUSSIAN} снова и снова говорил мне"))
    segment = translation.source.stringsegment_set.filter(context__path="text").get()
    url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    withdraw(quote)

    client = newsroom.as_(newsroom.translators["ru"])
    answer = client.put(url, f"value={RUSSIAN}", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 404
    refused = upload(client, old_file, "old.po")
    assert refused.context["form"].errors
    assert places_of(WORD, RUSSIAN) == KEPT


def test_withdrawal__sent_for_translation_again_there_is_nothing_to_translate(newsroom, quote, withdraw):
    withdraw(quote)

    newsroom.send(quote, "tg")

    assert places_of(WORD, RUSSIAN) == KEPT


def test_withdrawal__of_what_lies_in_the_trash_stays_on_restoring(newsroom, quote, committing):
    key = quote.translation_key
    with committing():
        for row in Quote.objects.filter(translation_key=key):
            row.delete()
    url = reverse("consent:withdraw", args=["campaigns", "quote", key])
    client = newsroom.as_(newsroom.publisher)
    assert client.get(url).status_code == 200
    with committing():
        client.post(url, {"reason": "Asked for"})

    assert places_of(WORD, RUSSIAN) <= {"core_withheldcontent.words"}
    deleted = DeletedObject.objects.get(object_key=key, locale__language_code="en")
    client.post(reverse("translation_life:restore", args=[deleted.pk]))

    restored = Quote.objects.get(translation_key=key, locale__language_code="en")
    assert restored.consent_withdrawn
    assert not restored.consent_holds()
    assert places_of(WORD, RUSSIAN) <= {"core_withheldcontent.words"}


def test_undo__shows_again_what_readers_saw_in_all_languages(newsroom, quote, withdraw, committing):
    words = russian(quote).text
    record = withdraw(quote)

    with committing():
        undo(record, newsroom.publisher, "It was another quote")

    quote.refresh_from_db()
    assert (quote.text, russian(quote).text) == (TEXT, words)
    assert quote.get_latest_revision_as_object().text == TEXT
    assert Quote.objects.consented().filter(translation_key=quote.translation_key).count() == 2
    assert "search_text.body" in places_of(WORD)
    assert not KEPT & places_of(WORD)
