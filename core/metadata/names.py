"""Names in the properties of a document, and the search for them in the cleaned content."""

import re
from collections.abc import Iterable
from html import escape, unescape

SHORTEST = 5  # bytes; shorter names occur in compressed pictures by chance
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
# Each match of the pattern contains one of these, for which a search is many times faster.
_SIGNS = (b"file:/", b"users", b"documents and settings", b"/home/", b"\\\\", b"-my.sharepoint.com/")


def names_in(properties: bytes) -> set[str]:
    """Return the names of people and companies in a part with properties, given as XML in UTF-8."""
    return fit_names(
        unescape(re.sub(r"<!\[CDATA\[|\]\]>|<[^>]*>", " ", found[2].decode("utf-8", "ignore")))
        for found in _OF_PEOPLE.finditer(properties)
    )


def fit_names(names: Iterable[str]) -> set[str]:
    """Return the names worth searching for, with single spaces: at least SHORTEST bytes long, and not defaults of
    programs."""
    tidy = {" ".join(name.split()) for name in names}
    return {name for name in tidy if len(name.encode()) >= SHORTEST and name.casefold() not in _NOBODY}


def is_named(names: set[str], content: bytes) -> bool:
    """Return whether one of the names occurs in the content: as whole words, in any case of ASCII letters, in
    UTF-8 or escaped for XML, or anywhere and exactly in UTF-16."""
    for name in names:
        for written in {name.encode(), escape(name).encode()}:
            word = rb"(?<!%s)%s(?!%s)" % (_LETTER, re.escape(written), _LETTER)
            if re.search(word, content, re.IGNORECASE):
                return True
        if any(name.encode(code) in content for code in ("utf-16-le", "utf-16-be")):
            return True
    return False


def points_to_a_computer(content: bytes) -> bool:
    """Return whether the content has a path on somebody's computer, server or drive, or a `file:` URL, which
    usually include their name."""
    small = content.lower()
    return any(sign in small for sign in _SIGNS) and bool(_LOCAL.search(content))
