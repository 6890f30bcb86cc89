"""Documents, sounds and films that tell all they can; none of the markers may be left in a cleaned one."""

import io
import struct
import zipfile
from functools import cache

import pikepdf

from core.metadata.ogg import check_sum
from tests.core import telling_pictures as pictures

PERSON, COMPANY, DEVICE, PLACE, PATH = (
    "Zarina Example",
    "Secret Office",
    "Pocketphone 7000",
    "+38.5598+068.7870",
    "C:\\Users\\zarina",
)
MARKERS = [text.encode() for text in (PERSON, COMPANY, DEVICE, PLACE, PATH, "behind the end", "Exif\0\0")]
WORDS = "What the document says."
CORE = (
    f"<cp:coreProperties><dc:title>A guide</dc:title><dc:creator>{PERSON}</dc:creator>"
    f"<cp:lastModifiedBy>{PERSON}</cp:lastModifiedBy></cp:coreProperties>"
)
APP = f"<Properties><Company>{COMPANY}</Company><Manager>{PERSON}</Manager></Properties>"
CUSTOM = f"<Properties><property name='Checked by'><vt:lpwstr>{PERSON}</vt:lpwstr></property></Properties>"
RELS = (
    '<Relationships><Relationship Id="rId1" Type="http://x/officeDocument" Target="main.xml"/>'
    '<Relationship Id="rId2" Type="http://x/metadata/thumbnail" Target="docProps/thumbnail.jpeg"/></Relationships>'
)


def photo() -> bytes:
    return pictures.everything()["IMG_20240816_Malika.jpg"].replace(pictures.PERSON.encode(), PERSON.encode())


def archive(parts: dict[str, str | bytes], stored: str = "") -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as new:
        new.comment = PERSON.encode()
        for name, content in parts.items():
            kind = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            new.writestr(zipfile.ZipInfo(name, (2024, 8, 16, 10, 11, 12)), content, kind)
    return saved.getvalue()


def office(**parts: str | bytes) -> bytes:
    return archive(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": RELS,
            "docProps/core.xml": CORE,
            "docProps/app.xml": APP,
            "docProps/custom.xml": CUSTOM,
            "docProps/thumbnail.jpeg": photo(),
            **parts,
        }
    )


def docx() -> bytes:
    text = f'<w:document><w:ins w:id="1" w:author="{PERSON}" w:date="2024"><w:t>{WORDS}</w:t></w:ins></w:document>'
    parts: dict[str, str | bytes] = {
        "word/document.xml": text,
        "word/comments.xml": f'<w:comments><w:comment w:author="{PERSON}" w:initials="ZE"/></w:comments>',
        "word/people.xml": f'<w15:people><w15:person w15:author="{PERSON}"><a/></w15:person></w15:people>',
        "word/settings.xml": '<w:settings><w:attachedTemplate r:id="rId1"/><w:zoom/></w:settings>',
        "word/_rels/settings.xml.rels": (
            f'<Relationships><Relationship Id="rId1" Type="http://x/attachedTemplate" Target="{PATH}"/>'
            "</Relationships>"
        ),
        "word/media/image1.jpg": photo(),
    }
    return office(**parts)


def xlsx() -> bytes:
    return office(
        **{
            "xl/workbook.xml": f'<workbook><x15ac:absPath url="{PATH}" xmlns:x="y"/><t>{WORDS}</t></workbook>',
            "xl/comments1.xml": f"<comments><authors><author>{PERSON}</author></authors></comments>",
            "xl/persons/person.xml": f'<personList><person displayName="{PERSON}" id="1"/></personList>',
            "xl/worksheets/sheet1.xml": '<worksheet><pageSetup paperSize="9" r:id="rId1"/></worksheet>',
            "xl/printerSettings/printerSettings1.bin": DEVICE,
        }
    )


def pptx() -> bytes:
    parts: dict[str, str | bytes] = {
        "ppt/slides/slide1.xml": f"<p:sld>{WORDS}</p:sld>",
        "ppt/commentAuthors.xml": f'<p:cmAuthor id="0" name="{PERSON}" initials="ZE"/>',
        "ppt/media/image1.png": pictures.everything()["text.png"].replace(
            pictures.PERSON.encode(), PERSON.encode()
        ),
    }
    return office(**parts)


def odt(kind: str = "text") -> bytes:
    return archive(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "meta.xml": f"<office:meta><meta:initial-creator>{PERSON}</meta:initial-creator></office:meta>",
            "content.xml": f"<office:annotation><dc:creator>{PERSON}</dc:creator></office:annotation>{WORDS}",
            "settings.xml": (
                f'<config:config-item config:name="PrinterName" config:type="string">{DEVICE}</config:config-item>'
            ),
            "Thumbnails/thumbnail.png": PERSON,
            "Pictures/one.jpg": photo(),
            "META-INF/manifest.xml": '<manifest:file-entry manifest:full-path="Thumbnails/thumbnail.png" a="b"/>',
        },
        stored="mimetype",
    )


