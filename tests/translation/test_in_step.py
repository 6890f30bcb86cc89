"""A translation follows its source in more than its strings: order, what was taken out, values; and nothing in it
comes from another state of the source than the one that it says it is of."""

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.rich_text import RichText
from wagtail_localize.models import OverridableSegment

from campaigns.models import CampaignPage
from tests import factories
from tests.forms import section_form
from tests.going_live import messages_of
from tests.launching import is_live, post, reviewed
from tests.lives import delete_url, kept, restore
from tests.scenes import scene
from tests.translating import change_source, edit_url, state_of, waiting
from translation.models import Notice, NoticeKind, Review
from translation.units.segments import target_of
from translation.units.states import Status

pytestmark = pytest.mark.django_db


@scene
def campaign(site) -> CampaignPage:
    return factories.CampaignPageFactory(
        parent=site.campaign_index,
        title="World Day",
        slug="wdatip",
        short_name="WD",
        body=[("rich_text", RichText("<p>First block.</p>")), ("rich_text", RichText("<p>Second block.</p>"))],
    )


@scene
def russian(newsroom, campaign):
    [translation] = newsroom.bring_live(campaign, "ru")
    return translation


@scene
def takeaway(newsroom):
    return factories.TakeawayFactory(statement="Ask.", detail="")


def texts(translation) -> list[str]:
    target: Any = target_of(translation)
    return [str(block.value.source) for block in target.body]


def without_first(page: CampaignPage) -> CampaignPage:
    page = CampaignPage.objects.get(pk=page.pk)
    page.body.pop(0)
    return change_source(page, body=page.body)


def test_change_that_is_undone_after_its_review__brings_the_first_wording_back(newsroom, takeaway):
    [russian] = newsroom.bring_live(takeaway, "ru")
    change_source(takeaway, statement="Ask twice.")
    newsroom.word(russian)
    newsroom.decide(newsroom.submit(russian))
    assert target_of(russian).statement == "Ask twice. [ru]"

    change_source(takeaway, statement="Ask.")

    assert target_of(russian).statement == "Ask. [ru]"
    assert state_of(russian).status == Status.LIVE


def test_change_that_is_undone_during_its_review__never_goes_live(newsroom, takeaway):
    [russian] = newsroom.bring_live(takeaway, "ru")
    change_source(takeaway, statement="Ask twice.")
    newsroom.word(russian)
    review = newsroom.submit(russian)
    change_source(takeaway, statement="Ask.")

    newsroom.decide(review)

    assert target_of(russian).statement == "Ask. [ru]"
    assert state_of(russian).status == Status.LIVE


def test_review_of_another_state_of_the_source__is_not_called_live(newsroom, takeaway):
    [russian] = newsroom.send(takeaway, "ru")
    newsroom.word(russian)
    review = newsroom.submit(russian)
    change_source(takeaway, statement="Ask for a contract.")

    newsroom.decide(review)

    assert state_of(russian).status == Status.STALE


def test_paragraph_that_was_taken_out__goes_from_the_translation_too(newsroom, russian, campaign, client):
    without_first(campaign)

    assert texts(russian) == ["<p>Second block. [ru]</p>"]
    assert state_of(russian).status == Status.LIVE
    assert "First block" not in client.get("/ru/campaigns/wdatip/").content.decode()
    assert Review.objects.get(revision=target_of(russian).live_revision).decided_by is None


def test_other_order__is_taken_over(newsroom, russian, campaign):
    page = CampaignPage.objects.get(pk=campaign.pk)
    page.body.append(page.body.pop(0))
    change_source(page, body=page.body)

    assert texts(russian) == ["<p>Second block. [ru]</p>", "<p>First block. [ru]</p>"]
    assert state_of(russian).status == Status.LIVE


def test_value_that_is_no_string__follows(newsroom, site):
    figure = factories.KeyFigureFactory(year=2020)
    [russian] = newsroom.bring_live(figure, "ru")

    change_source(figure, year=2021)

    assert target_of(russian).year == 2021
    assert state_of(russian).status == Status.LIVE


def test_value__waits_for_the_strings_that_were_changed_with_it(newsroom, site):
    """Else the old figure would stand beside the new year."""
    figure = factories.KeyFigureFactory(label="people came home", year=2020)
    [russian] = newsroom.bring_live(figure, "ru")

    change_source(figure, label="people are at home", year=2021)
    assert (target_of(russian).year, target_of(russian).label) == (2020, "people came home [ru]")
    assert state_of(russian).status == Status.STALE

    newsroom.word(russian)
    newsroom.decide(newsroom.submit(russian))
    assert (target_of(russian).year, target_of(russian).label) == (2021, "people are at home [ru]")
    assert state_of(russian).status == Status.LIVE


def test_launch__publishes_nothing_that_was_taken_out_since_its_review(newsroom, campaign):
    [russian] = reviewed(newsroom, campaign, "ru")
    without_first(campaign)
    assert state_of(russian).status == Status.REVIEWED

    post(newsroom.as_(newsroom.publisher), campaign)

    assert is_live(campaign)
    assert texts(russian) == ["<p>Second block. [ru]</p>"]


