"""Bad input gets one clear line and changes nothing."""

from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from campaigns.models import ImportedStory, NewsPage, Person, Place, Quote
from tests.campaigns.importing import ENGLISH, run


def test_import_stories__one_bad_file_does_not_stop_the_others(known, write, tmp_path):
    write(ENGLISH.format(head="Almaty - "), "a.txt")
    (tmp_path / "b.txt").write_bytes("Заголовок\nДушанбе – Текст.".encode("cp1251"))
    (tmp_path / "c.txt").write_bytes(b"")
    write("Geneva – They met on the Day of the Young in the town.\n", "d.txt", title="Another Story")
    (tmp_path / "notes.md").write_text("not a story")
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError, match="2 of 4 files") as failure:
        call_command("import_stories", str(tmp_path), stdout=out, stderr=err)
    assert failure.value.returncode == 1
    assert [line.split(": ")[1] for line in err.getvalue().splitlines()] == ["wrong encoding", "empty"]
    assert {page.title for page in NewsPage.objects.all()} == {"Lanterns over the River", "Another Story"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "NUL bytes"),
        ("Заголовок\nТекст".encode("cp1251"), "wrong encoding"),
        (b"Home\nAbout us\nContact", "no title"),
        (b"x" * 50_000_000, "too large"),
    ],
    ids=["empty", "binary", "wrong encoding", "no title", "50 MB"],
)
def test_import_stories__bad_input_is_one_clear_line(site, tmp_path, content, words):
    path = tmp_path / "story.txt"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=words) as failure:
        run(path)
    assert "\n" not in str(failure.value)
    assert not NewsPage.objects.exists()
    assert not ImportedStory.objects.exists()


def test_import_stories__what_cannot_be_saved_changes_nothing(known, write, monkeypatch):
    monkeypatch.setattr("campaigns.importer.write.record", refuse)
    with pytest.raises(CommandError, match=r"story\.txt: "):
        run(write(ENGLISH.format(head="Almaty - ")))
    for model in (NewsPage, Quote, Person, Place, ImportedStory):
        assert not model.objects.exists()


def refuse(*args) -> None:
    raise ValidationError("no room in the ledger")


def test_import_stories__unknown_language_and_missing_list_of_news(site, tmp_path):
    with pytest.raises(CommandError, match="no language “xx”"):
        run(tmp_path, locale="xx")
    site.news_indexes["ru"].delete()
    with pytest.raises(CommandError, match="no list of stories in “ru”"):
        run(tmp_path, locale="ru")


def test_import_stories__folder_without_stories(site, tmp_path):
    with pytest.raises(CommandError, match=r"No \*\.txt"):
        run(tmp_path)
