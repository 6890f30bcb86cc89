"""Reading and writing of XLIFF 1.2 files (OASIS). A unit is identified by its `id`, the translation by the
`original` of its file."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from lxml import etree
from translate.misc.xml_helpers import valid_chars_only
from translate.storage.xliff import Xliff1File, Xliff1Unit

from translation.exchange.markup import has_marks, parsed, text_of
from translation.exchange.records import Format, InFile, InUnit, OutFile, OutUnit, Refused, Standing
from translation.exchange.wording import NO_IDS

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
STATES = {
    Standing.NEEDS_REVIEW: "needs-review-translation",
    Standing.STALE: "needs-adaptation",
    Standing.TRANSLATED: "translated",
    Standing.APPROVED: "final",
}
# The attribute `approved`. It is left out where no reviewer has decided: programs lock approved units, and some
# drop
# those that are not.
DECIDED = {Standing.APPROVED: "yes", Standing.NEEDS_REVIEW: "no", Standing.STALE: "no"}
NOT_FINAL = ("new", "needs-")
FINAL = ("translated", "final", "signed-off")


class Unit12(Xliff1Unit):
    namespace = NAMESPACE


class File12(Xliff1File[Unit12]):
    UnitClass = Unit12
    namespace = NAMESPACE
    XMLskeleton = Xliff1File.XMLskeleton.replace("1.1", "1.2")


def _named(name: str) -> str:
    """Return the name of an XLIFF element as lxml writes it."""
    return f"{{{NAMESPACE}}}{name}"


def write(file: OutFile) -> bytes:
    """Return the content of an XLIFF 1.2 file, with the state of each text, notes, and the earlier text of stale
    strings."""
    store = File12(sourcelanguage=file.source_language, targetlanguage=file.target_language)
    node = next(store.document.getroot().iterchildren(_named("file")))
    node.set("original", f"{file.site}/{file.translation}")
    node.set("datatype", "htmlbody")
    node.set("product-name", valid_chars_only(file.title))
    node.set("category", valid_chars_only(file.kind))
    for unit in file.units:
        _add(store, file, unit)
    return bytes(store)


def _add(store: File12, file: OutFile, unit: OutUnit) -> None:
    made = Unit12(valid_chars_only(unit.source))
    if unit.text:
        made.target = valid_chars_only(unit.text)
    store.addunit(made)
    element = made.xmlelement
    element.set("id", unit.id)
    element.attrib.pop("approved", None)
    if unit.standing in DECIDED:
        element.set("approved", DECIDED[unit.standing])
    if unit.text:
        element.find(_named("target")).set("state", STATES[unit.standing])
    if unit.max_length:
        element.set("maxwidth", str(unit.max_length))
        element.set("size-unit", "char")
    group = etree.SubElement(element, _named("context-group"), name="place", purpose="information")
    told = {"recordtitle": file.title, "x-kind": file.kind, "x-place": unit.place, "x-path": unit.path}
    for kind, text in told.items():
        context = etree.SubElement(group, _named("context"))
        context.set("context-type", kind)
        context.text = valid_chars_only(text)
    for note in unit.notes:
        made.addnote(valid_chars_only(note), origin="developer")
    if unit.old_text:
        old = valid_chars_only(unit.old_source), valid_chars_only(unit.old_text)
        made.addalttrans(old[1], origin="previous", lang=file.target_language, sourcetxt=old[0])
        element.find(_named("alt-trans")).set("alttranstype", "previous-version")


def read(name: str, content: bytes) -> list[InFile]:
    """Return the records of an XLIFF file, one for each `file` element. Raise Refused if it is damaged, of version
    2 or of another namespace, or names no translation or strings."""
    root = parsed(content, "xliff")
    space = etree.QName(root).namespace or ""
    version = root.get("version", "")
    if version.startswith("2") or space.startswith("urn:oasis:names:tc:xliff:document:2"):
        names = {"version": version or "2"}
        raise Refused(
            _("The file is in XLIFF %(version)s. Save it as XLIFF 1.2, or export it here again.") % names
        )
    if space and not space.startswith("urn:oasis:names:tc:xliff:document:1."):
        raise Refused(NO_IDS)
    return [_file(name, node) for node in root.iterchildren("{*}file")]


def _file(name: str, node: etree._Element) -> InFile:
    site, slash, translation = node.get("original", "").partition("/")
    if not slash:
        raise Refused(NO_IDS)
    return InFile(name, Format.XLIFF, site, translation, node.get("target-language", ""), tuple(_units(node)))


def _units(node: etree._Element) -> Iterator[InUnit]:
    for element in node.iterdescendants("{*}trans-unit"):
        path_id, dot, string_hash = element.get("id", "").partition(".")
        if not dot:
            raise Refused(NO_IDS)
        source, target = element.find("{*}source"), element.find("{*}target")
        state = "" if target is None else target.get("state", "")
        yield InUnit(
            path_id,
            string_hash,
            text_of(source),
            text_of(target),
            final=state in FINAL or (element.get("approved") == "yes" and not state.startswith(NOT_FINAL)),
            markup=has_marks(target),
        )
