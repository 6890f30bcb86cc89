"""What happens in the other languages when something is taken down."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.actions import UnpublishPageAction
from wagtail.models import Page

from tests import factories
from tests.going_live import messages_of
from tests.lives import live_in, publisher_of, rows
from tests.scenes import scene
from tests.translating import Newsroom
from translation.lifecycle.hooks import take_down_button

pytestmark = pytest.mark.django_db


@scene
def campaign(site, newsroom: Newsroom):
    page = factories.CampaignPageFactory(parent=site.campaign_index, title="World Day", slug="wdatip")
    newsroom.bring_live(page, "ru", "tg")
    return page


@scene
def quote(newsroom: Newsroom):
    quote = factories.QuoteFactory()
    newsroom.bring_live(quote, "ru", "tg")
    return quote


def unpublish_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:unpublish", args=[page.pk])


def take_down_url(thing) -> str:
    meta = thing._meta
    return reverse("translation_life:take_down", args=[meta.app_label, meta.model_name, thing.pk])


def russian(thing):
    return rows(thing)["ru"]


def test_unpublishing__asks_and_shows_the_other_languages(newsroom, campaign):
    text = newsroom.as_(newsroom.publisher).get(unpublish_url(campaign)).content.decode()

    assert 'name="other_languages" value="all" required checked' in text
    assert "Русский" in text
    assert "World Day [ru]" in text
    assert "allowed" in text


@pytest.mark.parametrize(("answer", "left"), [("all", set()), ("only_this", {"ru", "tg"})])
def test_unpublishing__does_what_was_said(newsroom, campaign, answer, left):
    newsroom.as_(newsroom.publisher).post(unpublish_url(campaign), {"other_languages": answer})

    assert live_in(campaign) == left


@pytest.mark.parametrize("sent", [{}, {"other_languages": "nonsense"}])
def test_unpublishing__without_an_answer_does_nothing(newsroom, campaign, sent):
    response = newsroom.as_(newsroom.publisher).post(unpublish_url(campaign), sent)

    assert "Choose what to do" in messages_of(response)
    assert live_in(campaign) == {"en", "ru", "tg"}


def test_unpublishing__of_what_has_no_other_language_asks_nothing(newsroom, site):
    page = factories.CampaignPageFactory(parent=site.campaign_index)
    client = newsroom.as_(newsroom.publisher)

    assert "other_languages" not in client.get(unpublish_url(page)).content.decode()
    client.post(unpublish_url(page))
    assert live_in(page) == set()


def test_unpublishing_a_translation__leaves_the_others_by_default(newsroom, campaign):
    text = newsroom.as_(newsroom.publisher).get(unpublish_url(russian(campaign))).content.decode()

    assert 'value="only_this" required checked' in text


def test_unpublishing__where_one_language_is_not_theirs_is_refused_whole(site, campaign):
    client = publisher_of(site.home)

    assert (
        "You do not have permission to do this in Русский" in client.get(unpublish_url(campaign)).content.decode()
    )
    response = client.post(unpublish_url(campaign), {"other_languages": "all"})
    assert "Русский" in messages_of(response)
    assert live_in(campaign) == {"en", "ru", "tg"}
    client.post(unpublish_url(campaign), {"other_languages": "only_this"})
    assert live_in(campaign) == {"ru", "tg"}


def test_unpublishing__respects_the_lock_of_a_translation(newsroom, campaign):
    page = russian(campaign)
    page.locked, page.locked_by = True, newsroom.reviewer
    page.save(update_fields=["locked", "locked_by"])

    response = newsroom.as_(newsroom.publisher).post(unpublish_url(campaign), {"other_languages": "all"})

    assert "locked" in messages_of(response)
    assert live_in(campaign) == {"en", "ru", "tg"}


def test_unpublishing__fails_in_one_language_and_so_in_all(newsroom, campaign, monkeypatch):
    def fail(action, *args, **kwargs):
        if action.object.locale.language_code == "tg":
            raise RuntimeError
        return unpublish(action, *args, **kwargs)

    unpublish = UnpublishPageAction.execute
    monkeypatch.setattr(UnpublishPageAction, "execute", fail)
    with pytest.raises(RuntimeError):
        newsroom.as_(newsroom.publisher).post(unpublish_url(campaign), {"other_languages": "all"})

    assert live_in(campaign) == {"en", "ru", "tg"}


def test_unpublishing__with_what_lies_beneath_takes_that_down_too(newsroom, campaign):
    edition = factories.EditionPageFactory(parent=campaign, year=2024)
    newsroom.bring_live(edition, "ru")
    sent = {"other_languages": "all", "include_descendants": "on"}

    newsroom.as_(newsroom.publisher).post(unpublish_url(campaign), sent)

    assert live_in(edition) == set()


def test_review_under_way__goes_on_when_the_page_is_taken_down(newsroom, campaign):
    translation = newsroom.send(factories.CampaignPageFactory(parent=campaign.get_parent()), "ru")[0]
    newsroom.word(translation)
    review = newsroom.submit(translation)

    newsroom.as_(newsroom.publisher).post(
        unpublish_url(translation.source.get_source_instance()), {"other_languages": "all"}
    )

    review.refresh_from_db()
    assert review.status == "waiting"


def test_unpublishing_a_snippet__does_what_was_said(newsroom, quote):
    url = reverse("wagtailsnippets_campaigns_quote:unpublish", args=[quote.pk])
    client = newsroom.as_(newsroom.publisher)

    assert "Русский" in client.get(url).content.decode()
    client.post(url, {"other_languages": "all"})

    assert live_in(quote) == set()


@pytest.mark.parametrize("fixture", ["campaign", "quote"])
def test_taking_down__in_all_languages_is_one_action(newsroom, fixture, request):
    thing = request.getfixturevalue(fixture)
    client = newsroom.as_(newsroom.publisher)

    assert "Русский" in client.get(take_down_url(russian(thing))).content.decode()
    response = client.post(take_down_url(russian(thing)))

    assert response.status_code == 302
    assert live_in(thing) == set()


@pytest.mark.parametrize("fixture", ["campaign", "quote"])
def test_taking_down__is_refused_to_whoever_may_not_publish(newsroom, fixture, request):
    thing = request.getfixturevalue(fixture)

    for user in (newsroom.editor, newsroom.translators["ru"], newsroom.reviewer):
        client = newsroom.as_(user)
        assert client.get(take_down_url(thing)).status_code != 200
        client.post(take_down_url(thing))
    assert live_in(thing) == {"en", "ru", "tg"}


def test_taking_down__of_what_is_no_page_or_piece_of_ours_is_not_found(newsroom, site):
    client = newsroom.as_(newsroom.publisher)

    for label, model in (("auth", "user"), ("wagtailcore", "page"), ("no", "thing")):
        url = reverse("translation_life:take_down", args=[label, model, site.home.pk])
        assert client.get(url).status_code == 404


def test_taking_down__where_one_language_is_not_theirs_is_not_offered(site, campaign):
    client = publisher_of(site.home)

    assert 'class="button serious"' not in client.get(take_down_url(campaign)).content.decode()
    client.post(take_down_url(campaign))
    assert live_in(campaign) == {"en", "ru", "tg"}


def test_taking_down__ends_what_was_scheduled(newsroom, campaign):
    page = russian(campaign)
    page.save_revision(approved_go_live_at=timezone.now() + datetime.timedelta(days=1))

    newsroom.as_(newsroom.publisher).post(take_down_url(campaign))

    assert live_in(campaign) == set()
    assert not page.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_button__stands_on_the_page_the_list_and_the_snippet(newsroom, campaign, quote):
    client = newsroom.as_(newsroom.publisher)
    urls = [
        (reverse("wagtailadmin_pages:edit", args=[campaign.pk]), campaign),
        (reverse("wagtailadmin_explore", args=[campaign.get_parent().pk]), campaign),
        (reverse("wagtailsnippets_campaigns_quote:list"), quote),
        (reverse("wagtailsnippets_campaigns_quote:edit", args=[quote.pk]), quote),
    ]

    for url, thing in urls:
        assert take_down_url(thing) in client.get(url).content.decode(), url


def test_button__costs_no_query_for_each_row(newsroom, quote, django_assert_num_queries):
    list(take_down_button(quote, newsroom.publisher, None))

    with django_assert_num_queries(0):
        for _n in range(3):
            assert list(take_down_button(quote, newsroom.publisher, None))


def test_question__costs_the_same_for_few_and_for_many_pages_beneath(
    newsroom, campaign, django_assert_max_num_queries
):
    client = newsroom.as_(newsroom.publisher)
    with django_assert_max_num_queries(1000) as few:
        client.get(unpublish_url(campaign))
    for year in range(2001, 2006):
        factories.EditionPageFactory(parent=campaign, year=year)
    with django_assert_max_num_queries(len(few) + 5):
        client.get(unpublish_url(campaign))


@pytest.mark.parametrize(
    ("view", "told"),
    [("unpublish", "not even in a fallback language"), ("delete", "see the source in English")],
)
def test_screens__tell_what_readers_of_the_language_meet_afterwards(newsroom, site, view, told):
    quote = factories.QuoteFactory(text="We know now")
    page = factories.SectionPageFactory(parent=site.home, title="Our work", slug="work", introduction="")
    client = newsroom.as_(newsroom.publisher)
    for source, url in ((quote, f"wagtailsnippets_campaigns_quote:{view}"), (page, f"wagtailadmin_pages:{view}")):
        newsroom.bring_live(source, "ru")
        russian = rows(source)["ru"]
        assert told in client.get(reverse(url, args=[russian.pk])).content.decode()
        assert told not in client.get(reverse(url, args=[source.pk])).content.decode()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", view])
    assert told in client.get(f"{bulk}?id={rows(page)['ru'].pk}&next=/admin/").content.decode()
