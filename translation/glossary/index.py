"""Finding terms and names in texts, in any form of their words. The index of a language is kept in the
process, and made anew when terms or names have changed."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Max

from campaigns.models import CampaignPage, Organisation, Place, ProjectPage
from core.languages.site_languages import LocaleCodes
from core.languages.stems import folded, stem
from translation.models import Term, TermStatus, TermTranslation

# The fields with the names of objects.
NAMES: tuple[tuple[type[models.Model], str], ...] = (
    (CampaignPage, "title"),
    (ProjectPage, "title"),
    (Organisation, "name"),
    (Place, "name"),
)
# Zero-width non-joiners part words, combining marks do not.
WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u064b-\u065f'’])*")
TAG = re.compile(r"<[^<>]*>|&#?\w+;")
PLURAL = ((re.compile(r"ies$"), "y"), (re.compile(r"(?:(?<=[sxz])|(?<=[cs]h))es$|(?<=[^sui])s$"), ""))

SHORTEST, MOST_MORE = 4, 3
"""Fewest letters of a stem that another one may continue, and the most letters by which it does."""

Stems = tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """A translation of a term, with the stems of all its forms."""

    text: str
    status: str
    note: str
    stems: tuple[Stems, ...]

    @property
    def is_forbidden(self) -> bool:
        return self.status == TermStatus.FORBIDDEN


@dataclass(frozen=True)
class Entry:
    """A term or a name with its translations into one language, the preferred ones first."""

    term: str
    translations: tuple[Form, ...]
    note: str = ""
    is_name: bool = False

    @property
    def demanded(self) -> list[Form]:
        """The translations of which a text has to have one."""
        return [form for form in self.translations if form.status in (TermStatus.PREFERRED, TermStatus.ALLOWED)]


@dataclass(frozen=True)
class Match:
    """A term that was found in a text, from `start` to `end`."""

    start: int
    end: int
    entry: Entry

    @property
    def term(self) -> str:
        return self.entry.term

    @property
    def note(self) -> str:
        return self.entry.note

    @property
    def is_name(self) -> bool:
        return self.entry.is_name

    @property
    def translations(self) -> tuple[Form, ...]:
        return self.entry.translations

    @property
    def demanded(self) -> list[Form]:
        return self.entry.demanded


class Text:
    """The stems of a translated text."""

    def __init__(self, stems: Iterable[str]) -> None:
        self._stems = list(stems)
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, each in enumerate(self._stems):
            self._places[each[:SHORTEST]].append(place)

    def places(self, forms: Iterable[Form]) -> set[int]:
        """Return the places of all words that belong to one of the forms."""
        found: set[int] = set()
        for stems in (stems for form in forms for stems in form.stems):
            for place in self._places.get(stems[0][:SHORTEST], ()):
                there = self._stems[place : place + len(stems)]
                if len(there) == len(stems) and all(map(_are_same, there, stems)):
                    found.update(range(place, place + len(stems)))
        return found


def _are_same(one: str, other: str) -> bool:
    """Return whether two stems may be of one word. Stemmers leave more of some forms than of others, so the longer
    one may have up to MOST_MORE letters more."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= SHORTEST and len(long) - len(short) <= MOST_MORE and long.startswith(short)


class Index:
    """The terms and names with translations into one language, by the first stem of each form."""

    def __init__(self, language: str, entries: Iterable[tuple[Iterable[str], Entry]]) -> None:
        self.language = language
        self._by_stem: dict[str, list[tuple[Stems, Entry]]] = defaultdict(list)
        for forms, entry in entries:
            for stems in filter(None, map(source_stems, forms)):
                known = self._by_stem[stems[0]]
                if stems not in (each for each, _entry in known):
                    known.append((stems, entry))
        for known in self._by_stem.values():
            known.sort(key=lambda each: -len(each[0]))

    def matches(self, source: str) -> list[Match]:
        """Return the terms in a source text, in their order, the longest at each place. Tags are no text."""
        shown = TAG.sub(lambda match: " " * len(match[0]), source)
        words = list(WORD.finditer(shown))
        stems = tuple(_source_stem(word[0]) for word in words)
        found, place = [], 0
        while place < len(words):
            entry, length = self._at(stems, words, place)
            if entry:
                found.append(Match(words[place].start(), words[place + length - 1].end(), entry))
            place += length
        return found

    def _at(self, stems: Stems, words: list[re.Match[str]], place: int) -> tuple[Entry | None, int]:
        for wanted, entry in self._by_stem.get(stems[place], ()):
            if stems[place : place + len(wanted)] == wanted and (
                not entry.is_name or words[place][0][0].isupper()
            ):
                return entry, len(wanted)
        return None, 1

    def text(self, text: str) -> Text:
        """Return a translated text, to look for forms in."""
        return Text(target_stems(text, self.language))


