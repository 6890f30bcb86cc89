"""Reading and writing of PO files (GNU gettext). A unit is identified by msgctxt and msgid, the translation by a
header."""

import re
from collections.abc import Iterator

import polib
from django.utils import timezone
from django.utils.translation import gettext as _

from translation.exchange.markup import decoded, is_true
from translation.exchange.records import Format, InFile, InUnit, OutFile, OutUnit, Refused, Standing, is_uuid
from translation.exchange.wording import DAMAGED, ENCODING, NO_IDS
from translation.localize.models import path_hash, string_hash

TRANSLATION = "X-WagtailLocalize-TranslationID"
"""The header in which wagtail-localize writes the translation's id."""
SITE = "X-Site-ID"
COUNT = "X-Strings"
"""The header with the number of strings, which shows that a file was cut off."""
UNSURE = (Standing.NEEDS_REVIEW, Standing.STALE)
# polib takes each of these for the end of a line, so private-use characters replace them while it reads.
LINE_ENDS = dict(zip("\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", map(chr, range(0xF8F0, 0xF8F8)), strict=True))
HIDE = str.maketrans(LINE_ENDS)
SHOW = str.maketrans({hidden: shown for shown, hidden in LINE_ENDS.items()})
LINE = re.compile(r"^(?:\s*|#.*|(?:msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d+\])?\s*\".*\"\s*)$")


def write(file: OutFile) -> bytes:
    """Return the content of a PO file in UTF-8. Stale texts and those that need a look are marked as fuzzy."""
    now = timezone.now().strftime("%Y-%m-%d %H:%M+0000")
    po = polib.POFile(wrapwidth=0)
    po.metadata = {
        "Project-Id-Version": _line(file.title),
        "Report-Msgid-Bugs-To": "",
        "POT-Creation-Date": now,
        "PO-Revision-Date": now,
        "Last-Translator": "",
        "Language-Team": file.target_language,
        "Language": file.target_language.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        SITE: str(file.site),
        TRANSLATION: str(file.translation),
        COUNT: str(len(file.units)),
    }
    for unit in file.units:
        po.append(_entry(file, unit))
    return str(po).encode()


def _entry(file: OutFile, unit: OutUnit) -> polib.POEntry:
    told = {"place": unit.place, "standing": unit.standing.label}
    comments = [f"{file.kind}: {file.title}", _("Place: %(place)s") % told, _("State: %(standing)s") % told]
    if unit.max_length:
        comments.append(_("Maximum length: %(count)d characters") % {"count": unit.max_length})
    comments += [_("Note: %(text)s") % {"text": note} for note in unit.notes]
    if unit.old_text:
        comments.append(_("Earlier translation: %(text)s") % {"text": unit.old_text})
    return polib.POEntry(
        msgctxt=unit.path,
        msgid=unit.source,
        msgstr=unit.text,
        comment="\n".join(map(_line, comments)),
        flags=["fuzzy"] if unit.standing in UNSURE else [],
        previous_msgid=unit.old_source or None,
    )


def _line(text: str) -> str:
    """Return the text on one line, with single spaces."""
    return " ".join(text.split())


def read(name: str, content: bytes) -> list[InFile]:
    """Return the record of a PO file, as a list of one. Raise Refused if it is damaged or cut off, not in UTF-8 or
    UTF-16, or if an entry has no msgctxt. Fuzzy texts are not final; obsolete entries are
    left out."""
    po = _parsed(decoded(content))
    metadata = {key.lower(): value.strip() for key, value in po.metadata.items()}
    translation = metadata.get(TRANSLATION.lower(), "")
    charset = metadata.get("content-type", "charset=utf-8").rpartition("charset=")[2].lower()
    if not is_true(charset, content):
        raise Refused(ENCODING)
    if any(entry.msgctxt is None for entry in po if not entry.obsolete):
        raise Refused(NO_IDS)
    if not is_uuid(translation):
        translation = ""
    count = metadata.get(COUNT.lower(), "0")
    if count.isascii() and count.isdigit() and len(po) < int(count):
        raise Refused(DAMAGED)
    language = metadata.get("language", "").replace("_", "-")
    return [InFile(name, Format.PO, metadata.get(SITE.lower(), ""), translation, language, tuple(_units(po)))]


def _parsed(text: str) -> polib.POFile:
    text = text.translate(HIDE)
    if not all(LINE.match(line) for line in text.splitlines()):
        raise Refused(DAMAGED)
    try:
        # polib takes a string that is the name of a file for that file; the first line prevents this.
        return polib.pofile("#\n" + text)
    except (OSError, ValueError, IndexError, KeyError) as error:
        raise Refused(DAMAGED) from error


def _units(po: polib.POFile) -> Iterator[InUnit]:
    for entry in po:
        if entry.obsolete:
            continue
        path, source = entry.msgctxt.translate(SHOW), entry.msgid.translate(SHOW)
        yield InUnit(
            str(path_hash(path)),
            str(string_hash(source)),
            source,
            entry.msgstr.translate(SHOW),
            final=not entry.fuzzy,
        )
