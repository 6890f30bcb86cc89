"""The same is sent again while the first sending waits or runs."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.scenes import scene
from translation.models import Assignment, Notice, SendJob, SendStatus
from translation.sending.job_runner import run_some

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_worker(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@scene
def campaign(site):
    return factories.CampaignPageFactory(parent=site.campaign_index, title="WDATIP")


@scene
def translator(site):
    return factories.UserFactory(groups=["Translator ru"], email="ru@example.org")


@pytest.fixture
def client(client, site):
    client.force_login(factories.UserFactory(groups=["Editor"]))
    return client


def send(client, campaign, site, *codes: str, **data):
    url = reverse("translation_sending:campaign", args=[campaign.pk])
    return client.post(url, {"locales": [site.locales[code].pk for code in codes], **data})


@pytest.mark.parametrize("status", [SendStatus.WAITING, SendStatus.RUNNING])
def test_same_again__is_the_job_that_there_is(client, campaign, site, translator, status):
    first = send(client, campaign, site, "ru", person_ru=translator.pk)
    SendJob.objects.update(status=status)

    again = send(client, campaign, site, "ru", person_ru=translator.pk)

    assert again.url == first.url
    assert SendJob.objects.count() == 1


def test_same_again__is_told_once(
    client, campaign, site, translator, mailoutbox, django_capture_on_commit_callbacks
):
    for _n in range(4):
        send(client, campaign, site, "ru", person_ru=translator.pk)

    with django_capture_on_commit_callbacks(execute=True):
        for job in SendJob.objects.all():
            run_some(job.pk, 60)

    assert Notice.objects.filter(person=translator).count() == 1


def test_same_again__after_it_is_done_is_a_new_one(client, campaign, site):
    send(client, campaign, site, "ru")
    SendJob.objects.update(status=SendStatus.DONE)

    send(client, campaign, site, "ru")

    assert SendJob.objects.count() == 2


def test_something_else__is_another_job(client, campaign, site, translator):
    send(client, campaign, site, "ru")
    send(client, campaign, site, "ru", "tg")
    send(client, campaign, site, "ru", person_ru=translator.pk)

    assert SendJob.objects.count() == 3


def test_same_twice__is_refused_by_the_database_as_well(client, campaign, site):
    send(client, campaign, site, "ru")

    with pytest.raises(IntegrityError), transaction.atomic():
        SendJob.objects.create(title="The same", objects_to_send=[], asked=SendJob.objects.get().asked)


@pytest.mark.skipif(not connection.features.has_select_for_no_key_update, reason="locks rows on PostgreSQL only")
def test_two_at_the_same_time__come_one_after_the_other(client, campaign, site):
    with CaptureQueriesContext(connection) as queries:
        send(client, campaign, site, "ru")

    statements = [query["sql"] for query in queries]
    locked = next(place for place, sql in enumerate(statements) if "FOR NO KEY UPDATE" in sql)
    asked = [place for place, sql in enumerate(statements) if "translation_sendjob" in sql]
    assert locked < min(asked)


def test_day_that_is_past__is_refused_in_the_form(client, campaign, site):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)

    response = send(client, campaign, site, "ru", due=yesterday.isoformat())

    assert "This date is in the past." in response.content.decode()
    assert not SendJob.objects.exists()


def test_day_that_is_past__is_nobodys_to_assign(client, campaign, site, translator):
    quote = factories.QuoteFactory()
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    item = f"{quote.translation_key}:{site.locales['ru'].pk}"

    response = client.post(
        reverse("translation_sending:assign"),
        {"item": item, "person": translator.pk, "due": yesterday.isoformat()},
    )

    assert "due" in response.context["form"].errors
    assert not Assignment.objects.exists()