def test_locked_translation__is_left_alone_and_can_be_reviewed_again(newsroom, russian, campaign):
    target = target_of(russian)
    type(target).objects.filter(pk=target.pk).update(locked=True, locked_by=newsroom.reviewer)
    without_first(campaign)
    assert state_of(russian).status == Status.STALE
    assert len(texts(russian)) == 2

    type(target).objects.filter(pk=target.pk).update(locked=False, locked_by=None)
    translator = newsroom.as_(newsroom.translators["ru"])
    assert "Submit for review again." in translator.get(edit_url(target)).content.decode()
    newsroom.decide(newsroom.submit(russian))

    assert texts(russian) == ["<p>Second block. [ru]</p>"]
    assert state_of(russian).status == Status.LIVE


def test_address_that_nobody_reviewed__does_not_go_along(newsroom, site):
    page = factories.CampaignPageFactory(
        parent=site.campaign_index, title="Day", resolution="A/RES/68/192", resolution_url="https://example.org/a"
    )
    [russian] = newsroom.bring_live(page, "ru")
    segment = OverridableSegment.objects.get(source=russian.source, context__path="resolution_url")
    url = reverse("wagtail_localize:edit_override", args=[russian.pk, segment.pk])
    newsroom.as_(newsroom.translators["ru"]).put(
        url, "value=https://example.org/ru", content_type="application/x-www-form-urlencoded"
    )

    change_source(page, observance_day=3, observance_month=7)

    assert target_of(russian).resolution_url == "https://example.org/a"
    assert state_of(russian).status == Status.STALE


def test_minor_change__keeps_what_is_live_as_it_is(newsroom, takeaway):
    [russian] = newsroom.bring_live(takeaway, "ru")
    before = target_of(russian).live_revision_id
    change_source(takeaway, statement="Ask!")
    assert state_of(russian).status == Status.STALE
    url = reverse("translation_review:changes", args=[takeaway.translation_key])
    client = newsroom.as_(newsroom.publisher)
    ids = [change.id for change in client.get(url).context["changes"]]

    client.post(url, {"minor": ids})

    assert state_of(russian).status == Status.LIVE
    assert target_of(russian).live_revision_id == before


def test_refusal__lets_go_along_what_was_taken_out_meanwhile(newsroom, russian, campaign):
    change_source(campaign, short_name="WDX")
    newsroom.word(russian)
    newsroom.submit(russian)
    change_source(campaign, short_name="WD")
    without_first(campaign)
    assert len(texts(russian)) == 2

    newsroom.decide(waiting(russian), "reject", "Undone.")

    assert texts(russian) == ["<p>Second block. [ru]</p>"]
    assert state_of(russian).status == Status.LIVE


def test_deleted_and_brought_back__is_reviewed_as_it_was(newsroom, russian, campaign):
    newsroom.as_(newsroom.publisher).post(delete_url(campaign), {"other_languages": "all"})
    restore(newsroom, kept(campaign))

    assert state_of(russian).status == Status.LIVE
    assert state_of(russian).words_left == 0


def add(campaign: CampaignPage) -> None:
    page = CampaignPage.objects.get(pk=campaign.pk)
    page.body.append(("rich_text", RichText("<p>Third block.</p>")))
    change_source(page, body=page.body)


def test_added_paragraph__is_told_to_the_translator(
    newsroom, russian, campaign, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        add(campaign)

    notices = Notice.objects.filter(kind=NoticeKind.SOURCE_CHANGED)
    assert [notice.person for notice in notices] == [newsroom.translators["ru"]]
    assert state_of(russian).status == Status.STALE


def test_paragraph_that_was_taken_out__needs_nobody(
    newsroom, russian, campaign, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        without_first(campaign)

    assert not Notice.objects.filter(kind=NoticeKind.SOURCE_CHANGED).exists()


def test_added_string__is_told_to_the_editor_who_publishes_it(newsroom, site):
    section = factories.SectionPageFactory(parent=site.home, title="Our work", slug="work")
    newsroom.bring_live(section, "ru")
    client = newsroom.as_(newsroom.publisher)
    fields = {"slug": "work", "search_description": "In a few words.", "action-publish": "action-publish"}

    response = client.post(reverse("wagtailadmin_pages:edit", args=[section.pk]), section_form(**fields))

    assert "out of date: Русский" in messages_of(response)
    changes = client.get(reverse("translation_review:changes", args=[section.translation_key])).content.decode()
    assert "<ins>In a few words.</ins>" in changes


@pytest.mark.parametrize(("days", "told"), [(1, False), (10, True)])
def test_added_paragraph__is_told_to_readers_after_a_while(newsroom, russian, campaign, client, days, told):
    add(campaign)
    since = timezone.now() - datetime.timedelta(days=days)
    Review.objects.exclude(outdated_since=None).update(outdated_since=since)

    html = client.get("/ru/campaigns/wdatip/").content.decode()

    assert ('class="sheet updated"' in html) is told
    newsroom.word(russian)
    newsroom.decide(newsroom.submit(russian))
    assert 'class="sheet updated"' not in client.get("/ru/campaigns/wdatip/").content.decode()
