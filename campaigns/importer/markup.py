"""Removal of markup that other content management systems leave in plain text: entities, line breaks,
shortcodes."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MOST_NAMED = 10
MOST_ESCAPES = 3

_ENTITY = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});"
    r"|&(?:nbsp|amp|quot|lt|gt|laquo|raquo|mdash|ndash)(?![\w=;])"
)
# A "<" that was written as an entity. U+FDD0 is no character: no text has it, and no entity stands for it.
_DECODED = "\ufdd0"
_BREAK = re.compile(rf"[<{_DECODED}]br\b[^<>]{{0,100}}>", re.IGNORECASE)
HTML_NAMES = (
    "html|head|body|title|meta|link|script|style|p|div|span|hr|a|b|i|u|em|strong|h[1-6]|ul|ol|li|table|tr|t[dh]|img"
    "|figure|section|article|main|header|footer|nav|blockquote|iframe"
)
_MORE_NAMES = (
    "abbr|address|aside|audio|big|button|caption|center|cite|code|dd|del|dl|dt|embed|figcaption|font|form|input|ins"
    "|label|mark|object|picture|pre|s|small|source|strike|sub|sup|svg|tbody|thead|tfoot|video"
)
_DECODED_TAG = re.compile(
    rf"{_DECODED}(?P<hidden>script|style)\b[^<>{_DECODED}]{{0,1000}}>[^{_DECODED}]{{0,5000}}{_DECODED}/(?P=hidden)\s?>"
    rf"|{_DECODED}!--(?:.{{0,1000}}?-->)?"
    rf"|{_DECODED}(?:!doctype\b|/?(?P<name>{HTML_NAMES}|{_MORE_NAMES})(?=[\s/>]))[^<>{_DECODED}]{{0,1000}}>",
    re.IGNORECASE | re.DOTALL,
)
_PARTS_LINES = frozenset(
    "p div hr h1 h2 h3 h4 h5 h6 ul ol li table tr figure section article main header footer nav blockquote".split()
)
_VALUE = r"(?:\"[^\"\n]*\"|'[^'\n]*'|“[^”\n]*”|[^\s\]\"']+)"
_NAME = r"[a-z][a-z0-9_-]{0,40}"
_SHORTCODE = re.compile(
    rf"(?P<doubled>\[(?=\[))?\[(?P<closing>/)?(?P<name>{_NAME})(?P<given>(?:=|\s+{_NAME}=){_VALUE}(?:\s+(?:{_NAME}=)?{_VALUE})*)?"
    r"\s*(?P<alone>/)?\](?(doubled)\])(?!\()",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"\[\[\s*\{[^\[\]\n]{0,2000}\}\s*\]\]"
    r"|(?P<doubled>\[(?=\[))?\[(?:node|nid|site|user|media|file|asset|view):[^\[\]\s]{1,80}\](?(doubled)\])"
)
_PLUGIN = re.compile(
    r"\{(?P<name>[a-z][a-z0-9_-]{2,30})(?:\s[^{}\n]{0,200})?\}[^{}\n]{0,500}\{/(?P=name)\}"
    r"|\{(?:loadposition|loadmodule|module|component|snippet|mosimage|youtube|vimeo|gallery)\s[^{}\n]{1,200}\}"
)
# Shortcodes whose content is not part of the story: the caption of an image, the address of a video.
_ENCLOSES_OTHER_THINGS = frozenset(
    "audio button caption embed gallery googlemap googlemaps iframe image img map media playlist video vimeo "
    "wp_caption youtube".split()
)
_STANDS_ALONE = _ENCLOSES_OTHER_THINGS | frozenset(
    "break contact-form divider gap hr more nextpage pagebreak separator shortcode social spacer toc "
    "share sharing slider tags widget".split()
)


@dataclass
class Plain:
    """A text without markup, messages for the editor, and the markup that was removed."""

    text: str
    doubts: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def without_markup(text: str) -> Plain:
    """Return the text with entities and <br> replaced by characters and line breaks, and without shortcodes, the
    tokens and plug-in codes of other systems, and tags that were written with entities. The content of a shortcode
    is removed, too, if it is not part of the story, as with a caption. Unknown entities stay, with a doubt."""
    plain = Plain(_BREAK.sub("\n", _unescaped(text)))
    plain.text = _without_decoded_tags(plain.text, plain.left_out)
    unknown = dict.fromkeys(found.group() for found in _ENTITY.finditer(plain.text) if found.group()[-1] == ";")
    if unknown:
        names = ", ".join(f"“{name}”" for name in list(unknown)[:MOST_NAMED])
        plain.doubts.append(f"Unknown entities were left unchanged: {names}")
    plain.text = _without_shortcodes(plain.text, plain.left_out)
    for pattern in (_TOKEN, _PLUGIN):
        plain.left_out += (found.group() for found in pattern.finditer(plain.text))
        plain.text = pattern.sub("", plain.text)
    return plain


def _unescaped(text: str) -> str:
    """Return the text with its entities replaced, also if they were escaped up to MOST_ESCAPES times:
    &amp;nbsp;. In place of a decoded "<" it has _DECODED."""
    for _round in range(MOST_ESCAPES):
        after = _ENTITY.sub(lambda found: html.unescape(found.group()).replace("<", _DECODED), text)
        if after == text:
            break
        text = after
    return text


def _without_decoded_tags(text: str, left_out: list[str]) -> str:
    """Return the text without the HTML tags whose "<" was an entity; each different one is added to `left_out`.
    Those of blocks become line breaks. A decoded "<" that begins no tag stays."""
    removed: dict[str, None] = {}

    def removal(tag: re.Match[str]) -> str:
        removed[" ".join(tag.group().replace(_DECODED, "<").split())] = None
        around = text[tag.start() - 1 : tag.start()] + text[tag.end() : tag.end() + 1]
        return "\n" if (tag["name"] or "").lower() in _PARTS_LINES and "\n" not in around else ""

    for _round in range(MOST_ESCAPES):
        after = _DECODED_TAG.sub(removal, text)
        if after == text:
            break
        text = after
    left_out += removed
    return text.replace(_DECODED, "<")


def _without_shortcodes(text: str, left_out: list[str]) -> str:
    """Return the text without shortcodes, which are added to `left_out`, with their content if that is not part of
    the story."""
    found = list(_shortcodes(text))
    kept, at, number = [], 0, 0
    while number < len(found):
        opening = found[number]
        kept.append(text[at : opening.start()])
        last = _closing(found, number) if opening["name"].lower() in _ENCLOSES_OTHER_THINGS else number
        at = found[last].end()
        if whole := " ".join(text[opening.start() : at].split()):
            left_out.append(whole)
        number = last + 1
    return "".join([*kept, text[at:]])


def _shortcodes(text: str) -> Iterator[re.Match[str]]:
    """Yield the shortcodes of a text: those with attributes, a closing code, a slash or an underscore, and known
    names. A single word in brackets may belong to the story: [sic], [Dushanbe]."""
    found = list(_SHORTCODE.finditer(text))
    closed = {each["name"] for each in found if each["closing"]}
    for each in found:
        name = each["name"]
        is_code = each["given"] or each["alone"] or name in closed or "_" in name or name in _STANDS_ALONE
        if name in closed or (is_code and name == name.lower()):
            yield each


def _closing(found: list[re.Match[str]], number: int) -> int:
    """Return the index of the code that closes the one at `number`; `number` itself if none does before the next
    opening one of the same name."""
    name = found[number]["name"]
    if found[number]["closing"] or found[number]["alone"]:
        return number
    for place in range(number + 1, len(found)):
        if found[place]["name"] == name:
            return place if found[place]["closing"] else number
    return number
