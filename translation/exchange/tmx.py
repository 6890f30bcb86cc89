"""Reading and writing of TMX 1.4 files. The format has no state of a text, so that imported texts are
never final."""

from collections import defaultdict

from lxml import etree
from translate.misc.xml_helpers import valid_chars_only
from translate.storage.tmx import tmxfile

from core.languages.tags import is_same
from translation.exchange.markup import parsed, text_of
from translation.exchange.records import Format, InFile, InUnit, OutFile, OutUnit, Refused, Standing
from translation.exchange.wording import NO_IDS

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
BEFORE = "before"


def write(file: OutFile) -> bytes:
    """Return a TMX file of the translated strings, without untranslated ones. The text of a stale string is paired
    with the source text that it translates."""
    store = tmxfile(sourcelanguage=file.source_language, targetlanguage=file.target_language)
    for unit in file.units:
        if unit.old_text:
            _add(store, file, unit, unit.old_source, unit.old_text, BEFORE)
        if unit.text and unit.text != unit.old_text:
            _add(store, file, unit, unit.source, unit.text, str(Standing(unit.standing)))
    return bytes(store)


def _add(store: tmxfile, file: OutFile, unit: OutUnit, source: str, text: str, standing: str) -> None:
    text_of_source = valid_chars_only(source)
    made = store.addsourceunit(text_of_source, file.source_language)  # type: ignore[no-untyped-call]  # not typed
    made.settarget(valid_chars_only(text), file.target_language)
    old = f"/{BEFORE}" if standing == BEFORE else ""
    made.xmlelement.set("tuid", f"{file.site}/{file.translation}/{unit.id}{old}")
    props = {"x-title": file.title, "x-kind": file.kind, "x-place": unit.place, "x-context": unit.path}
    for place, (kind, value) in enumerate({**props, "x-standing": standing}.items()):
        prop = etree.Element("prop", type=kind)
        prop.text = valid_chars_only(value)
        made.xmlelement.insert(place, prop)
    for note in unit.notes:
        made.addnote(valid_chars_only(note))


def read(name: str, content: bytes) -> list[InFile]:
    """Return the records of a TMX file, one for each translation in it, whose texts are never final. Earlier texts
    of stale strings are left out. Raise Refused if it is damaged or its units name no translation."""
    root = parsed(content, "tmx")
    header = root.find("{*}header")
    source_language = "" if header is None else header.get("srclang", "")
    units: dict[tuple[str, str], list[InUnit]] = defaultdict(list)
    languages: dict[tuple[str, str], set[str]] = {}
    for element in root.iterdescendants("{*}tu"):
        parts = element.get("tuid", "").split("/")
        if len(parts) not in (3, 4):
            raise Refused(NO_IDS)
        wordings = element.iterchildren("{*}tuv")
        texts = {each.get(LANGUAGE) or each.get("lang", ""): each.find("{*}seg") for each in wordings}
        written = element.get("srclang") or source_language
        source = texts.pop(next((code for code in texts if is_same(code, written)), written), None)
        target = next(iter(texts.values()), None)
        file = parts[0], parts[1]
        languages.setdefault(file, set()).update(texts)
        if parts[3:] == [BEFORE]:
            # A translation with nothing but stale texts has a record without units.
            units[file] += ()
            continue
        path_id, _dot, string_hash = parts[2].partition(".")
        markup = target is not None and len(target) > 0
        both = text_of(source), text_of(target)
        units[file].append(InUnit(path_id, string_hash, *both, final=False, markup=markup))
    return [
        InFile(name, Format.TMX, site, translation, " ".join(sorted(languages[site, translation])), tuple(found))
        for (site, translation), found in units.items()
    ]