def source_stems(text: str) -> Stems:
    return tuple(_source_stem(word[0]) for word in WORD.finditer(text))


@lru_cache(maxsize=20_000)
def _source_stem(word: str) -> str:
    """Return an English word without plural ending. A stemmer would make “trafficker” and “trafficking”
    the same."""
    word = folded(word)
    for ending, singular in PLURAL:
        if len(word) > 3 and ending.search(word):
            return ending.sub(singular, word)
    return word


def target_stems(text: str, language: str) -> Stems:
    words = (folded(word[0]) for word in WORD.finditer(text.replace("\u200c", " ")))
    return tuple(stem(word, language) for word in words if word)


def terms_in(source: str, language: str) -> list[Match]:
    """Return the terms and names in a source string, with their positions and their translations into a
    language."""
    return index_of(language).matches(source)


_kept: dict[str, tuple[Any, Index]] = {}


def index_of(language: str) -> Index:
    """Return the index of a language (two queries, four if something has changed)."""
    version = _version(), _names(language)
    known = _kept.get(language)
    if known is None or known[0] != version:
        known = _kept[language] = (version, Index(language, [*_terms(language), *_named(version[1], language)]))
    return known[1]


def _version() -> dict[str, Any]:
    """Return what changes whenever a term or a translation of it is added, changed or deleted."""
    return Term.objects.aggregate(
        Count("pk", distinct=True),
        Count("translations"),
        *map(Max, ("pk", "translations", "updated_at", "translations__updated_at")),
    )


def _names(language: str) -> list[tuple[Any, ...]]:
    """Return the live names in the site's own language and in another one, as key, locale and name."""
    ids = LocaleCodes.ids()
    locales = [ids[code] for code in (settings.LANGUAGE_CODE, language) if code in ids]
    queries = [
        model._default_manager.filter(live=True, locale_id__in=locales)
        .order_by()
        .values_list("translation_key", "locale_id", name)
        for model, name in NAMES
    ]
    return sorted(queries[0].union(*queries[1:], all=True), key=str)


def _terms(language: str) -> Iterator[tuple[list[str], Entry]]:
    order = list(TermStatus.values)
    translations: dict[int, list[TermTranslation]] = defaultdict(list)
    for each in TermTranslation.objects.filter(locale__language_code=language).order_by("pk"):
        translations[each.term_id].append(each)
    for term in Term.objects.filter(pk__in=list(translations)):
        forms = sorted(translations[term.pk], key=lambda each: order.index(each.status))
        made = (_form(each.text, each.forms, language, each.status, each.note) for each in forms)
        yield term.forms, Entry(term.text, tuple(made), term.note)


def _form(text: str, forms: list[str], language: str, status: str, note: str = "") -> Form:
    stems = (target_stems(form, language) for form in forms)
    return Form(text, status, note, tuple(each for each in stems if each))


def _named(names: list[tuple[Any, ...]], language: str) -> Iterator[tuple[list[str], Entry]]:
    codes = {pk: code for code, pk in LocaleCodes.ids().items()}
    by_key: dict[Any, dict[str, str]] = defaultdict(dict)
    for key, locale_id, name in names:
        by_key[key][codes[locale_id]] = name
    for texts in by_key.values():
        if settings.LANGUAGE_CODE in texts and language in texts and language != settings.LANGUAGE_CODE:
            name, translated = texts[settings.LANGUAGE_CODE], texts[language]
            form = _form(translated, [translated], language, TermStatus.PREFERRED)
            yield [name], Entry(name, (form,), is_name=True)
