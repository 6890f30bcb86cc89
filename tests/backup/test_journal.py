"""What the journal says, and when: before the commit, after it, and where there is none."""

import datetime
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from core.consent.withdrawals import undo, withdraw
from core.journal import file, recording
from core.journal.file import Journal
from core.models import Helpline, JournalEntry, TrashedFile
from core.publishing.closing import delete_branch, unpublish_below
from tests import factories
from tests.helplines import HelplineFactory
from tests.scenes import scene
from translation.models import DeletedObject

pytestmark = pytest.mark.django_db

SECRET = "zarnigorinabrak"


@pytest.fixture(autouse=True)
def _nothing_happened_before(site):
    JournalEntry.objects.all().delete()
    file.path().unlink(missing_ok=True)


@scene
def quote(site):
    story = factories.NewsPageFactory(parent=site.news_index)
    return factories.QuoteFactory(text=f"I said {SECRET} to nobody else at all.", source=story)


def read() -> Journal:
    return file.read()


def age(hours: int) -> None:
    """Make all entries so much older."""
    path = Path(settings.JOURNAL)
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    for line in (line for line in lines if "at" in line):
        at = datetime.datetime.fromisoformat(line["at"]) - datetime.timedelta(hours=hours)
        line["at"] = at.isoformat()
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))


def test_withdrawal__is_in_the_file_before_the_commit_and_done_after_it(quote, committing):
    with committing():
        withdraw(quote, None, "Asked for.")
        [entry] = read().undecided()
        assert (entry.kind, entry.model, entry.key) == ("consent", "campaigns.quote", str(quote.translation_key))
        assert entry.language == ""

    assert read().done == {entry.id}
    assert not JournalEntry.objects.exists()


def test_withdrawal__words_and_reason_are_not_in_the_file(quote, committing):
    with committing():
        withdraw(quote, None, "Her brother has read it.", asked_by="The mother")

    text = Path(settings.JOURNAL).read_text()
    assert text
    assert not any(word in text for word in (SECRET, "brother", "mother"))


def test_withdrawal__of_a_person_names_quotes_and_photo(site, committing):
    photo = factories.SiteImageFactory(people=True)
    person = factories.PersonFactory(name="Nilufar Zarafshoni", photo=photo)
    story = factories.NewsPageFactory(parent=site.news_index)
    quote = factories.QuoteFactory(source=story, speaker=person)
    with committing():
        withdraw(person, None, "Asked for.")

    named = {(entry.model, entry.key) for entry in read().in_order() if entry.kind == "consent"}
    assert named == {
        ("campaigns.person", str(person.translation_key)),
        ("campaigns.quote", str(quote.translation_key)),
        ("core.siteimage", str(photo.pk)),
    }


def test_rolled_back__is_told_ten_minutes_later(quote, committing):
    with transaction.atomic():
        withdraw(quote, None, "Asked for.")
        transaction.set_rollback(True)
    [entry] = read().undecided()

    recording.settle()
    assert read().undecided() == [entry]
    age(hours=2)
    recording.settle()
    assert read().rolled_back == {entry.id}


def test_killed_after_the_commit__is_done_with_the_next_minute(quote):
    # What runs after a commit does not run here.
    withdraw(quote, None, "Asked for.")
    [entry] = read().undecided()

    call_command("publish_scheduled")

    assert read().done == {entry.id}
    assert not JournalEntry.objects.exists()


def test_rehearsal__writes_nothing(quote, client, kinds):
    client.force_login(factories.UserFactory(is_superuser=True))
    url = reverse("consent:withdraw", args=["campaigns", "quote", quote.translation_key])

    assert client.get(url).status_code == 200
    assert kinds() == []


def test_undo__is_written_after_the_commit_alone(quote, committing, kinds):
    with committing():
        record = withdraw(quote, None, "Asked for.")
    with committing():
        undo(record, None, "It was another one.")
        assert kinds() == ["consent"]

    last = read().in_order()[-1]
    assert last.data == {"undone": True}
    assert last.id in read().done


