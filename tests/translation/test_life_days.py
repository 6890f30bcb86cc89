"""The day on which an original goes live or expires, and its other languages."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from campaigns.models import Quote
from home.models import SectionPage
from tests import factories
from tests.forms import quote_form
from tests.going_live import edit_url as page_edit_url
from tests.going_live import messages_of
from tests.lives import AHEAD, live_in, pass_time, publisher_of, rows
from tests.scenes import scene
from tests.translating import Newsroom, waiting
from translation.models import TogetherChoice

pytestmark = pytest.mark.django_db


@scene
def section(site, newsroom: Newsroom) -> SectionPage:
    page = factories.SectionPageFactory(parent=site.home, title="Our work", slug="our-work")
    newsroom.bring_live(page, "ru", "tg")
    return page


def together_url(thing) -> str:
    return reverse("translation_life:together", args=[thing._meta.app_label, thing._meta.model_name, thing.pk])


def form(page, **days) -> dict[str, Any]:
    values = {
        "title": page.title,
        "slug": page.slug,
        "introduction": page.introduction,
        "lead_image": "",
        "seo_title": "",
        "search_description": "",
        "body": streamfield([]),
        "comments": inline_formset([]),
        "action-publish": "on",
        **{name: timezone.localtime(day).strftime("%Y-%m-%d %H:%M") for name, day in days.items()},
    }
    return nested_form_data(values)


def schedule(thing, **days) -> None:
    for name, day in days.items():
        setattr(thing, name, day)
    thing.save_revision().publish()


def test_publishing_with_a_day__leads_to_the_question_once(newsroom, section):
    client = newsroom.as_(newsroom.publisher)
    day = timezone.now().replace(second=0, microsecond=0) + AHEAD

    response = client.post(page_edit_url(section), form(section, expire_at=day))

    assert response.url == together_url(section)
    text = client.get(response.url).content.decode()
    assert "Our work [ru]" in text
    client.post(response.url, {"other_languages": "all"})
    assert TogetherChoice.objects.get().expires
    again = client.post(page_edit_url(section), form(section, expire_at=day))
    assert again.url != together_url(section)
    other = client.post(page_edit_url(section), form(section, expire_at=day + AHEAD))
    assert other.url == together_url(section)


def test_publishing_without_a_day__asks_nothing(newsroom, section):
    response = newsroom.as_(newsroom.publisher).post(page_edit_url(section), form(section))

    assert response.url != together_url(section)


@pytest.mark.parametrize(("answer", "left"), [("all", set()), ("only_this", {"ru", "tg"})])
def test_expiring__does_what_was_said(newsroom, section, answer, left, monkeypatch):
    schedule(section, expire_at=timezone.now() + AHEAD)
    newsroom.as_(newsroom.publisher).post(together_url(section), {"other_languages": answer})

    pass_time(monkeypatch)

    assert live_in(section) == left
    assert all(row.expired for row in rows(section).values()) is (answer == "all")


def test_expiring__is_whole_or_not_at_all(newsroom, section, monkeypatch):
    schedule(section, expire_at=timezone.now() + AHEAD)
    newsroom.as_(newsroom.publisher).post(together_url(section), {"other_languages": "all"})
    monkeypatch.setattr("translation.lifecycle.schedule.take_offline", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(Exception, match="failed; see the log"):
        pass_time(monkeypatch)

    assert live_in(section) == {"en", "ru", "tg"}


def test_expiring__a_snippet(newsroom, monkeypatch):
    quote = factories.QuoteFactory()
    newsroom.bring_live(quote, "ru")
    schedule(quote, expire_at=timezone.now() + AHEAD)
    newsroom.as_(newsroom.publisher).post(together_url(quote), {"other_languages": "all"})

    pass_time(monkeypatch)

    assert live_in(quote) == set()


def test_snippet__with_a_day_leads_to_the_question(newsroom):
    quote = factories.QuoteFactory()
    newsroom.bring_live(quote, "ru")
    day = timezone.localtime(timezone.now() + AHEAD).strftime("%Y-%m-%d %H:%M")
    url = reverse("wagtailsnippets_campaigns_quote:edit", args=[quote.pk])

    response = newsroom.as_(newsroom.publisher).post(
        url, quote_form(**{"action-publish": "on", "expire_at": day, "text": quote.text})
    )

    assert response.url == together_url(quote)
    assert Quote.objects.get(pk=quote.pk).expire_at


def test_going_live__takes_what_is_approved_along(site, newsroom, monkeypatch):
    page = factories.SectionPageFactory(parent=site.home, title="New", slug="new", live=False)
    russian, tajik = newsroom.send(page, "ru", "tg")
    for translation in (russian, tajik):
        newsroom.word(translation)
        newsroom.submit(translation)
    newsroom.decide(waiting(russian))
    schedule(page, go_live_at=timezone.now() + AHEAD)
    newsroom.as_(newsroom.publisher).post(together_url(page), {"other_languages": "all"})
    assert live_in(page) == set()

    pass_time(monkeypatch)

    assert live_in(page) == {"en", "ru"}


def test_choice__where_one_language_is_not_theirs_is_refused(site, section):
    schedule(section, expire_at=timezone.now() + AHEAD)

    response = publisher_of(site.home).post(together_url(section), {"other_languages": "all"})

    assert "You do not have permission to do this in Русский" in messages_of(response)
    assert not TogetherChoice.objects.exists()


def test_choice__is_refused_to_whoever_may_not_publish(newsroom, section):
    for user in (newsroom.editor, newsroom.translators["ru"], newsroom.reviewer):
        newsroom.as_(user).post(together_url(section), {"other_languages": "all"})

    assert not TogetherChoice.objects.exists()
