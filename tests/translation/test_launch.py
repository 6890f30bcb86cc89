"""A campaign or an edition goes live in a language: all of it, or nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import registry as log_registry

from campaigns.models import CampaignPage
from tests import factories
from tests.going_live import messages_of
from tests.launching import REASON, is_live, post, published, reviewed, spoil, take_offline, url
from tests.scenes import scene
from tests.translating import change_source
from translation.models import Launch, Review, ReviewStatus
from translation.units.segments import target_of

pytestmark = pytest.mark.django_db


@scene
def campaign(site):
    return factories.CampaignPageFactory(
        parent=site.campaign_index, title="World Day", slug="wdatip", short_name=""
    )


@scene
def edition(campaign):
    return factories.EditionPageFactory(parent=campaign, year=2024)


@scene
def quote(campaign):
    return factories.QuoteFactory(text="We know now", campaigns=[campaign], date="2024-08-01")


def test_launch__publishes_the_whole_set(newsroom, campaign, edition, quote, client):
    for source in (campaign, edition, quote):
        reviewed(newsroom, source, "ru")
    Redirect.objects.create(old_path="/ru/campaigns/wdatip", redirect_link="/ru/", automatically_created=True)
    assert not is_live(campaign)

    response = post(newsroom.as_(newsroom.publisher), edition)

    assert not Redirect.objects.exists()
    assert response.url == url(edition)
    assert is_live(campaign)
    assert is_live(edition)
    record = Launch.objects.get()
    assert record.launched_by == newsroom.publisher
    assert [row["kind"] for row in record.published] == ["campaign", "edition"]
    assert record.accepted == []
    assert client.get("/ru/campaigns/wdatip/2024/").status_code == 200


def test_what_is_not_reviewed__stops_the_launch(newsroom, campaign, edition, quote):
    reviewed(newsroom, campaign, "ru")
    reviewed(newsroom, edition, "ru")
    [translation] = newsroom.send(quote, "ru")
    newsroom.word(translation)
    newsroom.submit(translation)
    before = published()

    response = post(newsroom.as_(newsroom.publisher), edition)

    assert "We know now" in messages_of(response)
    assert not is_live(campaign)
    assert not is_live(edition)
    assert not Launch.objects.exists()
    assert published() == before


def test_missing__may_be_accepted_by_name_and_with_a_reason(newsroom, campaign, edition, quote):
    reviewed(newsroom, campaign, "ru")
    reviewed(newsroom, edition, "ru")
    client = newsroom.as_(newsroom.publisher)

    without_reason = post(client, edition, quote)
    assert "Give a reason" in messages_of(without_reason)
    assert not is_live(edition)
    post(client, edition, quote, reason=REASON)

    assert is_live(edition)
    record = Launch.objects.get()
    assert record.reason == REASON
    assert [(row["title"], row["state"]) for row in record.accepted] == [("We know now", "missing")]
    page = client.get(url(edition)).content.decode()
    assert REASON in page


def test_acceptance__of_another_thing_is_none_of_this(newsroom, campaign, edition, quote):
    other = factories.QuoteFactory(text="Something else", campaigns=[campaign], date="2024-08-02")
    reviewed(newsroom, campaign, "ru")
    reviewed(newsroom, edition, "ru")

    response = post(newsroom.as_(newsroom.publisher), edition, other, reason=REASON)

    assert "We know now" in messages_of(response)
    assert not is_live(edition)


def test_page__that_is_not_reviewed_itself_cannot_be_accepted(newsroom, campaign, edition):
    reviewed(newsroom, campaign, "ru")
    newsroom.send(edition, "ru")

    response = post(newsroom.as_(newsroom.publisher), edition, edition, reason=REASON)

    assert "is not reviewed" in messages_of(response)
    assert not is_live(campaign)


def test_edition__does_not_go_live_beneath_a_campaign_that_is_not(newsroom, campaign, edition):
    newsroom.send(campaign, "ru")
    reviewed(newsroom, edition, "ru")

    response = post(newsroom.as_(newsroom.publisher), edition, campaign, reason=REASON)

    assert "is not live" in messages_of(response)
    assert not is_live(edition)


def test_failure__half_way_leaves_nothing(newsroom, campaign, edition):
    """The gate stops the edition, after the campaign went live inside the transaction; what receivers of the
    publication wrote is undone as well."""
    person = factories.PersonFactory(name="Zarina")
    quote = factories.QuoteFactory(
        text="We know now", role="", who_speaks="official", speaker=person, campaigns=[campaign], date="2024-08-01"
    )
    for source in (campaign, quote, person, edition):
        reviewed(newsroom, source, "ru")
    target = target_of(newsroom.send(edition, "ru")[0])
    take_offline(quote)
    spoil(target)
    redirect = Redirect.objects.create(
        old_path="/ru/campaigns/wdatip", redirect_link="/ru/", automatically_created=True
    )
    before = published()

    response = post(newsroom.as_(newsroom.publisher), edition)

    assert "alternative text" in messages_of(response)
    assert str(target) in messages_of(response)
    assert not is_live(campaign)
    assert not is_live(quote)
    assert not is_live(edition)
    assert CampaignPage.objects.get(locale__language_code="ru").first_published_at is None
    assert published() == before
    assert Redirect.objects.filter(pk=redirect.pk).exists()
    assert not Launch.objects.exists()


@pytest.mark.parametrize("group", ["Editor", "Translator ru", "Reviewer"])
def test_launch__without_the_right_is_refused(newsroom, campaign, group):
    reviewed(newsroom, campaign, "ru")
    client = newsroom.as_(factories.UserFactory(groups=[group]))

    seen = client.get(url(campaign))
    answer = client.post(url(campaign), headers={"x-requested-with": "XMLHttpRequest"})

    assert "Launch all" not in seen.content.decode()
    assert answer.status_code == 403
    assert not is_live(campaign)
    assert not Launch.objects.exists()


def test_approval__is_asked_again_at_that_moment(newsroom, campaign, edition):
    reviewed(newsroom, campaign, "ru")
    reviewed(newsroom, edition, "ru")
    client = newsroom.as_(newsroom.publisher)
    assert "Launch all" in client.get(url(edition)).content.decode()

    Review.objects.filter(object_key=edition.translation_key).update(status=ReviewStatus.REFUSED)
    post(client, edition, reason=REASON)

    assert not is_live(campaign)
    assert not is_live(edition)


def test_language__that_is_not_launched_stays_off(newsroom, campaign, edition):
    for source in (campaign, edition):
        reviewed(newsroom, source, "ru", "tg")

    post(newsroom.as_(newsroom.publisher), edition)

    assert is_live(edition)
    assert not is_live(edition, "tg")
    assert not is_live(campaign, "tg")


def test_second_launch__publishes_nothing(newsroom, campaign):
    reviewed(newsroom, campaign, "ru")
    client = newsroom.as_(newsroom.publisher)
    post(client, campaign)
    before = published()

    response = post(client, campaign)

    assert "Nothing was published" in messages_of(response)
    assert published() == before
    assert Launch.objects.count() == 1


def test_stale__page_that_is_live_keeps_its_approved_wording(newsroom, campaign, edition, client):
    newsroom.bring_live(campaign, "ru")
    reviewed(newsroom, edition, "ru")
    change_source(campaign, title="World Day again")

    refused = post(newsroom.as_(newsroom.publisher), edition)
    assert "World Day again" in messages_of(refused)
    post(newsroom.as_(newsroom.publisher), edition, campaign, reason=REASON)

    assert is_live(edition)
    assert "World Day [ru]" in client.get("/ru/campaigns/wdatip/").content.decode()


def test_launch__is_in_the_history_of_the_page(newsroom, campaign, edition, quote):
    reviewed(newsroom, campaign, "ru")
    post(newsroom.as_(newsroom.publisher), campaign, edition, quote, reason=REASON)

    russian = CampaignPage.objects.get(locale__language_code="ru")
    [entry] = log_registry.get_logs_for_instance(russian).filter(action="translation.launch")
    assert entry.user == newsroom.publisher
    assert REASON in str(entry.message)
    assert "We know now" in str(entry.message)


def test_findings__of_the_gate_are_shown_before(newsroom, campaign, edition):
    reviewed(newsroom, campaign, "ru")
    [translation] = reviewed(newsroom, edition, "ru")
    spoil(target_of(translation))

    page = newsroom.as_(newsroom.publisher).get(url(edition)).content.decode()

    assert "has no alternative text" in page
    assert "Launch all" not in page


@pytest.mark.skipif(not connection.features.has_select_for_no_key_update, reason="locks rows on PostgreSQL only")
def test_two_launches__come_one_after_the_other(newsroom, campaign):
    reviewed(newsroom, campaign, "ru")
    client = newsroom.as_(newsroom.publisher)

    with CaptureQueriesContext(connection) as queries:
        post(client, campaign)

    statements = [query["sql"] for query in queries]
    locked = next(place for place, sql in enumerate(statements) if "FOR NO KEY UPDATE" in sql)
    assert "wagtailcore_locale" in statements[locked]
    assert not any(
        sql.startswith(("UPDATE", "INSERT")) for sql in statements[:locked] if "wagtailcore_page" in sql
    )


def test_other_pages__have_no_launch(newsroom, site):
    client = newsroom.as_(newsroom.publisher)

    assert client.get(url(site.home)).status_code == 404
    assert client.post(url(site.home)).status_code == 404
