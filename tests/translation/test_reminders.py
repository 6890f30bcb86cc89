"""Before the due date, once."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests import factories
from tests.scenes import scene
from translation.models import Assignment, Notice, NoticeKind
from translation.sending.jobs import request_send

pytestmark = pytest.mark.django_db


@scene
def translator(site):
    return factories.UserFactory(groups=["Translator ru"])


def reminders(person) -> list[str]:
    notices = Notice.objects.filter(person=person, kind=NoticeKind.DUE).order_by("pk")
    return list(notices.values_list("title", flat=True))


def test_reminder__comes_once_before_the_day_and_again_for_another_day(translator, site, settings):
    editor = factories.UserFactory(groups=["Editor"])
    today = timezone.localdate()
    quote = factories.QuoteFactory(text="Ask first.")
    later = today + datetime.timedelta(days=settings.TRANSLATION_REMIND_DAYS + 1)
    request_send([quote], [site.locales["ru"]], editor, "Voices", translator, later)
    call_command("send_notices")
    assert reminders(translator) == []

    Assignment.objects.update(due=today + datetime.timedelta(days=1))
    call_command("send_notices")
    call_command("send_notices")
    assert reminders(translator) == ["Ask first."]

    Notice.objects.update(created_at=timezone.now() - datetime.timedelta(days=30))
    call_command("send_notices")
    assert reminders(translator) == ["Ask first.", "Ask first."]


def test_reminder__is_counted_from_the_observance_where_there_is_no_day(translator, site, settings):
    today = timezone.localdate()
    observance = today + datetime.timedelta(days=settings.TRANSLATION_DUE_DAYS + 1)
    campaign = factories.CampaignPageFactory(
        parent=site.campaign_index,
        title="WDATIP",
        observance_day=observance.day,
        observance_month=observance.month,
    )
    Assignment.objects.create(object_key=campaign.translation_key, locale=site.locales["ru"], person=translator)

    call_command("send_notices")

    assert reminders(translator) == ["WDATIP"]


def test_reminder__is_none_for_what_is_done(newsroom, site):
    takeaway = factories.TakeawayFactory()
    newsroom.bring_live(takeaway, "ru")
    Assignment.objects.create(
        object_key=takeaway.translation_key,
        locale=site.locales["ru"],
        person=newsroom.translators["ru"],
        due=timezone.localdate(),
    )

    call_command("send_notices")

    assert reminders(newsroom.translators["ru"]) == []
