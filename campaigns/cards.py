"""Cards: the plain values that templates show, made by `campaigns.drawing`.

`code` is the language of a card's own text. A place, a speaker or a source story that it names has a language of
its own.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.languages.site_languages import InLanguage, Words
from core.models import SiteImage

# The states of a commitment as schema.org's ActionStatusType, which has no value for “No evidence yet”.
ACTION_STATUS = {
    "planned": "PotentialActionStatus",
    "in_progress": "ActiveActionStatus",
    "fulfilled": "CompletedActionStatus",
    "not_fulfilled": "FailedActionStatus",
}


class Card(InLanguage):
    """Base of all cards."""

    def node(self, page: str, at: Callable[[str], str]) -> dict[str, Any] | None:
        """Return the card as a schema.org object, or None, as here, if it has no equivalent there. `page` is the
        URL of the page that shows the card; `at` makes a URL absolute."""
        return None


@dataclass(frozen=True, kw_only=True)
class Link(Card):
    """A link to a page, in the language of the page."""

    title: str
    url: str


@dataclass(frozen=True, kw_only=True)
class StoryCard(Card):
    """A story in a list. `seed` determines the pattern shown where there is no image, `accent` is its colour."""

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
    """A quote."""

    text: str
    speaker: Words | None = None
    role: str = ""
    image: SiteImage | None = None
    date: datetime.date | None = None
    source: Link | None = None
    original: str = ""
    """The name, in the reader's language, of the language in which the words were said; empty if the text is not a
    translation."""

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
    """A takeaway."""

    statement: str
    detail: str = ""
    source: Link | None = None


@dataclass(frozen=True, kw_only=True)
class FigureCard(Card):
    """A key figure. `source` is the publisher of the number."""

    value: str
    unit: str = ""
    label: str = ""
    year: int | None = None
    source: str = ""
    source_url: str = ""


@dataclass(frozen=True, kw_only=True)
class CommitmentCard(Card):
    """A commitment with its state and the evidence for the state."""

    text: str
    who: Words | None = None
    person: Words | None = None
    date: datetime.date | None = None
    url: str = ""
    source: Link | None = None
    state: str = ""
    state_label: str = ""
    """The name of the state in the reader's language."""
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
    """A partner organisation. `kind_label` is the name of its kind in the reader's language."""

    name: str
    acronym: str = ""
    kind: str = ""
    kind_label: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class EditionCard(Card):
    """An edition of a campaign."""

    year: int
    title: str = ""
    global_theme: str = ""
    local_theme: str = ""
    url: str = ""
    is_current: bool = False


@dataclass(frozen=True, kw_only=True)
class CampaignCard(Card):
    """A campaign in a list, with the year and theme of its current edition and the date of its next observance."""

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
    """A page of any other kind in a list."""

    title: str
    url: str
    text: str = ""
    seed: str = ""
    image: SiteImage | None = None
