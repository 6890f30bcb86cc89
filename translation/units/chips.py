"""Texts of units as they are read. wagtail-localize stores each as HTML with inline tags, which are shown as
numbered marks: a direction of writing cannot scramble them."""

import re
from collections import defaultdict
from collections.abc import Iterator
from html import unescape

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

TAG = re.compile(r"(</?[a-zA-Z][^<>]*>)")
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)


def tag_name(tag: str) -> str:
    """Return the name of a tag, in small letters."""
    found = _NAME.match(tag)
    return found[1].lower() if found else ""


def words_of(data: str) -> str:
    """Return the words of a stored text, without its tags. The result is not safe."""
    return unescape(TAG.sub("", _BREAK.sub(" ", data)))


def with_chips(data: str, source: str = "") -> SafeString:
    """Return a stored text for reading, with marks for its tags (see `parts_of`)."""
    return format_html_join("", "{}", ((shown,) for _part, shown in parts_of(data, source)))


def parts_of(data: str, source: str = "") -> Iterator[tuple[str, str]]:
    """Yield the parts of a stored text, tags and what is between them, each with what is shown of it: characters,
    which are not safe, or a mark, which is. “1” opens the first tag of the source, “/1” closes it; without a
    source, tags are counted in the text itself. A tag that the source does not have is marked with its name."""
    numbers = _numbers(source or data)
    open_marks: list[str] = []
    for part in TAG.split(data):
        if not TAG.fullmatch(part):
            yield part, unescape(part)
            continue
        if part.startswith("</"):
            mark = f"/{open_marks.pop() if open_marks else tag_name(part)}"
        else:
            left = numbers[part]
            mark = left.pop(0) if left else tag_name(part)
            if not stands_alone(part):
                open_marks.append(mark)
        yield part, format_html('<span class="desk-tag" data-tag="{}" title="{}">{}</span>', part, part, mark)


def stands_alone(tag: str) -> bool:
    """Return whether an opening tag has no closing one."""
    return tag.endswith("/>") or tag_name(tag) == "br"


def _numbers(source: str) -> dict[str, list[str]]:
    """Return the numbers of the opening tags of a source; several may be alike."""
    found = defaultdict(list)
    opening = (tag for tag in TAG.findall(source) if not tag.startswith("</"))
    for number, tag in enumerate(opening, 1):
        found[tag].append(str(number))
    return found