def epub() -> bytes:
    return archive(
        {
            "mimetype": "application/epub+zip",
            "content.opf": f"<package><dc:creator id='a'>{PERSON}</dc:creator></package>",
            "text.xhtml": f"<p>{WORDS}</p>",
            "one.jpg": photo(),
        },
        stored="mimetype",
    )


def zipped() -> bytes:
    return archive({"inside/a.docx": docx(), "inside/b.pdf": pdf(), "photo.jpg": photo(), "list.csv": WORDS})


def pdf(**options) -> bytes:
    new = pikepdf.new()
    new.add_blank_page(page_size=(200, 200))
    page = new.pages[0]
    picture = pikepdf.Stream(new, photo(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=320)
    picture.Filter, picture.Height = pikepdf.Name.DCTDecode, 200
    picture.Metadata = pikepdf.Stream(new, pictures.xmp(PERSON))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=new.make_indirect(picture)))
    page.Contents = new.make_stream(b"BT (" + WORDS.encode() + b") Tj ET")
    page.PieceInfo = pikepdf.Dictionary(Maker=PERSON)
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, T=PERSON, Contents="A note")
    page.Annots = pikepdf.Array([new.make_indirect(note)])
    with new.open_metadata() as metadata:
        metadata["dc:creator"] = [PERSON]
        metadata["xmp:CreatorTool"] = DEVICE
        metadata["pdfuaid:part"] = "1"
    new.docinfo["/Author"], new.docinfo["/Producer"] = PERSON, COMPANY
    new.docinfo["/Title"] = options.pop("title", "A guide")
    saved = io.BytesIO()
    new.save(saved, compress_streams=False, **options)
    return saved.getvalue()


def signed_pdf() -> bytes:
    new = pikepdf.new()
    new.add_blank_page()
    signature = pikepdf.Dictionary(Type=pikepdf.Name.Sig, ByteRange=[0, 1, 2, 3], Contents=b"0" * 20, Name=PERSON)
    new.Root.AcroForm = pikepdf.Dictionary(SigFlags=3, Fields=[])
    new.Root.AcroForm.Signed = new.make_indirect(signature)
    saved = io.BytesIO()
    new.save(saved)
    return saved.getvalue()


