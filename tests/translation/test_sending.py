"""A campaign, and what it takes along, is sent for translation in the background."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from campaigns.models import CampaignPage, NewsPage, Organisation, Person, Quote, Takeaway
from home.models import ContentPage
from tests import factories
from tests.scenes import scene
from translation.campaign_contents.to_translate import members, with_all
from translation.models import Assignment, SendJob, SendStatus
from translation.sending import job_runner
from translation.sending.jobs import request_send, resume
from translation.sending.tasks import send_some

pytestmark = pytest.mark.django_db


@scene
def editor(site):
    return factories.UserFactory(groups=["Editor"])


@scene
def campaign(site):
    """Short of an edition, everything that hangs on one."""
    campaign = factories.CampaignPageFactory(
        parent=site.campaign_index, title="WDATIP", observance_day=30, observance_month=7
    )
    place = factories.PlaceFactory(name="Romit")
    story = factories.NewsPageFactory(parent=site.news_index, title="Romit", campaigns=[campaign], places=[place])
    office = factories.OrganisationFactory(name="Office")
    speaker = factories.PersonFactory(name="Zarina", organisation=office)
    factories.QuoteFactory(text="Ask first.", source=story, speaker=speaker)
    factories.TakeawayFactory(statement="Keep it.", campaigns=[campaign])
    return campaign


@pytest.fixture
def waiting_job(settings, campaign, editor, site):
    """Written down, and not begun."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    return request_send(members(campaign), [site.locales["ru"], site.locales["tg"]], editor, "WDATIP")


def targets(code: str) -> set[str]:
    models: tuple[Any, ...] = (Page, Quote, Takeaway, Person, Organisation)
    rows = [row for model in models for row in model.objects.filter(locale__language_code=code)]
    return {str(row) for row in rows if not isinstance(row, Page) or row.depth > 3}


def test_campaign__is_sent_with_all_that_hangs_on_it_and_only_to_the_languages_asked_for(campaign, editor, site):
    job = request_send(members(campaign), [site.locales["ru"]], editor, "WDATIP")

    job.refresh_from_db()
    assert (job.status, job.done, job.problems) == (SendStatus.DONE, job.total, [])
    assert targets("ru") == {"WDATIP", "Romit", "Ask first.", "Keep it.", "Zarina", "Office"}
    assert targets("tg") == set()
    assert not CampaignPage.objects.get(locale=site.locales["ru"]).live
    assert not Quote.objects.get(locale=site.locales["ru"]).live


def test_members__are_what_readers_may_read(campaign, site):
    factories.NewsPageFactory(parent=site.news_index, title="Draft", campaigns=[campaign], live=False)
    factories.QuoteFactory(text="Not mine to say.", campaigns=[campaign], consent_reference="", live=False)
    factories.TakeawayFactory(statement="Draft.", campaigns=[campaign], live=False)

    assert {str(member) for member in members(campaign)} == {
        "WDATIP", "Romit", "Ask first.", "Keep it.", "Zarina", "Romit, Tajikistan",
    }  # fmt: skip


def test_members__of_an_edition_are_of_its_time(campaign, site):
    edition = factories.EditionPageFactory(parent=campaign, year=2024)
    factories.EditionPageFactory(parent=campaign, year=2025)
    old = datetime.date(2023, 1, 1)
    factories.NewsPageFactory(parent=site.news_index, title="Earlier", campaigns=[campaign], date=old)

    found = {str(member) for member in members(edition)}

    assert found == {"WDATIP", "Edition 2024", "Romit", "Ask first.", "Zarina", "Romit, Tajikistan"}
    assert {"Earlier", "Edition 2025"} <= {str(member) for member in members(campaign)}


def test_members__cost_the_same_for_one_story_and_for_many(campaign, site):
    with CaptureQueriesContext(connection) as few:
        before = len(members(campaign))
    for _number in range(5):
        story = factories.NewsPageFactory(parent=site.news_index, campaigns=[campaign])
        factories.QuoteFactory(source=story)

    with CaptureQueriesContext(connection) as many:
        assert len(members(campaign)) == before + 3 * 5
    assert len(many) == len(few) <= 12


