"""What the templates draw: plain values, made once by `material` and the listings. A card says in which
language its own words are; what it names besides (a place, a speaker, its source) has a language of its own."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.languages.site_languages import InLanguage, Words
from core.models import SiteImage

# What schema.org calls the states of a commitment; it has no word for “No evidence yet”.
ACTION_STATUS = {
    "planned": "PotentialActionStatus",
    "in_progress": "ActiveActionStatus",
    "fulfilled": "CompletedActionStatus",
    "not_fulfilled": "FailedActionStatus",
}


class Card(InLanguage):
    def node(self, page: str, at: Callable[[str], str]) -> dict[str, Any] | None:
        """Return what schema.org calls it, on the page of that address; None where it has no word for it. `at`
        makes an address whole."""
        return None


@dataclass(frozen=True, kw_only=True)
class Link(Card):
    title: str
    url: str


@dataclass(frozen=True, kw_only=True)
class StoryCard(Card):
    title: str
    url: str
    summary: str = ""
    date: datetime.date | None = None
    dateline: tuple[Words, ...] = ()
    image: SiteImage | None = None
    seed: str = ""
    accent: str = ""


@dataclass(frozen=True, kw_only=True)
class VoiceCard(Card):
    text: str
    speaker: Words | None = None
    role: str = ""
    image: SiteImage | None = None
    date: datetime.date | None = None
    source: Link | None = None
    original: str = ""
    """Name of the language that the words were said in, in the reader's; empty where they are not translated."""

    def node(self, page: str, at: Callable[[str], str]) -> dict[str, Any]:
        speaker = {"@type": "Person", "name": str(self.speaker), "jobTitle": self.role} if self.speaker else None
        return {
            "@type": "Quotation",
            "text": self.text,
            "inLanguage": self.code,
            "dateCreated": self.date.isoformat() if self.date else None,
            "creator": speaker,
            "creditText": "" if self.speaker else self.role,
            "isPartOf": {"@type": "WebPage", "url": at(self.source.url) if self.source else page},
        }


@dataclass(frozen=True, kw_only=True)
class TakeawayCard(Card):
    statement: str
    detail: str = ""
    source: Link | None = None


@dataclass(frozen=True, kw_only=True)
class FigureCard(Card):
    value: str
    unit: str = ""
    label: str = ""
    year: int | None = None
    source: str = ""
    source_url: str = ""


@dataclass(frozen=True, kw_only=True)
class CommitmentCard(Card):
    text: str
    who: Words | None = None
    person: Words | None = None
    date: datetime.date | None = None
    url: str = ""
    source: Link | None = None
    state: str = ""
    state_label: str = ""
    """In the reader's language."""
    state_date: datetime.date | None = None
    evidence_url: str = ""

    def node(self, page: str, at: Callable[[str], str]) -> dict[str, Any]:
        return {
            "@type": "Action",
            "name": self.text,
            "agent": {"@type": "Organization", "name": str(self.who)} if self.who else None,
            "participant": {"@type": "Person", "name": str(self.person)} if self.person else None,
            "startTime": self.date.isoformat() if self.date else None,
            "actionStatus": f"https://schema.org/{status}" if (status := ACTION_STATUS.get(self.state)) else None,
            "url": self.url,
            "subjectOf": {"@type": "WebPage", "url": at(self.source.url) if self.source else page},
        }


@dataclass(frozen=True, kw_only=True)
class PartnerCard(Card):
    name: str
    acronym: str = ""
    kind: str = ""
    kind_label: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class EditionCard(Card):
    year: int
    title: str = ""
    global_theme: str = ""
    local_theme: str = ""
    url: str = ""
    is_current: bool = False


@dataclass(frozen=True, kw_only=True)
class CampaignCard(Card):
    title: str
    url: str
    short_name: str = ""
    observance: datetime.date | None = None
    theme: str = ""
    year: int | None = None
    seed: str = ""
    accent: str = ""


@dataclass(frozen=True, kw_only=True)
class PageCard(Card):
    title: str
    url: str
    text: str = ""
    seed: str = ""
    image: SiteImage | None = None
