"""What is sent leaves alone what is there, and what cannot be sent is refused."""

import pytest
from wagtail_localize.models import Translation, TranslationSource

from campaigns.models import NewsPage, Quote, Takeaway
from tests import factories
from tests.scenes import scene
from tests.translating import change_source
from translation.models import SendStatus
from translation.sending.jobs import request_send

pytestmark = pytest.mark.django_db


@scene
def editor(site):
    return factories.UserFactory(groups=["Editor"])


def test_live_translation__is_left_as_it_is(site, editor):
    quote = factories.QuoteFactory(text="Ask first.")
    live = factories.QuoteFactory(text="Сначала спроси.", locale="ru", translation_key=quote.translation_key)

    job = request_send([quote], [site.locales["ru"], site.locales["tg"]], editor, "…")

    job.refresh_from_db()
    live.refresh_from_db()
    assert (live.live, live.text, job.problems) == (True, "Сначала спроси.", [])
    assert not Translation.objects.filter(target_locale=site.locales["ru"]).exists()
    assert Quote.objects.filter(locale=site.locales["tg"]).exists()


def test_stopped_translation__is_not_started_again_by_the_way(site, editor):
    quote = factories.QuoteFactory()
    request_send([quote], [site.locales["ru"]], editor, "…")
    Translation.objects.update(enabled=False)

    job = request_send([quote], [site.locales["ru"]], editor, "…")

    job.refresh_from_db()
    assert "was stopped" in job.problems[0]["reason"]
    assert not Translation.objects.get().enabled


def test_deleted_translation__is_made_again(site, editor):
    quote = factories.QuoteFactory()
    request_send([quote], [site.locales["ru"]], editor, "…")
    Quote.objects.get(locale=site.locales["ru"]).delete()

    request_send([quote], [site.locales["ru"]], editor, "…")

    assert Quote.objects.filter(locale=site.locales["ru"]).exists()
    assert Translation.objects.get().enabled


def test_chained_translation__is_refused_with_a_reason(site, editor):
    """wagtail-localize: en→ru→tg, and then en→tg makes its editor answer 500."""
    story = factories.NewsPageFactory(parent=site.news_index, title="Romit")
    request_send([story], [site.locales["ru"]], editor, "…")
    russian = NewsPage.objects.get(locale=site.locales["ru"])

    job = request_send([russian], [site.locales["tg"]], editor, "…")

    job.refresh_from_db()
    assert job.status == SendStatus.FAILED
    assert "Send its source" in job.problems[-1]["reason"]
    assert not NewsPage.objects.filter(locale=site.locales["tg"]).exists()


def test_source__translated_from_another_language_already_is_refused(site, editor):
    quote = factories.QuoteFactory(text="Ask first.")
    russian = factories.QuoteFactory(text="Спроси.", locale="ru", translation_key=quote.translation_key)
    source, _created = TranslationSource.get_or_create_from_instance(russian)
    Translation.objects.create(source=source, target_locale=site.locales["tg"])

    job = request_send([quote], [site.locales["tg"]], editor, "…")

    job.refresh_from_db()
    assert "is already translated from Русский" in job.problems[0]["reason"]


def test_memory__fills_a_draft_as_it_is_made(newsroom, site):
    """What is approved for the same sentence elsewhere."""
    first = factories.TakeawayFactory(statement="Keep your passport.")
    newsroom.bring_live(first, "ru")
    second = factories.TakeawayFactory(statement="Keep your passport.")

    request_send([second], [site.locales["ru"]], newsroom.editor, "…")

    draft = Takeaway.objects.get(translation_key=second.translation_key, locale=site.locales["ru"])
    assert draft.statement == "Keep your passport. [ru]"


def test_source_change__is_not_lost_by_sending_again(newsroom, site):
    first = factories.TakeawayFactory(statement="Keep your passport.")
    newsroom.bring_live(first, "ru")
    change_source(first, statement="Always keep your passport.")

    request_send([first], [site.locales["ru"]], newsroom.editor, "…")

    live = Takeaway.objects.get(translation_key=first.translation_key, locale=site.locales["ru"])
    assert (live.live, live.statement) == (True, "Keep your passport. [ru]")
