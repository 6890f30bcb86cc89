"""The names that the metadata of a file gives, and whether they still stand anywhere in what was cleaned."""

import re
from collections.abc import Iterable
from html import escape, unescape

SHORTEST = 5  # bytes; shorter ones stand in compressed pictures by chance
_OF_PEOPLE = re.compile(
    rb"<(?:[\w.-]+:)?(creator|lastModifiedBy|manager|company|initial-creator|contributor|printed-by|docAuthor)"
    rb"\b[^>]*(?<!/)>(.*?)</(?:[\w.-]+:)?\1\s*>",
    re.DOTALL | re.IGNORECASE,
)
_NOBODY = {
    "author",
    "microsoft",
    "microsoft office user",
    "python-docx",
    "openpyxl",
    "libreoffice",
    "admin",
    "windows user",
    "administrator",
    "apache poi",
    "un-named",
    "unknown",
    "document",
    "пользователь",
    "пользователь windows",
    "администратор",
}
_LETTER = rb"[A-Za-z0-9_\x80-\xff]"
_LOCAL = re.compile(
    rb"file:/|\b[a-z]:(?:\\|/|%5c)+(?:users|documents and settings)(?:\\|/|%5c)|[^:\w]/(?:Users|home)/\w"
    rb"|(?<![\\\w])\\{2,4}[\w.-]+\\{1,2}\w|-my\.sharepoint\.com/",
    re.IGNORECASE,
)
# One of these stands in whatever the pattern finds, and is found in a small part of its time.
_SIGNS = (b"file:/", b"users", b"documents and settings", b"/home/", b"\\\\", b"-my.sharepoint.com/")


def names_in(properties: bytes) -> set[str]:
    """Return the people and companies that a part of properties, XML as UTF-8, names."""
    return fit_names(
        unescape(re.sub(r"<!\[CDATA\[|\]\]>|<[^>]*>", " ", found[2].decode("utf-8", "ignore")))
        for found in _OF_PEOPLE.finditer(properties)
    )


def fit_names(names: Iterable[str]) -> set[str]:
    """Return those that can be searched for: neither too short nor what programs write for everybody."""
    tidy = {" ".join(name.split()) for name in names}
    return {name for name in tidy if len(name.encode()) >= SHORTEST and name.casefold() not in _NOBODY}


def is_named(names: set[str], content: bytes) -> bool:
    """Return whether one of the names stands in the content as words of their own: as UTF-8, escaped for XML, or
    as UTF-16."""
    for name in names:
        for written in {name.encode(), escape(name).encode()}:
            word = rb"(?<!%s)%s(?!%s)" % (_LETTER, re.escape(written), _LETTER)
            if re.search(word, content, re.IGNORECASE):
                return True
        if any(name.encode(code) in content for code in ("utf-16-le", "utf-16-be")):
            return True
    return False


def points_to_a_computer(content: bytes) -> bool:
    """Return whether it names a place on somebody's computer or drive, which is mostly named after them."""
    small = content.lower()
    return any(sign in small for sign in _SIGNS) and bool(_LOCAL.search(content))