def test_parents__that_a_language_lacks_are_sent_first(site, editor):
    section = factories.SectionPageFactory(parent=site.home, title="Our work")
    page = factories.ContentPageFactory(parent=section, title="Camps")

    job = request_send([page], [site.locales["ru"]], editor, "Camps")

    job.refresh_from_db()
    assert job.problems == []
    russian = ContentPage.objects.get(locale=site.locales["ru"])
    assert russian.get_parent().title == "Our work"
    assert russian.get_parent().alias_of is None
    assert [str(row) for row in with_all([page], [site.locales["tg"].pk])] == ["Our work", "Camps"]


def test_page__whose_parent_cannot_be_sent_is_refused_with_a_reason(site, editor):
    section = factories.SectionPageFactory(parent=site.home, title="Our work", slug="work")
    page = factories.ContentPageFactory(parent=section, title="Camps")
    rival = factories.SectionPageFactory(parent=site.homes["ru"], title="Работа", slug="other")
    Page.objects.filter(pk=rival.pk).update(slug="work")

    job = request_send([page], [site.locales["ru"]], editor, "Camps")

    job.refresh_from_db()
    reasons = {problem["title"]: problem["reason"] for problem in job.problems}
    assert "“Работа”" in reasons["Our work"]
    assert "“Our work”" in reasons["Camps"]
    assert not Page.objects.filter(slug="work-1").exists()
    assert not Page.objects.exclude(alias_of=None).exists()


def test_translation__starts_from_the_source_as_it_is_now(site, editor):
    story = factories.NewsPageFactory(parent=site.news_index, title="Old title")
    request_send([story], [site.locales["ru"]], editor, "…")
    NewsPage.objects.filter(pk=story.pk).update(title="New title", draft_title="New title")

    request_send([story], [site.locales["tg"]], editor, "…")

    assert NewsPage.objects.get(locale=site.locales["tg"]).title == "New title"
    source = TranslationSource.objects.get(object_id=story.translation_key)
    assert source.stringsegment_set.filter(string__data="New title").exists()


def test_sending__twice_does_nothing_twice(campaign, editor, site):
    first = request_send(members(campaign), [site.locales["ru"]], editor, "WDATIP")
    before = (Translation.objects.count(), Page.objects.count(), Quote.objects.count())
    drafts = {page.pk: page.latest_revision_id for page in Page.objects.filter(locale=site.locales["ru"])}

    second = request_send(members(campaign), [site.locales["ru"]], editor, "WDATIP")

    first.refresh_from_db()
    second.refresh_from_db()
    assert (second.done, second.problems) == (first.done, [])
    assert (Translation.objects.count(), Page.objects.count(), Quote.objects.count()) == before
    assert {page.pk: page.latest_revision_id for page in Page.objects.filter(locale=site.locales["ru"])} == drafts


def test_job__killed_half_way_is_finished_by_running_it_again(waiting_job, monkeypatch):
    run_for_three = iter([False, False, True])
    monkeypatch.setattr(job_runner.time, "monotonic", lambda: 0.0)
    real_step = job_runner.step

    def killed(job_id):
        if next(run_for_three):
            raise KeyboardInterrupt
        return real_step(job_id)

    monkeypatch.setattr(job_runner, "step", killed)
    with pytest.raises(KeyboardInterrupt):
        job_runner.run_some(waiting_job.pk, 100)
    waiting_job.refresh_from_db()
    assert (waiting_job.done, waiting_job.status) == (2, SendStatus.RUNNING)

    monkeypatch.setattr(job_runner, "step", real_step)
    assert job_runner.run_some(waiting_job.pk, 100) is False

    waiting_job.refresh_from_db()
    assert (waiting_job.done, waiting_job.status) == (waiting_job.total, SendStatus.DONE)
    assert Translation.objects.count() == 2 * waiting_job.total


