"""Reading of files of unknown origin as clean text."""

import codecs
import hashlib
import re
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from campaigns.importer.markup import HTML_NAMES, without_markup
from campaigns.importer.mojibake import repaired

MAX_MEGABYTES = 5
MAX_BYTES = MAX_MEGABYTES * 1_000_000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FOREIGN_STARTS = {
    "%PDF": "a PDF",
    "{\\rtf": "an RTF document",
    "<?xml": "XML",
}
_HTML = re.compile(
    rf"<!--|<!doctype|</?(?:{HTML_NAMES})(?:[\s/][^<>]{{0,1000}})?>",
    re.IGNORECASE,
)
_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Soft hyphens, zero-width spaces and direction marks. The joiners U+200C and U+200D stay: Dari needs them.
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
# Characters of Windows-1252 that were decoded as ISO 8859-1.
_FROM_1252 = {
    code: letter
    for code in range(0x80, 0xA0)
    if code != 0x85 and (letter := bytes([code]).decode("cp1252", "ignore")) != chr(code)
}


class StoryProblem(ValueError):
    """A file cannot become a story. The message is for the person who runs the import."""


@dataclass(frozen=True)
class Source:
    """A file that was read. `sha256` is the checksum of its words, whatever the encoding and the spaces."""

    path: Path
    sha256: str
    text: str
    doubts: tuple[str, ...] = ()
    """Messages for the editor about what should be checked."""
    left_out: tuple[str, ...] = ()
    """Markup of another system that was removed from the text."""


def read_source(path: Path, encoding: str = "") -> Source:
    """Return the clean text of a file in UTF-8 or UTF-16 or, if it is not UTF-8, in `encoding`, with wrongly
    decoded letters repaired and markup of other systems removed. Raise StoryProblem if that is impossible: the
    file is missing, empty, larger than MAX_BYTES, or not plain text."""
    text, was_repaired = repaired(_decoded(_read_bytes(path), encoding))
    plain = without_markup(text)
    _refuse_foreign_formats(plain.text)
    text = clean(plain.text)
    doubts = [*plain.doubts]
    if was_repaired:
        doubts.insert(
            0, "Letters in a wrong encoding (such as “â€œ”) were put right: compare them with the original"
        )
    # The checksum of the words, so that the same story in another encoding has the same one.
    words = unicodedata.normalize("NFC", " ".join(text.split()))
    digest = hashlib.sha256(words.encode()).hexdigest()
    return Source(path, digest, text, tuple(doubts), tuple(plain.left_out))


def _read_bytes(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise StoryProblem("not a file")
        if status.st_size > MAX_BYTES:
            raise StoryProblem(
                f"too large: {status.st_size / 1_000_000:.1f} MB, and a story has at most {MAX_MEGABYTES} MB"
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise StoryProblem("file not found") from error
    except (OSError, ValueError) as error:
        if isinstance(error, StoryProblem):
            raise
        raise StoryProblem(f"cannot be read: {getattr(error, 'strerror', None) or error}") from error


def decode(content: bytes) -> str:
    """Return the text of a file's content as it is, without cleaning. Raise StoryProblem if it is empty or not
    plain text in UTF-8, or in UTF-16 with a byte order mark."""
    text = _decoded(content)
    _refuse_foreign_formats(text)
    return text


def _decoded(content: bytes, other_encoding: str = "") -> str:
    if not content.strip():
        raise StoryProblem("empty")
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise StoryProblem("wrong encoding: UTF-32; save it as UTF-8")
    encoding = next((name for bom, name in _BOMS if content.startswith(bom)), "utf-8")
    if encoding != "utf-16" and b"\0" in content:
        raise StoryProblem("not plain text: it contains NUL bytes")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and other_encoding:
            return _in_other_encoding(content, other_encoding)
        raise StoryProblem(_decoding_problem(content, error)) from error
    return text


def _in_other_encoding(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise StoryProblem(_decoding_problem(content, error)) from error


def _decoding_problem(content: bytes, error: UnicodeDecodeError) -> str:
    """Return the message about content that could not be decoded: that it is binary, if it has many control
    characters, else which byte is wrong."""
    sample = content[:4096]
    controls = sum(byte < 32 and byte not in b"\t\n\v\f\r" for byte in sample)
    if controls > len(sample) // 50:
        return "not plain text: binary"
    byte = f"byte 0x{content[error.start]:02X} at position {error.start}"
    return f"wrong encoding: {byte} is not {error.encoding.upper()}; save it as UTF-8, or give its --encoding"


def _refuse_foreign_formats(text: str) -> None:
    """Raise StoryProblem if the text is in another format, such as HTML or PDF, or has control characters."""
    start = text[:200].lstrip("\ufeff \t\r\n").lower()
    for mark, name in _FOREIGN_STARTS.items():
        if start.startswith(mark.lower()):
            raise StoryProblem(f"not plain text: it is {name}")
    if _HTML.search(text):
        raise StoryProblem("not plain text: it is HTML")
    if _CONTROLS.search(text):
        raise StoryProblem("not plain text: it contains control characters")


def clean(text: str) -> str:
    """Return the text with uniform line breaks, spaces and composed letters (NFC) and without invisible
    characters. Raise StoryProblem if nothing is left."""
    text = unicodedata.normalize("NFC", text.translate(_FROM_1252))
    text = _LINE_BREAKS.sub("\n", text)
    text = _INVISIBLE.sub("", text)
    text = re.sub(" {2,}", " ", _SPACES.sub(" ", text))
    if not text.strip():
        raise StoryProblem("empty")
    return text
