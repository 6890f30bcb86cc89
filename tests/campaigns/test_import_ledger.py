"""Running it twice, and over what somebody has touched since."""

import pytest

from campaigns.importer import story_import
from campaigns.importer.ledger import Decision
from campaigns.models import ImportedStory, ImportStatus, NewsPage, Person, Place, Quote
from tests import factories
from tests.campaigns.importing import ENGLISH, run, say_who_speaks


def test_import_stories__dry_run_reports_and_writes_nothing(known, write):
    out, _err = run(write(ENGLISH.format(head="Almaty - ")), dry_run=True)
    assert "would be imported" in out
    for model in (NewsPage, Quote, Person, Place, ImportedStory):
        assert not model.objects.exists()


def test_import_stories__second_run_does_nothing(known, write):
    path = write(ENGLISH.format(head="Almaty - "))
    run(path)
    page, entry = NewsPage.objects.get(), ImportedStory.objects.get()
    out, _err = run(path)
    assert "unchanged" in out
    assert ImportedStory.objects.get().changed_at == entry.changed_at
    assert NewsPage.objects.get().latest_revision_id == page.latest_revision_id
    assert (Quote.objects.count(), Place.objects.count(), page.revisions.count()) == (1, 1, 1)


def test_import_stories__same_content_from_another_file_is_unchanged(known, write):
    body = ENGLISH.format(head="Almaty - ")
    run(write(body, "a.txt"))
    out, _err = run(write(body, "b.txt"))
    assert "a.txt" in out
    assert NewsPage.objects.count() == 1


def test_import_stories__same_words_in_another_encoding_are_unchanged(known, write, tmp_path):
    body = ENGLISH.format(head="Almaty - ")
    path = write(body, "a.txt")
    run(path)
    other = tmp_path / "b.txt"
    other.write_bytes(path.read_text().encode("utf-16"))

    out, _err = run(other)

    assert "a.txt" in out
    assert NewsPage.objects.count() == 1


def test_import_stories__same_file_in_another_language_is_another_story(known, write):
    run(write(ENGLISH.format(head="Almaty - ")))
    path = write("Almaty - They met on the Day of the Young in the town.\n", title="Фонари над рекой")
    run(path, locale="ru", any_language=True)
    assert NewsPage.objects.count() == 2


def test_import_stories__changed_file_updates_an_untouched_draft(known, write):
    run(write(ENGLISH.format(head="Almaty - ")))
    before = NewsPage.objects.get()
    path = write("Geneva – They met on the Day of the Young in the town.\n“We go home,” said Anna Berg, lawyer.\n")
    out, _err = run(path)
    page = NewsPage.objects.get()
    assert "updated" in out
    assert (page.pk, page.slug, page.live) == (before.pk, before.slug, False)
    assert page.places.get().place.name == "Geneva"
    assert page.campaign_ties.count() == 1
    assert Quote.objects.get().text == "We go home."
    assert page.latest_revision.as_object().places.get().place.name == "Geneva"
    entry = ImportedStory.objects.get()
    assert (entry.status, entry.revision_id) == (ImportStatus.UPDATED, page.latest_revision_id)
    assert "unchanged" in run(path)[0]


def _edit(page):
    page.title = "By an editor"
    page.save_revision()


def _publish(page):
    say_who_speaks()
    page.get_latest_revision().publish()


def _edit_quote(page):
    Quote.objects.get().save_revision()


def _translate_story(page):
    ru = page.get_parent().specific.get_translations().get(locale__language_code="ru")
    factories.NewsPageFactory(parent=ru, translation_key=page.translation_key, live=False)


@pytest.mark.parametrize(
    ("touch", "reason"),
    [
        (_edit, "has been edited"),
        (_publish, "has been published"),
        (_edit_quote, "a quote of it has been edited"),
        (_translate_story, "has been translated"),
        (lambda page: page.delete(), "was deleted"),
    ],
    ids=["edited", "published", "quote edited", "translated", "deleted"],
)
def test_import_stories__changed_file_leaves_a_touched_page_alone(known, write, touch, reason):
    run(write(ENGLISH.format(head="Romit, 16 August 2024 – ")))
    touch(NewsPage.objects.get())
    changed = write("Geneva – They met on the Day of the Young in the town.\n")
    for _again in range(2):
        out, _err = run(changed)
        assert "skipped" in out
        assert reason in out
    assert not Place.objects.filter(name="Geneva").exists()
    entry = ImportedStory.objects.get()
    assert entry.status == ImportStatus.SKIPPED
    assert reason in entry.reason


def test_import_stories__deleted_page_does_not_come_back(known, write):
    path = write(ENGLISH.format(head="Almaty - "))
    run(path)
    NewsPage.objects.get().delete()
    out, _err = run(path)
    assert "its page was deleted" in out
    assert not NewsPage.objects.exists()


def test_import_stories__two_at_once_end_as_one_story(known, write, monkeypatch):
    path = write(ENGLISH.format(head="Almaty - "))
    run(path)
    look = story_import.decide
    looks = iter([lambda *_args: Decision(ImportStatus.IMPORTED), look])
    monkeypatch.setattr(story_import, "decide", lambda *args: next(looks)(*args))
    out, _err = run(path)
    assert "unchanged" in out
    assert (NewsPage.objects.count(), Quote.objects.count(), ImportedStory.objects.count()) == (1, 1, 1)
    assert NewsPage.objects.get().get_parent().numchild == 1
