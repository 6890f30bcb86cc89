"""Detection of content in Office and OpenDocument files that pages do not show: text deleted as tracked changes,
hidden text, rows, sheets and slides, and speaker notes.

Such content is reported, not removed, as the document would not be the same without it.
"""

import re

_PREFIX = rb"(?:[\w.-]+:)?"
_OFF = rb"""(?!\s[^>]*\bval\s*=\s*["'](?:0|false|off)["'])"""


def _attribute(element: bytes, name: bytes, values: bytes) -> bytes:
    """Return a pattern for the start of an element whose attribute `name` has one of the values, with any
    namespace prefixes. `element` and `values` are patterns too."""
    return rb"<%s%s\b[^>]*\s%s%s\s*=\s*[\"'](?:%s)[\"']" % (_PREFIX, element, _PREFIX, name, values)


_WORD = r"word/(?:glossary/)?(?:document|header|footer|footnotes|endnotes|comments)\d*\.xml"
_RULES = [
    (
        re.compile(part, re.IGNORECASE),
        code,
        re.compile(b"|".join(patterns), re.DOTALL),
    )
    for part, code, *patterns in (
        (_WORD, "deleted", rb"<%sdelText\b[^>]*(?<!/)>[^<]" % _PREFIX),
        (_WORD, "hidden", rb"<%svanish\b%s" % (_PREFIX, _OFF)),
        (r"xl/workbook\.xml", "hidden", _attribute(b"sheet", b"state", rb"hidden|veryHidden")),
        (r"xl/worksheets/[^/]*\.xml", "hidden", _attribute(b"(?:row|col)", b"hidden", rb"1|true")),
        (r"ppt/slides/[^/]*\.xml", "hidden", _attribute(b"sld", b"show", rb"0|false")),
        (r"ppt/notesSlides/[^/]*\.xml", "notes", rb"<%st\b[^>]*(?<!/)>[^<]*[^\W\d][^<]*<" % _PREFIX),
        (
            r"content\.xml",
            "deleted",
            rb"<text:deletion\b[^>]*(?<!/)>(?:(?!</text:deletion>).)*?<text:[ph]\b[^>]*(?<!/)>",
            rb"<table:(?:deletion|cell-content-change)\b",
        ),
        (
            r"content\.xml",
            "hidden",
            rb"<text:hidden-(?:text|paragraph)\b",
            rb"""\stext:display\s*=\s*["'](?:none|condition)["']""",
            rb"""\stable:display\s*=\s*["']false["']""",
            rb"""\stable:visibility\s*=\s*["'](?:collapse|filter)["']""",
            rb"""\spresentation:visibility\s*=\s*["']hidden["']""",
        ),
        (
            r"content\.xml",
            "notes",
            rb"<presentation:notes\b(?:(?!</presentation:notes>).)*?<text:p\b[^>]*(?<!/)>(?:<text:span[^>]*>)?[^<\s]",
        ),
    )
]


def hidden_parts(content: bytes, name: str) -> set[str]:
    """Return the codes ("deleted", "hidden", "notes") of the hidden content in a part with this name, given as XML
    in UTF-8; none for parts that cannot have any."""
    return {code for part, code, pattern in _RULES if part.fullmatch(name) and pattern.search(content)}