def test_job__that_is_done_already_is_not_done_again(waiting_job):
    job_runner.run_some(waiting_job.pk, 100)
    finished = SendJob.objects.get(pk=waiting_job.pk).finished_at

    assert job_runner.run_some(waiting_job.pk, 100) is False

    assert SendJob.objects.get(pk=waiting_job.pk).finished_at == finished
    assert resume() == 0


def test_job__stops_after_its_time_and_leaves_the_rest(waiting_job):
    assert job_runner.run_some(waiting_job.pk, 0) is True

    waiting_job.refresh_from_db()
    assert waiting_job.done == 1
    assert resume() == 1


def test_things__are_each_sent_in_a_transaction_of_its_own(waiting_job, monkeypatch):
    """What fails takes nothing else with it, and is told."""
    real = job_runner.send

    def send(instance, locales, user):
        sent = real(instance, locales, user)
        if str(instance) == "Romit":
            raise RuntimeError("spoilt")
        return sent

    monkeypatch.setattr(job_runner, "send", send)

    job_runner.run_some(waiting_job.pk, 100)

    waiting_job.refresh_from_db()
    assert waiting_job.status == SendStatus.DONE
    assert [problem["title"] for problem in waiting_job.problems] == ["Romit"]
    assert targets("ru") == {"WDATIP", "Ask first.", "Keep it.", "Zarina", "Office"}


@pytest.mark.parametrize("group", ["Translator ru", "Reviewer"])
def test_sending__is_nothing_for_who_may_not_submit(campaign, site, group):
    user = factories.UserFactory(groups=[group])

    with pytest.raises(PermissionDenied):
        request_send([campaign], [site.locales["ru"]], user, "WDATIP")

    assert not SendJob.objects.exists()


def test_rights__are_asked_again_when_the_job_runs(waiting_job, editor):
    editor.groups.clear()

    job_runner.run_some(waiting_job.pk, 100)

    waiting_job.refresh_from_db()
    assert waiting_job.status == SendStatus.FAILED
    assert len(waiting_job.problems) == waiting_job.total
    assert not Translation.objects.exists()


def test_translator__is_assigned_what_is_left_to_do(campaign, editor, site):
    translator = factories.UserFactory(groups=["Translator ru"])
    due = datetime.date(2027, 7, 1)

    request_send(members(campaign), [site.locales["ru"]], editor, "WDATIP", translator, due)

    rows = Assignment.objects.filter(locale=site.locales["ru"])
    assert rows.count() == Translation.objects.count()
    assert {(row.person, row.due, row.assigned_by) for row in rows} == {(translator, due, editor)}


def test_translator__needs_the_right_in_the_language(campaign, editor, site):
    translator = factories.UserFactory(groups=["Translator ru"])
    both = [site.locales["ru"], site.locales["tg"]]

    with pytest.raises(ValidationError, match="does not have permission to translate into Тоҷикӣ"):
        request_send([campaign], both, editor, "WDATIP", translator)
    request_send([campaign], both, editor, "WDATIP", {site.locales["ru"].pk: translator})

    assert set(Assignment.objects.values_list("locale", flat=True)) == {site.locales["ru"].pk}


def test_step__costs_no_more_for_what_is_there_already(campaign, editor, site, waiting_job):
    job_runner.run_some(waiting_job.pk, 100)
    SendJob.objects.filter(pk=waiting_job.pk).update(done=waiting_job.total - 1, status=SendStatus.RUNNING)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert job_runner.step(waiting_job.pk) is True

    assert len(queries) <= 60


def test_task__goes_on_by_itself(waiting_job, settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    monkeypatch.setattr("translation.sending.tasks.SLICE", 0.0)

    send_some.enqueue(waiting_job.pk)

    waiting_job.refresh_from_db()
    assert waiting_job.status == SendStatus.DONE
