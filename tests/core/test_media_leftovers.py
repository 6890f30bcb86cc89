"""Places of pictures, PDFs, films and sounds that hold names and are easily forgotten."""

import io
import struct

import pikepdf
import pytest

from tests.core import telling_documents as telling
from tests.core import telling_pictures as pictures
from tests.core.test_document_leftovers import NAME, cleaned, said

XMP = pictures.xmp(NAME)


def gif() -> bytes:
    comment = b"!\xfe" + bytes([len(NAME)]) + NAME.encode() + b"\0"
    program = b"!\xff\x0bXMP DataXMP" + bytes([len(NAME)]) + NAME.encode() + b"\0"
    picture = b",\0\0\0\0\1\0\1\0\0\2\2D\1\0"
    return b"GIF89a\1\0\1\0\x80\0\0" + bytes(6) + comment + program + picture + b";" + NAME.encode()


def jp2() -> bytes:
    comment = b"\xff\x64" + struct.pack(">HH", len(NAME) + 4, 1) + NAME.encode()
    stream = b"\xff\x4f\xff\x51\0\x04\0\0" + comment + b"\xff\x90\0\x0a" + bytes(8) + b"\xff\xd9"
    signature = b"\0\0\0\x0cjP  \r\n\x87\n"
    return signature + telling.box(b"ftyp", b"jp2 ") + telling.box(b"xml ", XMP) + telling.box(b"jp2c", stream)


def jpeg() -> bytes:
    photo = telling.photo()
    return (
        photo[:2]
        + b"\xff\xee"
        + struct.pack(">H", 14 + len(NAME))
        + b"Adobe"
        + bytes(7)
        + NAME.encode()
        + photo[2:]
    )


@pytest.mark.parametrize(("name", "content"), [("a.gif", gif()), ("a.jp2", jp2()), ("a.jpg", jpeg())])
def test_picture__tells_nothing(name, content):
    for file, stored in (
        (f"b.{name[2:]}", content),
        ("a.docx", telling.office(**{f"word/media/{name}": content})),
    ):
        got, left = cleaned(file, stored)
        assert left == []
        assert NAME.encode() not in said(got)


def pdf(change) -> bytes:
    new = pikepdf.new()
    new.add_blank_page()
    change(new)
    saved = io.BytesIO()
    new.save(saved, compress_streams=False)
    return saved.getvalue()


def direct_xmp(new):
    marks = pikepdf.Dictionary(MC0=pikepdf.Dictionary(Metadata=pikepdf.Stream(new, XMP)))
    new.pages[0].Resources = pikepdf.Dictionary(Properties=marks, Other=pikepdf.Stream(new, XMP))


def direct_piece(new):
    form = pikepdf.Dictionary(Inner=pikepdf.Dictionary(PieceInfo=pikepdf.Dictionary(Maker=NAME)))
    new.Root.Extra = pikepdf.Array([form])


def threads(new):
    new.Root.Threads = pikepdf.Array([pikepdf.Dictionary(I=pikepdf.Dictionary(Author=NAME))])


def layers(new):
    usage = pikepdf.Dictionary(CreatorInfo=pikepdf.Dictionary(Creator=NAME))
    layer = new.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Layer", Usage=usage))
    new.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=pikepdf.Dictionary(Creator=NAME))


def notes(new):
    note = pikepdf.Dictionary(Subtype=pikepdf.Name.Text, Rect=[0, 0, 1, 1], T=NAME, NM=NAME, Contents="Words")
    new.pages[0].Annots = pikepdf.Array([note])


def second_info(new):
    new.docinfo["/Author"] = NAME
    new.Root.Copy = new.trailer.Info


def jpx(new):
    picture = pikepdf.Stream(new, jp2(), Subtype=pikepdf.Name.Image, Filter=pikepdf.Name.JPXDecode)
    new.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))


@pytest.mark.parametrize("change", [direct_xmp, direct_piece, threads, layers, notes, second_info, jpx])
def test_pdf__tells_nothing_in_any_object(change):
    before = pdf(change)
    content, left = cleaned("a.pdf", before)

    assert NAME.encode() in before
    assert left == []
    assert NAME.encode() not in content


