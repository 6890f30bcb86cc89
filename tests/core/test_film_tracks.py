"""Tracks of a film that are neither played nor shown are removed, and nothing else in it moves."""

import io
import struct
import time

import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document

from core.metadata.documents import clean_document
from core.models import DocumentMetadata
from tests.core import telling_documents as telling
from tests.core import telling_films as films
from tests.core.telling_films import GPS, Track, film, fragmented, measured, picture, sound

PLACE = telling.PLACE.encode()
KINDS = {
    "telephone": measured(),
    "camera": measured(b"meta", b"gpmd"),
    "motion": measured(b"camm", b"camm"),
    "timecode": measured(b"tmcd", b"tmcd"),
    "text": measured(b"text", b"text"),
    "unknown text": measured(b"sbtl", b"mett"),
    "hint": measured(b"hint", b"rtp "),
}
HALVES = [part for number in range(9) for part in (GPS[:11], GPS[11:])]
TABLES = {
    "many in a chunk": measured(per_chunk=4),
    "one size": measured(sizes="same", per_chunk=3),
    "eight bits": measured(sizes="stz2 8", per_chunk=2),
    "sixteen bits": measured(sizes="stz2 16"),
    "four bits": measured(sizes="stz2 4", samples=HALVES, per_chunk=2),
    "four bits of an odd number": measured(sizes="stz2 4", samples=[*HALVES, b"GPS"], per_chunk=2),
    "far away": measured(offsets=b"co64", per_chunk=2),
}


def cleaned(content: bytes, name: str = "film.mov") -> tuple[bytes, list[str]]:
    file = clean_document(io.BytesIO(content), name)
    return file.read(), file.left


def assert_plays_the_same(content: bytes, before: bytes, *tracks: Track) -> None:
    """Whatever a track holds is where it was."""
    assert len(content) == len(before)
    for track in tracks:
        for chunk in track.chunks():
            assert before.count(chunk) >= 1
            assert content.find(chunk) == before.find(chunk)


@pytest.mark.parametrize("name", [*KINDS, *TABLES])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_track_that_is_not_played__is_removed(name, place):
    tracks = [picture(), sound()]
    tracks.insert(place, {**KINDS, **TABLES}[name])
    before = film(*tracks)
    assert PLACE in before

    content, left = cleaned(before)

    assert left == []
    assert PLACE not in content
    assert b"GPS" not in content
    assert_plays_the_same(content, before, picture(), sound())
    assert (before.count(b"trak"), content.count(b"trak")) == (3, 2)
    assert cleaned(content) == (content, [])


def test_tracks_that_are_not_played__are_all_removed():
    before = film(measured(), picture(), *KINDS.values(), sound(), *TABLES.values())

    content, left = cleaned(before)

    assert (left, PLACE in content) == ([], False)
    assert_plays_the_same(content, before, picture(), sound())


@pytest.mark.parametrize(
    ("handler", "kind"), [(b"sbtl", b"tx3g"), (b"text", b"tx3g"), (b"text", b"wvtt"), (b"subt", b"stpp")]
)
def test_subtitles__stay(handler, kind):
    words = Track(handler, kind, [b"Where to go %d" % number for number in range(10, 16)], 2)
    before = film(picture(), words, measured(), sound())

    content, left = cleaned(before)

    assert (left, PLACE in content.replace(GPS, b"", 1)) == ([], False)
    assert_plays_the_same(content, before, picture(), words, sound())
    assert content.count(b"trak") == 3


def test_reference__to_a_removed_track_is_removed():
    words = Track(b"sbtl", b"tx3g", [b"Where to go"])
    before = film(
        picture(references={b"tmcd": [3], b"chap": [4, 2], b"subt": [2]}), words, KINDS["timecode"], KINDS["text"]
    )
    assert b"tmcd" + struct.pack(">L", 3) in before

    content, left = cleaned(before)

    assert left == []
    assert b"tmcd" not in content
    assert b"chap" + struct.pack(">LL", 0, 2) in content
    assert b"subt" + struct.pack(">L", 2) in content


@pytest.mark.parametrize("base", ["fragment", "file"])
@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("kind", [measured(), measured(sizes="same"), measured(b"camm", b"camm", per_chunk=2)])
def test_track_in_fragments__is_removed(base, place, kind):
    tracks = [picture(), sound()]
    tracks.insert(place, kind)
    before = fragmented(*tracks, base=base)

    content, left = cleaned(before)

    assert left == []
    assert PLACE not in content
    rounds = content.count(b"moof")
    shown = [
        Track(each.handler, each.format, each.samples[: rounds * each.per_chunk], each.per_chunk)
        for each in tracks
    ]
    del shown[place]
    assert_plays_the_same(content, before, *shown)
    assert (content.count(b"traf"), content.count(b"trex"), content.count(b"trak")) == (2 * rounds, 2, 2)
    assert b"tfra" not in content
    assert cleaned(content) == (content, [])


