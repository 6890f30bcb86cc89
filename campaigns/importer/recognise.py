"""Recognition of the campaigns, projects, partners and topics of the database that a story names, in any
language."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from wagtail.models import Locale

from campaigns.importer.draft import StoryDraft
from campaigns.importer.names import acronym_pattern, fold, is_acronym, name_pattern, variants
from campaigns.importer.places import is_country
from campaigns.models import CampaignPage, EditionPage, Organisation, ProjectPage, Topic
from core.languages.site_languages import best

LONGEST_TEXT = 200_000
MOST_UNKNOWN = 20
SHORTEST_THEME = 3

_ACRONYM = re.compile(r"(?<![\w#])[^\W\d_]{2,10}?(?=s?(?!\w))")
_ROMAN = re.compile(r"[IVXLC]+")


@dataclass(frozen=True)
class Known:
    """A row of an object that has a name, in one language."""

    kind: str
    pk: int
    title: str
    translation_key: UUID
    locale_id: int
    live: bool


@dataclass
class Recognised:
    """The recognised objects in the order of the text, and acronyms that belong to none."""

    campaigns: list[Known] = field(default_factory=list)
    projects: list[Known] = field(default_factory=list)
    partners: list[Known] = field(default_factory=list)
    topics: list[Known] = field(default_factory=list)
    unknown_acronyms: list[str] = field(default_factory=list)


class Names:
    """All names of the database, fetched once (five queries) for any number of stories."""

    def __init__(self, locale: Locale) -> None:
        self.locale = locale
        self._rows: dict[UUID, list[Known]] = defaultdict(list)
        self._keys: dict[str, set[UUID]] = defaultdict(set)
        self._load_campaigns()
        self._load("projects", ProjectPage.objects.all(), "title", "acronym")
        self._load("partners", Organisation.objects.all(), "name", "acronym")
        self._load("topics", Topic.objects.all(), "name")
        self._patterns = list(self._compile())

    def recognise(self, draft: StoryDraft) -> Recognised:
        """Return the objects that the first LONGEST_TEXT characters of the story name, in any language, in the
        order in which they are first named. Each is the live row in the best language; of objects without a live
        row, a draft."""
        text = "\n".join([draft.title, *draft.paragraphs])[:LONGEST_TEXT]
        first_seen, taken = self._find(text)
        found = Recognised(unknown_acronyms=_unknown_acronyms(text, taken))
        for key in sorted(first_seen, key=first_seen.__getitem__):
            row = self._best(key)
            getattr(found, row.kind).append(row)
        return found

    def _load_campaigns(self) -> None:
        rows = CampaignPage.objects.values_list("path", "translation_key", "hashtags")
        keys = {path: key for path, key, _hashtags in rows}
        self._load("campaigns", CampaignPage.objects.all(), "title", "short_name")
        for _path, key, hashtags in rows:
            self._name(key, hashtags.split())
        for path, *themes in EditionPage.objects.values_list("path", "global_theme", "local_theme"):
            campaign = keys.get(path[: -EditionPage.steplen])
            if campaign is not None:
                self._name(campaign, (theme for theme in themes if len(theme.split()) >= SHORTEST_THEME))

    def _load(self, kind: str, rows: QuerySet[Any], *fields: str) -> None:
        for pk, key, locale_id, live, *names in rows.values_list(
            "pk", "translation_key", "locale_id", "live", *fields
        ):
            self._rows[key].append(Known(kind, pk, names[0], key, locale_id, live))
            self._name(key, names)

    def _name(self, key: UUID, names: Iterable[str]) -> None:
        for name in names:
            for variant in variants(name.strip()):
                if len(variant) > 1:
                    self._keys[variant].add(key)

    def _compile(self) -> Iterator[tuple[bool, re.Pattern[str], set[UUID]]]:
        """Yield the patterns of all names, the longest first, so that the name of an observance is found before a
        topic that is part of it."""
        for name in sorted(self._keys, key=len, reverse=True):
            exact = is_acronym(name)
            pattern = acronym_pattern(name) if exact else name_pattern(name)
            if pattern:
                yield exact, pattern, self._keys[name]

    def _find(self, text: str) -> tuple[dict[UUID, int], bytearray]:
        """Return the position at which each object is first named, and a map of the characters that belong to
        names. A name inside a longer one that was found does not count."""
        folded = fold(text)
        first_seen: dict[UUID, int] = {}
        taken = bytearray(len(text))
        for exact, pattern, keys in self._patterns:
            for match in pattern.finditer(text if exact else folded):
                if any(taken[match.start() : match.end()]):
                    continue
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
                for key in keys:
                    first_seen[key] = min(match.start(), first_seen.get(key, len(text)))
        return first_seen, taken

    def _best(self, key: UUID) -> Known:
        rows = self._rows[key]
        row = best([row for row in rows if row.live] or rows, self.locale.language_code)
        assert row is not None
        return row


def _unknown_acronyms(text: str, taken: bytearray) -> list[str]:
    found: dict[str, None] = {}
    for match in _ACRONYM.finditer(text):
        word = match.group()
        # A script without capitals has no acronyms.
        if not all(map(str.isupper, word)):
            continue
        if not any(taken[match.start() : match.end()]) and not _ROMAN.fullmatch(word) and not is_country(word):
            found[word] = None
    return list(found)[:MOST_UNKNOWN]
