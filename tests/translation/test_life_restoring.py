"""What was deleted comes back, and is forgotten in time."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import Translation

from campaigns.models import CampaignPage, EditionPage, Quote
from tests import factories
from tests.going_live import messages_of
from tests.lives import delete_url, kept, live_in, memory, publisher_of, restore, rows
from tests.scenes import scene
from tests.translating import Newsroom, change_source, edit_url, translation_into, words_of
from translation.models import DeletedObject

pytestmark = pytest.mark.django_db


@scene
def campaign(site, newsroom: Newsroom):
    page = factories.CampaignPageFactory(parent=site.campaign_index, title="World Day", slug="wdatip")
    newsroom.bring_live(page, "ru")
    return page


@scene
def quote(newsroom: Newsroom, campaign):
    quote = factories.QuoteFactory(campaigns=[campaign])
    newsroom.bring_live(quote, "ru")
    return quote


def test_restoring__brings_back_the_tree_in_its_place(newsroom, campaign, site):
    edition = factories.EditionPageFactory(parent=campaign, year=2024)
    newsroom.bring_live(edition, "ru")
    newsroom.as_(newsroom.publisher).post(delete_url(campaign), {"other_languages": "all"})
    assert not CampaignPage.objects.exists()

    restore(newsroom, kept(campaign))

    back = CampaignPage.objects.get(locale=site.locales["en"])
    assert (back.pk, back.translation_key, back.slug, back.live) == (
        campaign.pk,
        campaign.translation_key,
        "wdatip",
        True,
    )
    assert back.get_parent().pk == site.campaign_index.pk
    assert CampaignPage.objects.filter(live=True).count() == 2
    below = EditionPage.objects.get(translation_key=edition.translation_key, locale=site.locales["ru"])
    assert below.get_parent().specific == rows(campaign)["ru"]
    assert Translation.objects.filter(enabled=True).count() == 2
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize("fixture", ["campaign", "quote"])
def test_restored__goes_the_way_to_the_reader_again_with_its_old_wordings(newsroom, fixture, request):
    thing = request.getfixturevalue(fixture)
    newsroom.as_(newsroom.publisher).post(delete_url(thing), {"other_languages": "all"})

    restore(newsroom, kept(thing))

    translation = translation_into(thing, "ru")
    assert translation.enabled
    assert newsroom.as_(newsroom.translators["ru"]).get(edit_url(rows(thing)["ru"])).status_code == 200
    change_source(type(thing).objects.get(pk=thing.pk))
    title = "title" if fixture == "campaign" else "text"
    assert words_of(translation, getattr(thing, title)) == f"{getattr(thing, title)} [ru]"
    newsroom.decide(newsroom.submit(translation))
    newsroom.publish(translation)
    assert live_in(thing) == {"en", "ru"}


def test_restoring__a_snippet_brings_back_its_ties_and_its_later_draft(newsroom, quote):
    draft = Quote.objects.get(pk=quote.pk)
    draft.role = "teacher"
    draft.save_revision()
    newsroom.as_(newsroom.publisher).post(delete_url(quote), {"other_languages": "all"})

    restore(newsroom, kept(quote))

    back = Quote.objects.get(pk=quote.pk)
    assert back.campaign_ties.count() == 1
    assert (back.role, back.get_latest_revision_as_object().role) == (quote.role, "teacher")
    back.get_latest_revision().publish()
    assert Quote.objects.get(pk=quote.pk).campaign_ties.count() == 1


def test_restoring__one_language_after_the_other_makes_it_follow_again(newsroom, quote):
    newsroom.as_(newsroom.publisher).post(delete_url(quote), {"other_languages": "all"})

    restore(newsroom, kept(quote, "ru"), everything=False)
    assert not translation_into(quote, "ru").enabled
    restore(newsroom, kept(quote), everything=False)

    assert translation_into(quote, "ru").enabled


def test_restoring__leaves_a_translation_visible_that_stayed_live(newsroom, quote):
    newsroom.as_(newsroom.publisher).post(delete_url(quote), {"other_languages": "only_this"})

    restore(newsroom, kept(quote))

    assert live_in(quote) == {"en", "ru"}
    assert translation_into(quote, "ru").enabled


def test_restoring__twice_does_nothing_twice(newsroom, quote):
    newsroom.as_(newsroom.publisher).post(delete_url(quote), {"other_languages": "all"})
    deleted = kept(quote)

    restore(newsroom, deleted)
    response = restore(newsroom, deleted)

    assert "already exists" in messages_of(response)
    assert Quote.objects.count() == 2


def test_restoring__where_the_address_is_taken_is_refused_whole(newsroom, campaign, site):
    newsroom.as_(newsroom.publisher).post(delete_url(campaign), {"other_languages": "all"})
    factories.CampaignPageFactory(parent=site.campaign_indexes["ru"], title="Rival", slug="wdatip")

    response = restore(newsroom, kept(campaign))

    assert "is now used by “Rival”" in messages_of(response)
    assert CampaignPage.objects.count() == 1


def test_restoring__without_its_parent_is_refused(newsroom, campaign, site):
    edition = factories.EditionPageFactory(parent=campaign, year=2024)
    newsroom.as_(newsroom.publisher).post(delete_url(campaign), {"other_languages": "all"})

    response = restore(newsroom, kept(edition), everything=False)

    assert "has been deleted. Restore it first." in messages_of(response)
    assert not EditionPage.objects.exists()


def test_recently_deleted__is_for_publishers(newsroom, quote, campaign):
    newsroom.as_(newsroom.publisher).post(delete_url(quote), {"other_languages": "all"})
    url = reverse("translation_life:deleted")

    assert quote.text[:30] in newsroom.as_(newsroom.publisher).get(url).content.decode()
    for user in (newsroom.editor, newsroom.translators["ru"], newsroom.reviewer):
        client = newsroom.as_(user)
        assert client.get(url).status_code != 200
        client.post(reverse("translation_life:restore", args=[kept(quote).pk]))
    assert not Quote.objects.exists()


def test_recently_deleted__shows_only_the_own_language_and_kinds(newsroom, site, quote, campaign):
    newsroom.as_(newsroom.publisher).post(delete_url(campaign), {"other_languages": "all"})
    newsroom.as_(newsroom.publisher).post(delete_url(quote), {"other_languages": "all"})
    client = publisher_of(site.home)

    text = client.get(reverse("translation_life:deleted")).content.decode()

    assert "World Day" in text
    assert "World Day [ru]" not in text
    assert quote.text[:30] not in text
    for deleted in (kept(campaign, "ru"), kept(quote)):
        assert client.get(reverse("translation_life:restore", args=[deleted.pk])).status_code != 200


def test_recently_deleted__costs_the_same_for_few_and_for_many(newsroom, django_assert_max_num_queries):
    client, url = newsroom.as_(newsroom.publisher), reverse("translation_life:deleted")

    def queries(count: int) -> int:
        for _n in range(count):
            factories.QuoteFactory().delete()
        with django_assert_max_num_queries(200) as captured:
            client.get(url)
        return len(captured)

    queries(1)
    assert queries(1) == queries(10)


def test_purging__forgets_the_old_and_keeps_wordings(newsroom, quote):
    newsroom.as_(newsroom.publisher).post(delete_url(quote), {"other_languages": "all"})
    DeletedObject.objects.filter(locale__language_code="ru").update(
        deleted_at=timezone.now() - datetime.timedelta(days=31)
    )
    before = memory()

    call_command("purge_deleted", verbosity=0)

    assert [row.locale.language_code for row in DeletedObject.objects.all()] == ["en"]
    assert memory() == before


@pytest.mark.parametrize("days", ["6", "0", "-1"])
def test_purging__never_before_seven_days(days):
    with pytest.raises(CommandError):
        call_command("purge_deleted", "--days", days)
