"""XML from outside: nothing in it is resolved, fetched or followed."""

import codecs
import re

from django.utils.translation import gettext as _
from lxml import etree

from translation.exchange.records import Refused
from translation.exchange.wording import DAMAGED, DOCTYPE, ENCODING

BYTE_ORDER_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
DECLARED = re.compile(r"^\s*<\?xml[^>]*?\bencoding\s*=\s*[\"']([^\"']+)[\"'][^>]*\?>")
# Every program writes this line into a TMX, and nobody has the file that it names. It is taken out unread.
USUAL_DOCTYPE = re.compile(r"<!DOCTYPE tmx (?:SYSTEM|PUBLIC \"[^\"<>\[\]]*\") [\"']tmx1[1-4]\.dtd[\"']\s*>")
DECLARATION = re.compile(r"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)|<\?xml-stylesheet")
FOLLOWED = ("{http://www.w3.org/2001/XInclude}include", "{*}external-file")


def decoded(content: bytes) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 with its byte order mark. Raises Refused."""
    try:
        text = content.decode("utf-16" if content.startswith(BYTE_ORDER_MARKS) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(ENCODING) from error
    if "\x00" in text:
        raise Refused(ENCODING)
    return text


def is_true(encoding: str, content: bytes) -> bool:
    """Return whether a file may say of itself that it is in this encoding. Who saves one in UTF-16 seldom changes
    what it says."""
    taken = {"utf8", "ascii", "usascii"}
    if content.startswith(BYTE_ORDER_MARKS):
        taken |= {"utf16", "utf16le", "utf16be"}
    return encoding.lower().replace("-", "").replace("_", "") in taken


def parsed(content: bytes, root: str) -> etree._Element:
    """Raises Refused."""
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
        raise Refused(DAMAGED if text.lstrip().startswith("<") else _("The file is no XML.")) from error
    if (name := etree.QName(tree).localname) != root:
        raise Refused(_("The file says that it is “%(name)s”, and its name says otherwise.") % {"name": name[:40]})
    if any(next(tree.iter(tag), None) is not None for tag in FOLLOWED):
        raise Refused(DOCTYPE)
    return tree


def has_marks(node: etree._Element | None) -> bool:
    """Whether a program has put anything into the text besides the borders of its sentences."""
    return node is not None and not all(map(_is_segment, node.iterdescendants()))


def _is_segment(node: etree._Element) -> bool:
    """Programs mark the sentences of a string with it. It holds text, and adds none."""
    return etree.QName(node).localname == "mrk" and node.get("mtype") == "seg"


def text_of(node: etree._Element | None) -> str:
    return "" if node is None else "".join(node.itertext())