def test_track_in_fragments__that_others_are_counted_from_is_shown():
    before = fragmented(picture(), measured(), sound(), base="nothing")

    content, left = cleaned(before)

    assert left == ["data_track"]
    assert_plays_the_same(content, before)
    assert content.count(b"traf") == before.count(b"traf")


def changed(content: bytes, kind: bytes, skipped: int, *numbers: int) -> bytes:
    """Write numbers into the last box of a kind, which is that of the track of measurements."""
    place = content.rindex(kind) + 4 + skipped
    return content[:place] + films.longs(*numbers) + content[place + 4 * len(numbers) :]


MANY = 0xFFFFFFFF
WHOLE = film(picture(), sound(), measured(per_chunk=2))
SAME = film(picture(), sound(), measured(sizes="same"))
PIECES = fragmented(picture(), sound(), measured())
FIRST = struct.unpack(">L", WHOLE[WHOLE.index(b"stco") + 12 :][:4])[0]
START = struct.unpack(">L", PIECES[PIECES.rindex(b"moof") :].partition(b"trun")[2][8:12])[0]
HOSTILE = {
    "billions of samples": changed(WHOLE, b"stsz", 8, MANY),
    "billions of samples of one size": changed(SAME, b"stsz", 4, MANY, MANY),
    "billions of samples without a size": changed(SAME, b"stsz", 4, 1, MANY),
    "a huge sample": changed(WHOLE, b"stsz", 12, MANY),
    "billions of chunks": changed(WHOLE, b"stco", 4, MANY),
    "billions of runs": changed(WHOLE, b"stsc", 4, MANY),
    "no chunks": changed(WHOLE, b"stco", 4, 0),
    "no runs": changed(WHOLE, b"stsc", 4, 0),
    "billions in a chunk": changed(WHOLE, b"stsc", 12, MANY),
    "a run of billions": changed(WHOLE, b"stsc", 8, MANY),
    "runs out of order": changed(WHOLE, b"stsc", 8, 5, 2, 1, 5),
    "none in a chunk": changed(WHOLE, b"stsc", 12, 0),
    "samples in the tables": changed(WHOLE, b"stco", 8, 40),
    "samples behind the end": changed(WHOLE, b"stco", 8, len(WHOLE) - 3),
    "samples far behind the end": changed(WHOLE, b"stco", 8, MANY),
    "samples of the picture": changed(WHOLE, b"stco", 8, FIRST),
    "samples of the sound": changed(WHOLE, b"stco", 8, FIRST + 1300),
    "no table of sizes": changed(WHOLE, b"stsz", -4, 0x66726565),
    "two tables of places": WHOLE.replace(b"stts", b"stco"),
    "a number of another track": changed(WHOLE, b"tkhd", 12, 1),
    "samples elsewhere": film(picture(), measured(source=0)),
    "nothing else": film(measured(), measured(b"camm", b"camm")),
    "billions in a fragment": changed(PIECES, b"trun", 4, MANY),
    "a huge sample in a fragment": changed(PIECES, b"trun", 16, MANY),
    "a fragment of samples before the film": changed(PIECES, b"trun", 8, 1 << 31),
    "a fragment of no track": changed(PIECES, b"tfhd", 4, 77),
    "samples of the picture in a fragment": changed(PIECES, b"trun", 8, START),
    "too many tracks": film(picture(), *[Track(b"meta", b"mebx", [GPS])] * 1100),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_tables_that_cannot_be_right__are_shown_at_once(name):
    before = HOSTILE[name]
    began = time.process_time()

    content, left = cleaned(before)

    assert time.process_time() - began < 5  # seconds
    assert "data_track" in left
    assert content.count(b"trak") == before.count(b"trak")
    media = before[before.index(b"mdat") : before.rindex(b"mfra") if b"mfra" in before else None]
    assert media in content


@pytest.mark.parametrize("filling", [b"free", b"mdat", b"moof"])
def test_more_boxes_than_a_film_has__are_shown_soon(filling):
    began = time.process_time()

    _content, left = cleaned(film(picture()) + (films.longs(8) + filling) * 1_000_000)

    assert time.process_time() - began < 20  # seconds; all of them took minutes
    assert left == ["unreadable"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["IMG_1.mov", "GX010001.MP4", "film.m4v"])
def test_film_of_a_telephone__is_stored_clean(name):
    Document.objects.create(title="A guide", file=ContentFile(WHOLE, name=name))

    document = Document.objects.get()
    content = document.file.open("rb").read()
    assert DocumentMetadata.objects.get(document=document).left == []
    assert PLACE not in content
    assert (len(content), document.file_size) == (len(WHOLE), len(WHOLE))


def test_film_in_an_archive__is_cleaned():
    content, left = cleaned(telling.archive({"a.mp4": WHOLE, "b.mov": PIECES}), "all.zip")

    assert left == []
    assert len(telling.unpacked(content)) == 3
    assert not [part for part in telling.unpacked(content) if PLACE in part]
