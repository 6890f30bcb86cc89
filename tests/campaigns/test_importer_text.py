import codecs

import pytest

from campaigns.importer.text import MAX_BYTES, StoryProblem, clean, decode, read_source

STORY = "Лагерь в Ромите\nДушанбе – Сорок три участника собрались в горах.\n"


@pytest.mark.parametrize(
    "content",
    [
        STORY.encode(),
        codecs.BOM_UTF8 + STORY.encode(),
        codecs.BOM_UTF16_LE + STORY.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + STORY.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16 little", "utf-16 big"],
)
def test_decode__every_unicode_form_gives_the_same_text(content):
    assert decode(content) == STORY


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (STORY.encode("cp1251"), "wrong encoding"),
        (STORY.replace("–", "-").encode("koi8-r"), "wrong encoding"),
        (STORY.encode("utf-16-le"), "not plain text"),
        (codecs.BOM_UTF32_LE + STORY.encode("utf-32-le"), "UTF-32"),
        (codecs.BOM_UTF16_LE + b"a", "wrong encoding"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not plain text"),
        (bytes(range(1, 256)) * 4, "not plain text"),
        (b"A story\0with a hole", "not plain text"),
        (b"A title\n\x1b[31mred\x1b[0m", "not plain text"),
        ("A title\n\0".encode("utf-16"), "not plain text"),
        (b"%PDF-1.7\n1 0 obj", "PDF"),
        (b"  <!DOCTYPE html><html lang=en>", "not plain text: it is HTML"),
        (b"A title\n<p>Almaty - They met.</p>", "not plain text: it is HTML"),
        (b"A title\n<!-- menu -->\nAlmaty - They met.", "not plain text: it is HTML"),
        (b'A title\n<A HREF="/x">Almaty</A>', "not plain text: it is HTML"),
        (b"{\\rtf1\\ansi Story}", "RTF"),
    ],
)
def test_decode__what_is_no_story_gets_one_clear_line(content, words):
    with pytest.raises(StoryProblem, match=words) as problem:
        decode(content)
    assert "\n" not in str(problem.value)


def test_decode__angle_brackets_alone_are_no_html():
    text = "The <people> of 3 < 5 and 7 > 5, a <- b"
    assert decode(text.encode()) == text


def test_clean__line_breaks_spaces_and_invisible_marks():
    text = "\u200fSafe\u00a0mi\u00adgration\r\n\u202bTitle\u202c\rNext\u2028Last\u00a0\u00a0\tline\ufeff"
    assert clean(text) == "Safe migration\nTitle\nNext\nLast line"


def test_clean__joiners_of_dari_and_composed_letters_are_kept():
    assert clean("می\u200cرود и\u0306") == "می\u200cرود й"


def test_clean__nothing_but_invisible_marks_is_empty():
    with pytest.raises(StoryProblem, match="empty"):
        clean("\u200b\u00ad\n\ufeff")


def test_read_source__too_large_is_told_before_reading(tmp_path, monkeypatch):
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    monkeypatch.setattr(type(path), "read_bytes", lambda self: pytest.fail("was read"))
    with pytest.raises(StoryProblem, match="too large"):
        read_source(path)


def test_read_source__missing_file_and_directory(tmp_path):
    with pytest.raises(StoryProblem, match="file not found"):
        read_source(tmp_path / "nowhere.txt")
    with pytest.raises(StoryProblem, match="not a file"):
        read_source(tmp_path)


def test_read_source__fingerprint_is_of_the_words(tmp_path):
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_bytes(b"Title\nText")
    second.write_bytes("Title\r\nText".encode("utf-16"))
    other = tmp_path / "c.txt"
    other.write_bytes(b"Title\nTexts")
    sources = read_source(first), read_source(second), read_source(other)
    assert sources[0].sha256 == sources[1].sha256 != sources[2].sha256