def test_file_that_cannot_be_written__protects_all_the_same_and_is_made_good(
    quote, committing, settings, tmp_path
):
    (tmp_path / "in-the-way").write_text("")
    settings.JOURNAL = str(tmp_path / "in-the-way" / "journal.jsonl")
    with committing():
        withdraw(quote, None, "Asked for.")
    quote.refresh_from_db()
    assert quote.consent_withdrawn
    [row] = JournalEntry.objects.all()

    settings.JOURNAL = str(tmp_path / "journal.jsonl")
    recording.settle()

    assert read().done == {row.pk}
    assert [entry.key for entry in read().in_order()] == [str(quote.translation_key)]


def test_line_cut_off_by_a_power_failure__costs_no_other(quote, committing):
    with committing():
        withdraw(quote, None, "Asked for.")
    path = Path(settings.JOURNAL)
    path.write_bytes(path.read_bytes() + b'{"id":"half')
    file.append([{"done": "whole"}])

    journal = read()
    assert journal.unreadable == 1
    assert len(journal.entries) == 1
    assert "whole" in journal.done


def test_unpublished__page_and_snippet_in_their_language(site, quote, committing, kinds):
    page = factories.NewsPageFactory(parent=site.news_indexes["ru"], locale=site.locales["ru"])
    with committing():
        page.unpublish()
        quote.unpublish()

    assert [(entry.kind, entry.model, entry.language) for entry in read().in_order()] == [
        ("unpublished", "wagtailcore.page", "ru"),
        ("unpublished", "campaigns.quote", "en"),
    ]


def test_branch_of_many_pages__is_in_the_file_when_it_is_closed(site, committing):
    section = factories.SectionPageFactory(parent=site.home)
    pages = [factories.ContentPageFactory(parent=section) for _number in range(3)]
    user = factories.UserFactory(is_superuser=True)
    with committing():
        unpublish_below(section, user)
        keys = {entry.key for entry in read().in_order() if entry.kind == "unpublished"}
        assert {str(page.translation_key) for page in pages} <= keys


def test_deleted_branch__is_in_the_file_before_the_worker_comes_to_it(site, committing):
    section = factories.SectionPageFactory(parent=site.home)
    pages = [section, *(factories.ContentPageFactory(parent=section) for _number in range(3))]
    with committing():
        delete_branch(section, factories.UserFactory(is_superuser=True))
        keys = {entry.key for entry in read().undecided() if entry.kind == "unpublished"}
        assert keys == {str(page.translation_key) for page in pages}


def test_deleted__then_purged_by_the_command(site, committing, kinds):
    page = factories.NewsPageFactory(parent=site.news_index)
    image = factories.SiteImageFactory()
    with committing():
        page.delete()
        image.delete()
    DeletedObject.objects.update(deleted_at=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
    TrashedFile.objects.update(deleted_at=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
    with committing():
        call_command("purge_deleted")

    # A live page is unpublished when it is deleted.
    assert kinds() == ["deleted", "unpublished", "deleted", "purged", "purged_file"]
    assert len(read().done) == 5


def test_helpline__changed_and_deleted(committing):
    HelplineFactory(number="+992 44 600 00 00", is_primary=True)
    other = HelplineFactory(number="+992 44 600 11 11")
    file.path().unlink(missing_ok=True)
    with committing():
        other.number = "+992 44 600 22 22"
        other.save()
        other.delete()

    changed, deleted = read().in_order()
    assert changed.data["state"]["number"] == "+992 44 600 22 22"
    assert deleted.data["state"] is None
    assert Helpline.objects.count() == 1


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85", "\x1e"])
def test_entry__with_a_character_that_ends_lines_elsewhere_is_read_whole(committing, character):
    with committing():
        HelplineFactory(number="+992 44 600 00 00", exceptions=[{"note": f"For{character}women"}])

    assert read().in_order()[-1].data["state"]["exceptions"] == [{"note": f"For{character}women"}]
    assert read().unreadable == 0
