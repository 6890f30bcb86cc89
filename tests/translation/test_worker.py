"""The worker itself, on the database: `manage.py db_worker`."""

import signal

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page
from wagtail_localize.models import Translation

from campaigns.models import Quote, Takeaway
from tests import factories
from tests.scenes import scene
from translation.models import Notice, SendJob, SendStatus
from translation.sending import job_runner
from translation.sending.jobs import request_send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tasks_in_the_database(settings, monkeypatch):
    # The worker would close the connection that the test's transaction is on.
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@scene
def editor(site):
    return factories.UserFactory(groups=["Editor"])


def work() -> None:
    known = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)}
    try:
        call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)
    finally:
        for number, handler in known.items():
            signal.signal(number, handler)


def test_worker__sends_and_mails(client, editor, site, django_capture_on_commit_callbacks):
    translator = factories.UserFactory(groups=["Translator ru"])
    quote = factories.QuoteFactory(text="Ask first.")
    client.force_login(editor)
    url = f"{reverse('wagtail_bulk_action', args=['campaigns', 'quote', 'send_for_translation'])}?id={quote.pk}"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {"locales": [site.locales["ru"].pk], "person_ru": translator.pk})
    job = SendJob.objects.get()
    assert (job.status, job.done) == (SendStatus.WAITING, 0)
    assert not Quote.objects.filter(locale=site.locales["ru"]).exists()

    with django_capture_on_commit_callbacks(execute=True):
        work()
    work()

    job.refresh_from_db()
    assert (job.status, job.problems) == (SendStatus.DONE, [])
    assert Quote.objects.filter(locale=site.locales["ru"], live=False).exists()
    assert [message.to for message in mail.outbox] == [[translator.email]]
    assert Notice.objects.get(person=translator).mailed_at
    failed = DBTaskResult.objects.exclude(exception_class_path="")
    assert list(failed.values_list("traceback", flat=True)) == []


def test_worker__takes_up_what_one_that_was_killed_has_left(editor, site):
    quotes = [factories.QuoteFactory() for _number in range(3)]
    job = request_send(quotes, [site.locales["ru"]], editor, "Voices")
    job_runner.run_some(job.pk, 0)
    # As a worker leaves it that gets no time to tidy up.
    DBTaskResult.objects.all().delete()
    job.refresh_from_db()
    assert (job.status, job.done) == (SendStatus.RUNNING, 1)

    work()
    work()

    job.refresh_from_db()
    assert (job.status, job.done) == (SendStatus.DONE, 3)
    assert Quote.objects.filter(locale=site.locales["ru"]).count() == 3


def test_two_jobs__that_take_turns_make_nothing_twice(editor, site):
    story = factories.NewsPageFactory(parent=site.news_index)
    factories.QuoteFactory(source=story)
    jobs = [request_send([story], [site.locales["ru"]], editor, "…") for _number in range(2)]
    for job in jobs:
        job_runner.run_some(job.pk, 0)

    unfinished = {job.pk for job in jobs}
    while unfinished:
        unfinished = {pk for pk in unfinished if job_runner.step(pk)}

    for job in jobs:
        job.refresh_from_db()
        assert (job.status, job.problems) == (SendStatus.DONE, [])
    assert Translation.objects.count() == jobs[0].total
    assert Page.objects.filter(locale=site.locales["ru"], translation_key=story.translation_key).count() == 1


def test_sixty_things_into_three_languages__show_progress_and_hold_no_one_transaction(client, editor, site):
    """Each step commits by itself, and costs what the thing costs, however many there are."""
    locales = [site.locales[code] for code in ("ru", "tg", "fa-af")]
    for number in range(60):
        factories.TakeawayFactory(statement=f"Keep it, {number}.")
    client.force_login(editor)

    with CaptureQueriesContext(connection) as asked:
        job = request_send(Takeaway.objects.all(), locales, editor, "Sixty")
    assert len(asked) <= 20

    job_runner.run_some(job.pk, 0)
    costs, seen = [], []
    while True:
        with CaptureQueriesContext(connection) as step:
            if not job_runner.step(job.pk):
                break
        costs.append(len(step))
        seen.append(client.get(reverse("translation_sending:progress", args=[job.pk])).json()["done"])

    assert seen == list(range(2, 61))
    assert max(costs[1:]) <= 1.2 * min(costs[1:]) + 10
    assert max(costs) <= 350
    assert Takeaway.objects.count() == 60 * (1 + len(locales))