def attached(new):
    file = pikepdf.Stream(new, b"words")
    new.pages[0].AF = pikepdf.Array([pikepdf.Dictionary(F="a", EF=pikepdf.Dictionary(F=file))])


def launched(new):
    new.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="C:\\Users\\zarina\\a.doc")


def named(new):
    new.docinfo["/Author"] = NAME
    new.Root.Extra = pikepdf.Dictionary(Approved=f"by {NAME}")


@pytest.mark.parametrize(("change", "left"), [(attached, "attachments"), (launched, "linked"), (named, "named")])
def test_pdf__shows_what_cannot_be_removed(change, left):
    assert cleaned("a.pdf", pdf(change))[1] == [left]


def film(*inside: bytes, after: bytes = b"") -> bytes:
    whole = telling.mp4()
    moov = telling.box(b"moov", *inside)
    return whole + after if not inside else telling.box(b"ftyp", b"isom") + moov + after


def described(kind: bytes, fixed: int) -> bytes:
    """A track whose description of pictures or sound holds more than the codec needs."""
    start = bytes(40) + b"\0\1" + bytes(36) if kind == b"avc1" else bytes(fixed)
    entry = telling.box(kind, start, telling.box(b"udta", NAME.encode()))
    samples = telling.box(b"stsd", struct.pack(">LL", 0, 1), entry)
    return telling.box(b"trak", telling.box(b"mdia", telling.box(b"minf", telling.box(b"stbl", samples))))


@pytest.mark.parametrize(
    "content",
    [
        film(after=telling.box(b"free", NAME.encode())),
        film(after=telling.box(b"skip", NAME.encode())),
        film(after=telling.box(b"note", NAME.encode())),
        film(after=telling.box(b"moof", telling.box(b"udta", NAME.encode()))),
        film(telling.box(b"gps ", NAME.encode())),
        film(telling.box(b"mvhd", bytes(100), NAME.encode())),
        film(described(b"avc1", 78)),
        film(described(b"mp4a", 28)),
        film(telling.box(b"trak", telling.box(b"mdia", telling.box(b"junk", NAME.encode())))),
    ],
)
def test_film__keeps_only_what_a_player_needs(content):
    got, left = cleaned("a.mp4", content)

    assert left == []
    assert NAME.encode() not in got
    assert len(got) == len(content)


def test_film__in_webm_keeps_only_what_a_player_needs():
    void = telling.element("EC", NAME.encode())
    info = telling.element("1549A966", telling.element("5741", b"a"), void)
    cluster = telling.element("1F43B675", telling.element("A3", telling.FRAMES), void)
    strange = telling.element("1A2B3C4D", NAME.encode()) + telling.element("EC", NAME.encode())
    content = telling.element("1A45DFA3") + telling.element("18538067", info, strange, cluster) + strange

    got, left = cleaned("a.webm", content)

    assert (NAME.encode() in got, left, len(got)) == (False, [], len(content))
    assert telling.FRAMES in got


@pytest.mark.parametrize("version", [3, 4])
def test_sound__tells_nothing_in_chapters_and_after_the_end(version):
    inner = b"".join(
        kind + struct.pack(">L", len(text)) + b"\0\0" + text
        for kind, text in ((b"TIT2", b"\0A chapter"), (b"TPE1", b"\0" + NAME.encode()))
    )
    tag = telling.id3((b"CHAP", b"one\0" + bytes(16) + inner), (b"CTOC", b"toc\0\3\1one\0" + inner))
    content = tag[:3] + bytes([version]) + tag[4:] + telling.SOUND + NAME.encode() + bytes(40)

    got, left = cleaned("a.mp3", content)

    assert left == []
    assert NAME.encode() not in got
    assert got.count(b"A chapter") == 2
    assert b"toc\0\3\1one\0" in got
    assert got.endswith(telling.SOUND)