def id3(*frames: tuple[bytes, bytes]) -> bytes:
    body = b"".join(name + struct.pack(">L", len(text)) + b"\0\0" + text for name, text in frames)
    size = bytes((len(body) >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\0\0" + size + body


# MPEG-2.5 without tags, as dictaphones write it: 32 kbit/s, 11,025 samples a second.
SLOW_SOUND = (b"\xff\xe3\x40\x00" + bytes(204)) * 5
SOUND = (b"\xff\xfb\x90\x00" + bytes(range(1, 250)) + bytes(164)) * 5


def mp3() -> bytes:
    tag = id3((b"TPE1", b"\0" + PERSON.encode()), (b"CHAP", b"one\0" + bytes(16)), (b"TSSE", DEVICE.encode()))
    ape = b"APETAGEX" + struct.pack("<LLL", 2000, 60, 1) + bytes(8) + b"\0" * 4
    item = struct.pack("<LL", len(COMPANY), 0) + b"Artist\0" + COMPANY.encode()
    ape = item + b"APETAGEX" + struct.pack("<LLLL", 2000, len(item) + 32, 1, 0) + bytes(8)
    return tag + bytes(50) + SOUND + ape + (b"TAG" + PERSON.encode()).ljust(128, b"\0")


def aac() -> bytes:
    """Return frames of ADTS between tags."""
    body = bytes(range(1, 94))
    length = len(body) + 7
    head = bytes((0xFF, 0xF1, 0x50, 0x80 | length >> 11, length >> 3 & 0xFF, (length & 7) << 5 | 0x1F, 0xFC))
    tag = id3((b"TPE1", b"\0" + PERSON.encode()))
    return tag + (head + body) * 5 + (b"TAG" + PERSON.encode()).ljust(128, b"\0")


def flac() -> bytes:
    comments = (
        struct.pack("<L", len(DEVICE)) + DEVICE.encode() + struct.pack("<LL", 1, len(PERSON)) + PERSON.encode()
    )
    blocks = {0: bytes(34), 2: b"riff" + PATH.encode(), 3: bytes(18), 4: comments, 5: PLACE.encode(), 6: photo()}
    head = b"".join(
        bytes((kind | (0x80 if kind == 6 else 0),)) + len(body).to_bytes(3) + body for kind, body in blocks.items()
    )
    return b"fLaC" + head + b"\xff\xf8" + FRAMES + (b"TAG" + PERSON.encode()).ljust(128, b"\0")


def box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">L4s", len(body) + 8, kind) + body


def mp4(handler: bytes = b"vide", brand: bytes = b"isom") -> bytes:
    """Its pictures are where it says: at the end, after all that tells."""
    times = struct.pack(">LLL", 0, 3_800_000_000, 3_800_000_001) + bytes(80)
    entry = box(
        b"avc1", bytes(6) + b"\0\1" + bytes(24) + bytes(8) + b"\0\1" + DEVICE.encode().ljust(32, b"\0") + bytes(4)
    )
    sample = box(b"stsd", bytes(4), struct.pack(">L", 1), entry)
    handled = box(b"hdlr", bytes(8), handler, bytes(12), DEVICE.encode() + b"\0")
    media = box(b"mdia", box(b"mdhd", times), handled, box(b"minf", box(b"stbl", sample)))
    keys = box(b"meta", PERSON.encode(), PLACE.encode())
    user = box(b"udta", box(b"\xa9xyz", PLACE.encode()), box(b"chpl", b"a chapter"), keys)
    moov = box(b"moov", box(b"mvhd", times), box(b"trak", media, box(b"udta", COMPANY.encode())), user, keys)
    xmp = box(b"uuid", bytes(16), pictures.xmp(PERSON))
    return box(b"ftyp", brand) + moov + xmp + box(b"mdat", FRAMES)


FRAMES = bytes(range(256)) * 20


def page(number: int, *packets: bytes, serial: int = 7, first: bool = False) -> bytes:
    """A page of an Ogg file; a last packet of a multiple of 255 bytes goes on in the next one."""
    lengths = b""
    for packet in packets:
        lengths += b"\xff" * (len(packet) // 255)
        lengths += bytes([len(packet) % 255]) if len(packet) % 255 or packet is not packets[-1] else b""
    body = b"".join(packets)
    head = struct.pack("<4sBBqLLLB", b"OggS", 0, 2 if first else 0, 0, serial, number, 0, len(lengths))
    head = head[:22] + struct.pack("<L", check_sum(head + lengths + body)) + head[26:]
    return head + lengths + body


def comments(*texts: str) -> bytes:
    packed = (struct.pack("<L", len(text.encode())) + text.encode() for text in (DEVICE, *texts))
    vendor, *others = packed
    return vendor + struct.pack("<L", len(others)) + b"".join(others)


def ogg(start: bytes = b"OpusHead", magic: bytes = b"OpusTags") -> bytes:
    """Its comments go over two pages, and share the second one with what follows."""
    told = magic + comments(f"ARTIST={PERSON}", f"LOCATION={PLACE}", f"PATH={PATH}" * 20) + b"\1"
    pages = [page(0, start + bytes(20), first=True), page(1, told[:255]), page(2, told[255:], b"\5setup")]
    return b"".join(pages) + page(3, FRAMES) + b"behind the end"


def wav() -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return kind + struct.pack("<L", len(content)) + content + bytes(len(content) % 2)

    told = chunk(b"LIST", b"INFO" + chunk(b"IART", PERSON.encode())) + chunk(b"bext", DEVICE.encode())
    form = chunk(b"fmt ", struct.pack("<HHLLHH", 1, 1, 8000, 8000, 1, 8))
    body = b"WAVE" + told + form + chunk(b"data", FRAMES) + chunk(b"id3 ", id3((b"TPE1", PERSON.encode())))
    return chunk(b"RIFF", body) + b"behind the end"


def element(kind: str, *content: bytes, size: int | None = None) -> bytes:
    body = b"".join(content)
    length = (1 << 56 | len(body)).to_bytes(8, "big") if size is None else b"\xff"
    return bytes.fromhex(kind) + length + body


def webm(unknown: bool = False) -> bytes:
    info = element(
        "1549A966", element("BF", bytes(4)), element("5741", DEVICE.encode()), element("7BA9", PERSON.encode())
    )
    tags = element("1254C367", element("7373", PLACE.encode(), PERSON.encode()))
    cluster = element("1F43B675", element("A3", FRAMES), size=0 if unknown else None)
    segment = element("18538067", info, cluster, tags, size=0 if unknown else None)
    return element("1A45DFA3", element("4282", b"webm")) + segment


@cache
def everything() -> dict[str, bytes]:
    return {
        "Zarina Example.docx": docx(),
        "table.xlsx": xlsx(),
        "slides.pptx": pptx(),
        "show.ppsx": pptx(),
        "text.odt": odt(),
        "drawing.odg": odt("graphics"),
        "table.ods": odt("spreadsheet"),
        "slides.odp": odt("presentation"),
        "book.epub": epub(),
        "guide.pdf": pdf(),
        "sound.mp3": mp3(),
        "memo.mp3": SLOW_SOUND,
        "voice.aac": aac(),
        "voice.flac": flac(),
        "film.mp4": mp4(),
        "sound.m4a": mp4(b"soun", b"M4A "),
        "film.mov": mp4(brand=b"qt  "),
        "phone.3gp": mp4(brand=b"3gp4"),
        "film.m4v": mp4(brand=b"M4V "),
        "voice.opus": ogg(),
        "voice.ogg": ogg(b"\x01vorbis", b"\x03vorbis"),
        "voice.oga": ogg(b"Speex   ", b""),
        "film.ogv": ogg(b"\x80theora", b"\x81theora"),
        "voice.wav": wav(),
        "film.webm": webm(),
        "stream.webm": webm(unknown=True),
        "all.zip": zipped(),
    }


def unpacked(content: bytes) -> list[bytes]:
    """The content itself and, of an archive, all parts of it."""
    if not content.startswith(b"PK"):
        return [content]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        inside = [part for name in parts.namelist() for part in unpacked(parts.read(name))]
    return [content, *inside]
