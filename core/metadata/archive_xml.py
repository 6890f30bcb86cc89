"""XML parts of Office files, OpenDocument files and EPUBs: their encoding, and the lists of parts and links."""

import codecs
import posixpath
import re
from html import unescape
from xml.parsers import expat

from core.metadata.archive_rules import VALUE

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
_LIKE_ASCII = re.compile(rb"utf-?8|us-ascii|iso-8859-\d+|windows-125\d|cp125\d|koi8-[ru]", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"\s(?:[\w-]+:)?(Type|Target|TargetMode|PartName|full-path)(" + VALUE + rb")")
_ENTRY = re.compile(
    rb"<((?:[\w.-]+:)?(?:Relationship|Override|file-entry))(?=[\s/>])(?:[^>]*/>|[^>]*(?<!/)>.*?</\1\s*>)",
    re.DOTALL,
)
_LISTS = re.compile(r"(.*/)?_rels/[^/]*\.rels|\[Content_Types\]\.xml|META-INF/manifest\.xml", re.IGNORECASE)
_REMOVED = (
    *(b"thumbnail", b"attachedTemplate", b"printerSettings", b"recipientData"),
    *(b"mailMergeSource", b"mailMergeHeaderSource"),
)
# Comments and processing instructions. Within a CDATA section the same characters are text.
_REMARK = re.compile(rb"(<!\[CDATA\[.*?\]\]>)|<!--.*?-->|<\?(?!xml[\s-])[^>]*?\?>", re.DOTALL)
_PUBLIC = re.compile(rb"(?:https?|mailto|tel):|#", re.IGNORECASE)
NOWHERE = b"about:blank"
CHECKED_BYTES = 4096


def as_utf8(content: bytes) -> bytes:
    """Return XML in UTF-8 or the encoding it has, if that includes ASCII, without comments and processing
    instructions. UTF-16 becomes UTF-8.

    Raise ValueError for another encoding, and for a part of more than CHECKED_BYTES that is not well-formed: the
    time of the rules' patterns grows with the square of the length of unclosed elements.
    """
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        first = "<".encode(encoding)
        if content.startswith((mark, first)):
            text = content.removeprefix(mark).decode(encoding)
            content = re.sub(
                r"""(<\?xml[^>]*?encoding\s*=\s*)(["'])[^"']*\2""", r'\1"UTF-8"', text, count=1
            ).encode()
    declared = _DECLARED.match(content.removeprefix(codecs.BOM_UTF8))
    if b"\0" in content or (declared and not _LIKE_ASCII.fullmatch(declared[1])):
        raise ValueError("an encoding that is not known")
    if len(content) > CHECKED_BYTES:
        try:
            expat.ParserCreate().Parse(content, True)
        except expat.ExpatError as error:
            raise ValueError("not well-formed") from error
    return _REMARK.sub(lambda found: found[1] or b"", content)


def without_entries(content: bytes, name: str, removed: re.Pattern[str]) -> tuple[bytes, set[str]]:
    """Return a part without its entries for parts that are left out, and the codes of what could not be removed.

    `name` is the name of the part; only lists of parts and of links are changed. Links to files on a computer,
    which work for no reader, are set to NOWHERE. The code is "linked", for web addresses that name a person.
    """
    if not _LISTS.fullmatch(name):
        return content, set()
    folder = posixpath.dirname(posixpath.dirname(name)) if name.lower().endswith(".rels") else ""
    left = set()

    def change(entry: re.Match[bytes]) -> bytes:
        found = {each[1]: each[2].split(b"=", 1)[1].strip()[1:-1] for each in _ATTRIBUTE.finditer(entry[0])}
        if found.get(b"Type", b"").endswith(_REMOVED):
            return b""
        target = found.get(b"Target", b"")
        if found.get(b"TargetMode", b"").lower() == b"external":
            if b"-my.sharepoint.com/" in target.lower() or re.match(rb"https?://[^/]*@", target):
                left.add("linked")
            if _PUBLIC.match(target):
                return entry[0]
            return re.sub(rb"(\sTarget)" + VALUE, rb'\1="' + NOWHERE + b'"', entry[0])
        listed = found.get(b"PartName") or found.get(b"full-path") or target
        return b"" if removed.fullmatch(_resolved(folder, listed)) else entry[0]

    return _ENTRY.sub(change, content), left


def _resolved(folder: str, target: bytes) -> str:
    """Return the name of the part to which `target`, relative to `folder`, refers."""
    path = unescape(target.decode("utf-8", "ignore"))
    return posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/") + ("/" if path.endswith("/") else "")
