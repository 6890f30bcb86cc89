"""Only what is live, public and consented is ever found: not by its words, nor in suggestions, nor in excerpts."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from campaigns.models import Quote
from core.consent.withdrawals import withdraw
from search.models import Entry, Word
from tests import factories
from tests.search.asking import ask, plain, suggested, titles

SECRET = "Xylophonist"


def story(site, title: str, **kwargs):
    return factories.NewsPageFactory(parent=site.news_index, title=title, **kwargs)


def is_found(client, word: str = SECRET) -> bool:
    found = titles(client, word) or suggested(client, word[:5]) or Word.objects.filter(word=word.lower()).exists()
    return bool(found or ask(client, f"{word[:-1]}z").context["meant"])


def test_draft__is_found_by_nobody(client, site, committed):
    page = story(site, SECRET, live=False)
    committed()
    assert not is_found(client)
    page.save_revision().publish()
    committed()
    assert is_found(client)
    page.refresh_from_db()
    page.unpublish()
    committed()
    assert not is_found(client)


def test_draft_of_a_live_page__is_found_by_nobody(client, site, committed):
    page = story(site, "Lanterns")
    page.title = SECRET
    page.save_revision()
    committed()
    assert not is_found(client)


def test_private_page__is_found_by_nobody_at_once(client, site, committed):
    page = story(site, SECRET)
    committed()
    assert is_found(client)
    restriction = PageViewRestriction.objects.create(
        page=site.news_index, restriction_type=PageViewRestriction.LOGIN
    )
    assert titles(client, SECRET) == []
    assert SECRET not in suggested(client, SECRET[:5])
    committed()
    assert not is_found(client)
    restriction.delete()
    committed()
    assert is_found(client)
    assert page.pk


def test_translation_of_a_private_page__is_found_by_nobody(client, site, committed):
    page = story(site, SECRET)
    factories.NewsPageFactory(parent=site.news_indexes["ru"], title="Тайное", translation_key=page.translation_key)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    committed()
    assert titles(client, "тайное", "ru") == []


def test_deleted_page__is_forgotten_with_its_words(client, site, committed):
    story(site, SECRET)
    committed()
    Page.objects.get(title=SECRET).delete()
    assert not is_found(client)
    assert not Word.objects.filter(word=SECRET.lower()).exists()


def test_page_moved_to_a_private_place__is_found_by_nobody(client, site, committed):
    section = factories.SectionPageFactory(parent=site.home, title="Closed")
    PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    page = factories.ContentPageFactory(parent=factories.SectionPageFactory(parent=site.home), title=SECRET)
    committed()
    assert is_found(client)
    page.move(section, pos="last-child")
    committed()
    assert not is_found(client)


def test_quote__finds_its_story_and_not_when_consent_is_withdrawn(client, site, committed):
    source = story(site, "Lanterns")
    quote = factories.QuoteFactory(text=f"I am a {SECRET}.", source=source, locale="en")
    committed()
    assert titles(client, SECRET) == ["Lanterns"]
    assert SECRET in plain(ask(client, SECRET).context["results"][0].text)
    withdraw(quote, None, "Asked for")
    committed()
    assert not is_found(client)


def test_quote_tied_to_a_campaign__finds_the_campaign(client, site, committed):
    campaign = factories.CampaignPageFactory(parent=site.campaign_index, title="A day")
    other = factories.CampaignPageFactory(parent=site.campaign_index, title="Another day")
    quote = factories.QuoteFactory(text=f"I am a {SECRET}.", campaigns=[campaign], locale="en")
    committed()
    assert titles(client, SECRET) == ["A day"]
    quote.campaign_ties.all().delete()
    quote.campaign_ties.create(campaign=other)
    quote.save()
    committed()
    assert titles(client, SECRET) == ["Another day"]
    quote.delete()
    committed()
    assert not is_found(client)


def test_quote_of_a_draft_story__finds_no_campaign(client, site, committed):
    source = story(site, "Lanterns", live=False)
    campaign = factories.CampaignPageFactory(parent=site.campaign_index, title="A day")
    factories.QuoteFactory(text=f"I am a {SECRET}.", source=source, campaigns=[campaign], locale="en")
    committed()
    assert not is_found(client)
    source.save_revision().publish()
    committed()
    assert sorted(titles(client, SECRET)) == ["A day", "Lanterns"]


def test_takeaway__finds_its_story(client, site, committed):
    source = story(site, "Lanterns")
    takeaway = factories.TakeawayFactory(statement=f"Be a {SECRET}.", source=source, locale="en")
    committed()
    assert titles(client, SECRET) == ["Lanterns"]
    takeaway.unpublish()
    committed()
    assert not is_found(client)


def test_consent_that_ends__hides_the_page_until_it_is_written_anew(client, site, committed):
    source = story(site, "Lanterns")
    today = timezone.localdate()
    factories.QuoteFactory(text=f"I am a {SECRET}.", source=source, locale="en", consent_until=today)
    committed()
    assert titles(client, SECRET) == ["Lanterns"]
    yesterday = today - datetime.timedelta(days=1)
    Quote.objects.update(consent_until=yesterday)
    Entry.objects.filter(until=today).update(until=yesterday)
    assert titles(client, SECRET) == []
    assert SECRET not in suggested(client, "Lan")
    call_command("rebuild_search", due=True, verbosity=0)
    assert titles(client, "Lanterns") == ["Lanterns"]
    assert not is_found(client)


def test_consent_that_ends__brings_the_pages_back_with_what_is_scheduled(client, site, committed):
    campaign = factories.CampaignPageFactory(parent=site.campaign_index, title="A day")
    source = story(site, "Lanterns")
    today = timezone.localdate()
    factories.QuoteFactory(
        text=f"I am a {SECRET}.", source=source, campaigns=[campaign], locale="en", consent_until=today
    )
    committed()
    assert sorted(titles(client, SECRET)) == ["A day", "Lanterns"]
    Quote.objects.update(consent_until=today - datetime.timedelta(days=1))
    Entry.objects.filter(until=today).update(until=today - datetime.timedelta(days=1))
    call_command("publish_scheduled")
    assert (titles(client, "Lanterns"), titles(client, "A day")) == (["Lanterns"], ["A day"])
    assert not is_found(client)


def test_home_that_is_a_draft__lets_nothing_of_its_language_be_found(client, site, committed):
    factories.NewsPageFactory(parent=site.news_indexes["ru"], title=f"Дом {SECRET}")
    committed()
    Page.objects.filter(pk=site.homes["ru"].pk).first().specific.unpublish()
    assert "ru" not in [other.code for other in ask(client, SECRET).context.get("others", [])]


@pytest.mark.parametrize("many", [45])
def test_many_pages__are_hidden_at_once_and_written_by_a_task(client, site, committed, many):
    for n in range(many):
        story(site, f"{SECRET} {n}")
    committed()
    assert ask(client, SECRET).context["pager"].paginator.count == many
    PageViewRestriction.objects.create(page=site.home, restriction_type=PageViewRestriction.LOGIN)
    committed()
    assert Entry.objects.count() == 0
    assert not is_found(client)
