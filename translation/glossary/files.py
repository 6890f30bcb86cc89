"""The glossary as CSV and TBX: one record for each translation, the same for both formats. TBX is read in the
older form (`termEntry`) and the newer one (`conceptEntry`), and written in the older one, which more programs
read."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from xml.etree import ElementTree

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale

from core.languages.tags import is_same
from translation.control_characters import without_controls
from translation.models import PartOfSpeech, Term, TermStatus, TermTranslation

LARGEST = 4 * 1024 * 1024
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TBX_STATUS = {
    TermStatus.PREFERRED: "preferredTerm-admn-sts",
    TermStatus.ALLOWED: "admittedTerm-admn-sts",
    TermStatus.FORBIDDEN: "deprecatedTerm-admn-sts",
}
STATUS_OF_TBX = {name: status for status, name in TBX_STATUS.items()} | {
    "supersededTerm-admn-sts": TermStatus.FORBIDDEN,
    "preferred": TermStatus.PREFERRED,
    "admitted": TermStatus.ALLOWED,
    "notRecommended": TermStatus.FORBIDDEN,
}
# An apostrophe that `core.spreadsheets` has put before a value.
MADE_SAFE = re.compile(r"'(?=[=+\-@|%])")


@dataclass
class Record:
    """A term with one of its translations; without one, `language` is empty."""

    term: str
    part_of_speech: str = ""
    other_forms: str = ""
    note: str = ""
    language: str = ""
    translation: str = ""
    status: str = TermStatus.UNVERIFIED
    translation_part_of_speech: str = ""
    translation_other_forms: str = ""
    translation_note: str = ""


COLUMNS = [each.name for each in fields(Record)]


@dataclass
class Imported:
    """What an import has done."""

    added: int = 0
    changed: int = 0
    unknown_languages: frozenset[str] = frozenset()


def records() -> Iterator[Record]:
    """Yield the whole glossary."""
    for term in Term.objects.prefetch_related("translations__locale"):
        own = (term.text, term.part_of_speech, term.other_forms, term.note)
        translations = list(term.translations.all())
        for each in translations:
            yield Record(
                *own,
                each.locale.language_code,
                each.text,
                each.status,
                each.part_of_speech,
                each.other_forms,
                each.note,
            )
        if not translations:
            yield Record(*own)


def as_csv(found: Iterable[Record]) -> bytes:
    written = io.StringIO()
    rows = csv.DictWriter(written, COLUMNS)
    rows.writeheader()
    rows.writerows(asdict(each) for each in found)
    return written.getvalue().encode()


def as_tbx(found: Iterable[Record]) -> bytes:
    root = ElementTree.Element("martif", {"type": "TBX", XML_LANG: settings.LANGUAGE_CODE})
    description = ElementTree.SubElement(ElementTree.SubElement(root, "martifHeader"), "fileDesc")
    ElementTree.SubElement(ElementTree.SubElement(description, "sourceDesc"), "p").text = "Glossary"
    body = ElementTree.SubElement(ElementTree.SubElement(root, "text"), "body")
    entries: dict[str, ElementTree.Element] = {}
    sets: dict[tuple[str, str], ElementTree.Element] = {}
    for each in found:
        if each.term not in entries:
            entries[each.term] = entry = ElementTree.SubElement(body, "termEntry", id=f"t{len(entries) + 1}")
            of_source = ElementTree.SubElement(entry, "langSet", {XML_LANG: settings.LANGUAGE_CODE})
            _write(of_source, each.term, each.part_of_speech, each.other_forms, each.note)
        if not each.language:
            continue
        key = each.term, each.language
        if key not in sets:
            sets[key] = ElementTree.SubElement(entries[each.term], "langSet", {XML_LANG: each.language})
        forms, note = each.translation_other_forms, each.translation_note
        _write(sets[key], each.translation, each.translation_part_of_speech, forms, note, each.status)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _write(
    of_language: ElementTree.Element, text: str, part_of_speech: str, other_forms: str, note: str, status: str = ""
) -> None:
    """Write a term, and after it its other forms as variants of it."""
    tig = ElementTree.SubElement(of_language, "tig")
    ElementTree.SubElement(tig, "term").text = text
    if part_of_speech:
        ElementTree.SubElement(tig, "termNote", type="partOfSpeech").text = part_of_speech
    if status in TBX_STATUS:
        ElementTree.SubElement(tig, "termNote", type="administrativeStatus").text = TBX_STATUS[TermStatus(status)]
    if note:
        ElementTree.SubElement(tig, "note").text = note
    for form in filter(None, (form.strip() for form in other_forms.split(","))):
        variant = ElementTree.SubElement(of_language, "tig")
        ElementTree.SubElement(variant, "term").text = form
        ElementTree.SubElement(variant, "termNote", type="termType").text = "variant"


def read(name: str, content: bytes) -> list[Record]:
    """Return the records of a CSV or TBX file, which its name tells apart. Raise ValidationError for
    another one."""
    if len(content) > LARGEST:
        raise ValidationError(_("The file is too large."))
    if name.lower().endswith((".tbx", ".xml")):
        return list(_of_tbx(content))
    if not name.lower().endswith(".csv"):
        raise ValidationError(_("Choose a CSV or TBX file."))
    try:
        text = without_controls(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValidationError(_("The file is not in UTF-8.")) from error
    head = text.partition("\n")[0]
    # Spreadsheet programs write semicolons where the comma is the decimal separator.
    delimiter = ";" if head.count(";") > head.count(",") else ","
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    if "term" not in (rows.fieldnames or ()):
        raise ValidationError(_("The file has no column “term”. Export the glossary to see the columns."))
    return [
        Record(**{key: MADE_SAFE.sub("", (row.get(key) or "").strip(), count=1) for key in COLUMNS})
        for row in rows
        if (row.get("term") or "").strip()
    ]


def _of_tbx(content: bytes) -> Iterator[Record]:
    try:
        root = fromstring(content, forbid_dtd=False)
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as error:
        raise ValidationError(_("The file is not valid XML.")) from error
    for entry in _all(root, "termEntry", "conceptEntry"):
        source: Record | None = None
        others: list[tuple[str, _Tig]] = []
        for of_language in _all(entry, "langSet", "langSec"):
            code = of_language.get(XML_LANG) or of_language.get("lang") or ""
            for tig in _tigs(of_language):
                if not is_same(code, settings.LANGUAGE_CODE):
                    others.append((code, tig))
                elif source is None:
                    source = Record(tig.text, tig.part_of_speech, ", ".join(tig.variants), tig.note)
        if source is None:
            continue
        for code, tig in others:
            yield Record(
                source.term,
                source.part_of_speech,
                source.other_forms,
                source.note,
                code,
                tig.text,
                tig.status,
                tig.part_of_speech,
                ", ".join(tig.variants),
                tig.note,
            )
        if not others:
            yield source


@dataclass
class _Tig:
    """A term of a TBX file with its variants."""

    text: str
    part_of_speech: str
    status: str
    note: str
    variants: list[str]


def _tigs(of_language: ElementTree.Element) -> list[_Tig]:
    found: list[_Tig] = []
    for node in _all(of_language, "tig", "ntig", "termSec"):
        terms = _all(node, "term")
        text = without_controls("".join(terms[0].itertext())).strip() if terms else ""
        notes = {each.get("type"): (each.text or "").strip() for each in _all(node, "termNote")}
        if not text:
            continue
        if notes.get("termType") == "variant" and found:
            found[-1].variants.append(text)
            continue
        note = " ".join((each.text or "").strip() for each in _all(node, "note"))
        status = STATUS_OF_TBX.get(notes.get("administrativeStatus", ""), TermStatus.UNVERIFIED)
        found.append(_Tig(text, notes.get("partOfSpeech", ""), status, without_controls(note), []))
    return found


def _all(node: ElementTree.Element, *names: str) -> list[ElementTree.Element]:
    """Return the elements below a node with one of the names, in any namespace."""
    return [each for each in node.iter() if str(each.tag).rpartition("}")[2] in names]


@transaction.atomic
def bring_in(found: Iterable[Record]) -> Imported:
    """Add or change terms and translations, and return how many. Nothing is deleted; what is empty in a
    record stays as it is. Raise ValidationError for texts that are too long."""
    done, unknown = Imported(), set()
    locales = {each.language_code: each for each in Locale.objects.exclude(language_code=settings.LANGUAGE_CODE)}
    terms = {each.text.lower(): each for each in Term.objects.all()}
    translations = {(each.term_id, each.locale_id, each.text): each for each in TermTranslation.objects.all()}
    for each in found:
        term = terms.get(each.term.lower()) or Term(text=each.term)
        _store(term, done, each.part_of_speech, each.other_forms, each.note)
        terms[each.term.lower()] = term
        if not each.translation:
            continue
        locale = next((locale for code, locale in locales.items() if is_same(each.language, code)), None)
        if locale is None:
            unknown.add(each.language)
            continue
        key = term.pk, locale.pk, each.translation
        known = translations.get(key) or TermTranslation(
            term=term, locale=locale, text=each.translation, status=""
        )
        status = each.status if each.status in TermStatus.values else TermStatus.UNVERIFIED
        of_translation = (each.translation_part_of_speech, each.translation_other_forms, each.translation_note)
        _store(known, done, *of_translation, status=status)
        translations[key] = known
    done.unknown_languages = frozenset(unknown)
    return done


def _store(
    row: Term | TermTranslation, done: Imported, part_of_speech: str, forms: str, note: str, status: str = ""
) -> None:
    """Set what is given, and save the row if it is new or has changed."""
    wanted = {
        "part_of_speech": part_of_speech if part_of_speech in PartOfSpeech.values else "",
        "other_forms": forms,
        "note": note,
        "status": status,
    }
    changed = {name: value for name, value in wanted.items() if value and getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    if row.pk and not changed:
        return
    row.full_clean()
    done.changed += bool(row.pk)
    done.added += not row.pk
    row.save()
