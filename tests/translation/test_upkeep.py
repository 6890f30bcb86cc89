import datetime

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail_localize.models import StringTranslation

from campaigns.models import CampaignPage
from core import work
from tests import factories
from tests.forms import section_form
from tests.scenes import scene
from tests.translating import change_source, edit_url, state_of, words_of
from translation.models import Review, Unit
from translation.units.segments import target_of
from translation.units.states import Status

pytestmark = pytest.mark.django_db


@scene
def campaign(site) -> CampaignPage:
    return factories.CampaignPageFactory(
        parent=site.campaign_index, title="World Day", slug="wdatip", short_name="WD"
    )


@scene
def russian(newsroom, campaign):
    [translation] = newsroom.bring_live(campaign, "ru")
    return translation


def check(**options) -> None:
    call_command("check_translations", **options)


def test_what_fits__is_left_alone(russian, campaign, capsys):
    change_source(campaign, title="Another day")

    check()

    assert "No inconsistencies." in capsys.readouterr().out


def test_lost_wording__is_found_and_restored(russian):
    StringTranslation.objects.filter(translation_of__data="World Day").delete()

    with pytest.raises(CommandError, match="Inconsistencies: 1"):
        check()
    check(fix=True)

    assert words_of(russian, "World Day") == "World Day [ru]"
    check()


def test_live_text__that_is_not_the_approved_one_is_put_right(russian):
    target = target_of(russian)
    type(target).objects.filter(pk=target.pk).update(short_name="Changed behind our back")

    with pytest.raises(CommandError):
        check()
    check(fix=True)

    assert target_of(russian).short_name == "WD [ru]"


def test_source__that_fell_behind_is_brought_up_to_date(russian, campaign):
    CampaignPage.objects.filter(pk=campaign.pk).update(title="Behind our back")

    check(fix=True)

    assert words_of(russian, "Behind our back") == "World Day [ru]"
    assert Unit.objects.stale().get().was_approved


def test_mark_without_its_string__goes(russian, campaign, site):
    mark = Unit.objects.create(
        object_key=campaign.translation_key,
        locale=site.locales["ru"],
        path="title",
        path_id=campaign.translation_key,
        string_hash=campaign.translation_key,
        old_source="a",
        old_text="b",
        stale_since=timezone.now(),
    )

    check(fix=True)

    assert not Unit.objects.filter(pk=mark.pk).exists()


def test_never_approved__is_named_for_a_person(russian, campaign):
    Review.objects.all().delete()

    with pytest.raises(CommandError, match="by hand: 1"):
        check(fix=True)


@pytest.mark.parametrize(("days", "told"), [(1, False), (10, True)])
def test_reader__is_told_only_of_what_has_changed_long_ago(russian, campaign, client, days, told):
    change_source(campaign, title="Another day")
    Review.objects.exclude(outdated_since=None).update(
        outdated_since=timezone.now() - datetime.timedelta(days=days)
    )

    html = client.get("/ru/campaigns/wdatip/").content.decode()

    assert ('class="sheet updated"' in html) is told
    assert "World Day [ru]" in html


def test_reader__of_the_source_is_told_nothing(russian, campaign, client, django_assert_max_num_queries):
    change_source(campaign, title="Another day")
    Review.objects.exclude(outdated_since=None).update(outdated_since=timezone.now() - datetime.timedelta(days=10))

    assert "updated" not in client.get("/en/campaigns/wdatip/").content.decode()


def changes(newsroom, campaign) -> str:
    url = reverse("translation_review:changes", args=[campaign.translation_key])
    return newsroom.as_(newsroom.editor).get(url).content.decode()


def test_source_changed_twice__leaves_one_mark_and_nothing_to_mend(newsroom, russian, campaign):
    change_source(campaign, title="Another day")
    change_source(campaign, title="Yet another day")

    assert [(mark.old_source, mark.old_text) for mark in Unit.objects.stale()] == [("World Day", "World Day [ru]")]
    check()

    newsroom.word(russian)
    newsroom.decide(newsroom.submit(russian))

    assert "No translations are out of date." in changes(newsroom, campaign)


def test_change_that_is_undone__leaves_no_mark(newsroom, russian, campaign):
    change_source(campaign, title="Another day")
    change_source(campaign, title="World Day")

    assert "No translations are out of date." in changes(newsroom, campaign)
    assert state_of(russian).status == Status.LIVE
    check()


def test_string_that_comes_back__without_a_wording_of_its_own_is_out_of_date_again(newsroom, russian, campaign):
    for title in ("Another day", "Yet another day", "Another day"):
        change_source(campaign, title=title)

    mark = Unit.objects.stale().get()
    assert (mark.old_source, mark.was_approved) == ("World Day", True)
    assert words_of(russian, "Another day") == "World Day [ru]"
    check()


@pytest.mark.usefixtures("without_worker")
def test_changed_source__is_told_at_once_and_followed_by_the_worker(newsroom):
    section = factories.SectionPageFactory(parent=newsroom.site.home, title="Our work", slug="work")
    [russian] = newsroom.bring_live(section, "ru")
    work.perform_due()
    form = section_form(title="Our work today", slug="work", **{"action-publish": "1"})

    answer = newsroom.as_(newsroom.publisher).post(edit_url(section), form, follow=True)

    assert "Translations are out of date" in answer.text
    assert state_of(russian).status == Status.LIVE
    work.perform_due()
    assert state_of(russian).status == Status.STALE
