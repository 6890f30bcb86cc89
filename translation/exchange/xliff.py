"""Reading and writing of XLIFF 1.2 files (OASIS). A unit is identified by its `id`, the translation by the
`original` of its file."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _
from lxml import etree
from translate.misc.xml_helpers import valid_chars_only
from wagtail_localize.models import String

from translation.exchange.inline import XLIFF, fill, strings_of
from translation.exchange.markup import has_marks, parsed
from translation.exchange.numbered import with_tags_of
from translation.exchange.records import Format, InFile, InUnit, OutFile, OutUnit, Refused, Standing, is_uuid
from translation.exchange.wording import NO_IDS
from translation.localize.models import path_hash, string_hash

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
STATES = {
    Standing.MISSING: "needs-translation",
    Standing.NEEDS_REVIEW: "needs-review-translation",
    Standing.STALE: "needs-adaptation",
    Standing.TRANSLATED: "translated",
    Standing.APPROVED: "final",
}
# The attribute `approved`. It is left out where no reviewer has decided: programs lock approved units, and some
# drop those that are not.
DECIDED = {Standing.APPROVED: "yes", Standing.NEEDS_REVIEW: "no", Standing.STALE: "no"}
NOT_FINAL = ("new", "needs-")
PATH = "x-path"
"""The type of the context that holds wagtail-localize's content path."""
UNTRANSLATED = ("new", "needs-translation")
"""States of a target that may be no more than a copy of the source."""
FINAL = ("translated", "final", "signed-off")


def _named(name: str) -> str:
    """Return the name of an XLIFF element as lxml writes it."""
    return f"{{{NAMESPACE}}}{name}"


def _child(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    """Add and return an element, with characters that XML does not allow taken out."""
    made = etree.SubElement(parent, _named(name))
    for key, value in attributes.items():
        made.set(key.replace("_", "-"), valid_chars_only(value))
    if text is not None:
        made.text = valid_chars_only(text)
    return made


def write(file: OutFile) -> bytes:
    """Return the content of an XLIFF 1.2 file that is valid by its strict schema, with the state of each text,
    notes, and the earlier text of stale strings."""
    root = etree.Element(_named("xliff"), {"version": "1.2"}, nsmap={None: NAMESPACE})
    node = _child(
        root,
        "file",
        original=f"{file.site}/{file.translation}",
        source_language=file.source_language,
        target_language=file.target_language,
        datatype="htmlbody",
        product_name=file.title,
        category=file.kind,
    )
    body = _child(node, "body")
    body.text = "\n"
    for unit in file.units:
        _add(body, file, unit).tail = "\n"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _add(body: etree._Element, file: OutFile, unit: OutUnit) -> etree._Element:
    element = _child(body, "trans-unit", id=unit.id)
    element.set(SPACE, "preserve")
    if unit.standing in DECIDED:
        element.set("approved", DECIDED[unit.standing])
    if unit.max_length:
        element.set("maxwidth", str(unit.max_length))
        element.set("size-unit", "char")
    fill(_child(element, "source"), unit.source, XLIFF)
    if unit.text or file.is_open_only:
        target = _child(element, "target", state=STATES[unit.standing])
        if unit.machine:
            target.set("state-qualifier", "mt-suggestion")
        fill(target, unit.text or unit.source, XLIFF, unit.source)
    # Without a name: the schema wants each name once in a file.
    group = _child(element, "context-group", purpose="information")
    told = {"recordtitle": file.title, "x-kind": file.kind, "x-place": unit.place, PATH: unit.path}
    for kind, text in told.items():
        _child(group, "context", text, context_type=kind)
    for note in unit.notes:
        _child(element, "note", note).set("from", "developer")
    if unit.old_text:
        old = _child(element, "alt-trans", alttranstype="previous-version", origin="previous")
        fill(_child(old, "source"), unit.old_source, XLIFF)
        fill(_child(old, "target"), unit.old_text, XLIFF, unit.old_source)
    return element


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
    if not slash or not is_uuid(translation):
        # Some programs write the name of the file here.
        site = translation = ""
    language = node.get("target-language", "")
    return InFile(name, Format.XLIFF, site, translation, language, tuple(_units(node)))


def _units(node: etree._Element) -> Iterator[InUnit]:
    elements = list(node.iterdescendants("{*}trans-unit"))
    strings = _strings_with_codes(elements)
    for element in elements:
        source, target = element.find("{*}source"), element.find("{*}target")
        string = strings.get(_string_id(element)) or strings_of(source, None)[0]
        for text in (source, target):
            with_tags_of(string, text)
        texts = strings_of(source, target)
        path_id, string_id = _named_by(element, texts[0])
        state = "" if target is None else target.get("state", "")
        if state in UNTRANSLATED and texts[0] == texts[1]:
            texts = texts[0], ""
        yield InUnit(
            path_id,
            string_id,
            *texts,
            final=state in FINAL or (element.get("approved") == "yes" and not state.startswith(NOT_FINAL)),
            markup=has_marks(target),
        )


def _strings_with_codes(elements: Collection[etree._Element]) -> dict[str, str]:
    """Return the strings that units with codes in them were exported with, by their hash as the ids of the units
    name it (one query if there are any)."""
    coded = {_string_id(element) for element in elements if element.find("{*}target/*") is not None}
    hashes = [name for name in coded if is_uuid(name)]
    rows = String.objects.filter(data_hash__in=hashes).values_list("data_hash", "data") if hashes else ()
    return {str(name): data for name, data in rows}


def _string_id(element: etree._Element) -> str:
    return element.get("id", "").partition(".")[2].lower()


def _named_by(element: etree._Element, source: str) -> tuple[str, str]:
    """Return the hashes of the path and of the source string of a unit, from its id or, where a program has given
    it another one, from the path in its contexts. Raise Refused if it has neither."""
    path_id, dot, string_id = element.get("id", "").partition(".")
    if dot and is_uuid(path_id) and is_uuid(string_id):
        return path_id, string_id
    for context in element.iterdescendants("{*}context"):
        if context.get("context-type") == PATH and context.text:
            return str(path_hash(context.text)), str(string_hash(source))
    raise Refused(NO_IDS)
