"""Reading and writing of TMX 1.4 files. The format has no state of a text, so that imported texts are
never final."""

from collections import defaultdict

from django.conf import settings
from lxml import etree
from translate.misc.xml_helpers import valid_chars_only

from core.consent.withheld import withheld_words
from core.languages.tags import is_same, may_be_same
from translation.exchange.foreign_codes import with_our_tags
from translation.exchange.inline import TMX, fill, strings_of
from translation.exchange.markup import has_marks, parsed
from translation.exchange.records import Format, InFile, InUnit, OutFile, OutUnit, Refused, Standing, is_uuid
from translation.exchange.wording import NO_IDS, NO_STRINGS
from translation.localize.models import string_hash
from translation.withheld import is_withheld

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
ALL = "*all*"
"""Said in place of a source language: each language of the unit may be the source."""
BEFORE = "before"
DOCTYPE = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
# A string is a paragraph, not a sentence: programs cut it into sentences, as they do with what they translate.
HEADER = {
    "creationtool": "Wagtail",
    "creationtoolversion": "1",
    "segtype": "paragraph",
    "o-tmf": "wagtail-localize",
    "adminlang": "en",
    "datatype": "html",
}


def write(file: OutFile) -> bytes:
    """Return a TMX file of the translated strings, without untranslated ones and those with withdrawn words. The
    text of a stale string is paired with the source text that it translates."""
    withheld = withheld_words()
    root = etree.Element("tmx", version="1.4")
    etree.SubElement(root, "header", HEADER, srclang=file.source_language)
    body = etree.SubElement(root, "body")
    body.text = "\n"
    for unit in file.units:
        if is_withheld(withheld, (unit.source, unit.text, unit.old_text)):
            continue
        if unit.old_text:
            _add(body, file, unit, unit.old_source, unit.old_text, BEFORE)
        if unit.text and unit.text != unit.old_text:
            _add(body, file, unit, unit.source, unit.text, str(Standing(unit.standing)))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", doctype=DOCTYPE)


def _add(body: etree._Element, file: OutFile, unit: OutUnit, source: str, text: str, standing: str) -> None:
    old = f"/{BEFORE}" if standing == BEFORE else ""
    made = etree.SubElement(body, "tu", tuid=f"{file.site}/{file.translation}/{unit.id}{old}")
    for note in unit.notes:
        etree.SubElement(made, "note").text = valid_chars_only(note)
    props = {"x-title": file.title, "x-kind": file.kind, "x-place": unit.place, "x-context": unit.path}
    for kind, value in {**props, "x-standing": standing}.items():
        etree.SubElement(made, "prop", type=kind).text = valid_chars_only(value)
    for language, string in ((file.source_language, source), (file.target_language, text)):
        variant = etree.SubElement(made, "tuv", {LANGUAGE: language})
        fill(etree.SubElement(variant, "seg"), string, TMX, source)
    made.tail = "\n"


def read(name: str, content: bytes) -> list[InFile]:
    """Return the records of a TMX file, one for each translation in it, whose texts are never final, and one for
    each pair of languages of the units that name no translation, for the memory. Earlier texts of stale strings
    are left out. Raise Refused if the file is damaged."""
    root = parsed(content, "tmx")
    header = root.find("{*}header")
    source_language = "" if header is None else header.get("srclang", "")
    units: dict[tuple[str, str], list[InUnit]] = defaultdict(list)
    languages: dict[tuple[str, str], set[str]] = {}
    foreign: dict[tuple[str, str], list[InUnit]] = defaultdict(list)
    for element in root.iterdescendants("{*}tu"):
        code, source, targets = _texts(element, source_language)
        parts = element.get("tuid", "").split("/")
        if len(parts) not in (3, 4) or not is_uuid(parts[1]):
            for language, target in targets.items():
                foreign[code, language].append(_foreign(source, target))
            continue
        file = parts[0], parts[1]
        languages.setdefault(file, set()).update(targets)
        if parts[3:] == [BEFORE]:
            # A translation with nothing but stale texts has a record without units.
            units[file] += ()
            continue
        path_id, _dot, string_id = parts[2].partition(".")
        target = next(iter(targets.values()), None)
        both = strings_of(source, target)
        units[file].append(InUnit(path_id, string_id, *both, final=False, markup=has_marks(target)))
    if not units and not any(unit.source and unit.target for found in foreign.values() for unit in found):
        raise Refused(NO_IDS if foreign else NO_STRINGS)
    return [
        *(
            InFile(
                name, Format.TMX, site, translation, " ".join(sorted(languages[site, translation])), tuple(found)
            )
            for (site, translation), found in units.items()
        ),
        *(
            InFile(name, Format.TMX, "", "", language, tuple(found), source_language=code, is_foreign=True)
            for (code, language), found in foreign.items()
        ),
    ]


def _texts(
    element: etree._Element, of_file: str
) -> tuple[str, etree._Element | None, dict[str, etree._Element | None]]:
    """Return the language of a unit's source, the source, and the texts in the other languages. The unit says the
    language of its source, or else the file, and need not have a text in it. Where any may be the source, it is
    the one that the file says, or that of the site, or the first."""
    variants = element.iterchildren("{*}tuv")
    texts = {each.get(LANGUAGE) or each.get("lang", ""): each.find("{*}seg") for each in variants}
    written = element.get("srclang") or of_file
    wanted = [of_file, settings.LANGUAGE_CODE, *texts] if written == ALL else [written]
    same = [code for said in wanted for means in (is_same, may_be_same) for code in texts if means(code, said)]
    code = same[0] if same else written
    return code, texts.pop(code, None), texts


def _foreign(source: etree._Element | None, target: etree._Element | None) -> InUnit:
    """Return a unit for the memory, marked if codes of another program were left out."""
    old, new, lost = with_our_tags(source, target)
    return InUnit("", str(string_hash(old)), old, new, final=False, markup=lost)
