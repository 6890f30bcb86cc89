"""Safe parsing of uploaded XML: no entity is resolved, and no reference is fetched."""

import codecs
import re

from django.utils.translation import gettext as _
from lxml import etree

from translation.exchange.inline import CODES
from translation.exchange.records import Refused
from translation.exchange.wording import DAMAGED, DOCTYPE, ENCODING

BYTE_ORDER_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
DECLARED = re.compile(r"^\s*<\?xml[^>]*?\bencoding\s*=\s*[\"']([^\"']+)[\"'][^>]*\?>")
# Most programs write this line into TMX files. It is removed without reading the DTD that it names.
USUAL_DOCTYPE = re.compile(r"<!DOCTYPE tmx (?:SYSTEM|PUBLIC \"[^\"<>\[\]]*\") [\"']tmx1[1-4]\.dtd[\"']\s*>")
DECLARATION = re.compile(r"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)|<\?xml-stylesheet")
FOLLOWED = ("{http://www.w3.org/2001/XInclude}include", "{*}external-file")


def decoded(content: bytes) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 with a byte order mark. Raise Refused if it is
    in neither."""
    try:
        text = content.decode("utf-16" if content.startswith(BYTE_ORDER_MARKS) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(ENCODING) from error
    if "\x00" in text:
        raise Refused(ENCODING)
    return text


def is_true(encoding: str, content: bytes) -> bool:
    """Return whether the encoding that a file declares is acceptable: UTF-8 or ASCII, or UTF-16 if it has a byte
    order mark. A file saved as UTF-16 often still declares UTF-8."""
    taken = {"utf8", "ascii", "usascii"}
    if content.startswith(BYTE_ORDER_MARKS):
        taken |= {"utf16", "utf16le", "utf16be"}
    return encoding.lower().replace("-", "").replace("_", "") in taken


def parsed(content: bytes, root: str) -> etree._Element:
    """Return the root element, whose local name must be `root`. Raise Refused if the file is no such XML, is not
    in UTF-8 or UTF-16, declares a DTD (other than TMX's own, which is not read), entities or stylesheets, or
    refers to other files."""
    text = decoded(content)
    declared = DECLARED.match(text)
    if declared and not is_true(declared[1], content):
        raise Refused(ENCODING)
    text = DECLARED.sub("", text, count=1)
    if root == "tmx":
        text = USUAL_DOCTYPE.sub("", text, count=1)
    if DECLARATION.search(text):
        raise Refused(DOCTYPE)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        tree = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise Refused(DAMAGED if text.lstrip().startswith("<") else _("The file is not valid XML.")) from error
    if (name := etree.QName(tree).localname) != root:
        raise Refused(
            _("The file contains “%(name)s”, which does not match its file extension.") % {"name": name[:40]}
        )
    if any(next(tree.iter(tag), None) is not None for tag in FOLLOWED):
        raise Refused(DOCTYPE)
    return tree


def has_marks(node: etree._Element | None) -> bool:
    """Return whether the element has elements in it other than the codes of tags and XLIFF's marks of sentences.
    False for None."""
    return node is not None and not all(map(_is_ours, node.iterdescendants()))


def _is_ours(node: etree._Element) -> bool:
    """Return whether the element is the code of a tag, with nothing but text in it, or XLIFF's mark of a sentence,
    which only encloses text."""
    name = etree.QName(node).localname
    return (name in CODES and len(node) == 0) or (name == "mrk" and node.get("mtype") == "seg")
