"""What the templates draw: plain values, made once by `material` and the listings. A card says in which
language it is, for it may stand in for one that the reader's language lacks."""

import datetime
from dataclasses import dataclass, field

from core.languages import active_code, language
from core.models import SiteImage


@dataclass(frozen=True, kw_only=True)
class Card:
    code: str = field(default_factory=active_code)

    @property
    def lang(self) -> str:
        return self.code

    @property
    def dir(self) -> str:
        return language(self.code).dir

    @property
    def language_name(self) -> str:
        return language(self.code).name

    @property
    def is_fallback(self) -> bool:
        return self.code != active_code()


@dataclass(frozen=True, kw_only=True)
class StoryCard(Card):
    title: str
    url: str
    summary: str = ""
    date: datetime.date | None = None
    dateline: str = ""
    image: SiteImage | None = None
    seed: str = ""
    accent: str = ""


@dataclass(frozen=True, kw_only=True)
class VoiceCard(Card):
    text: str
    speaker: str = ""
    role: str = ""
    photo: SiteImage | None = None
    date: datetime.date | None = None
    source_title: str = ""
    source_url: str = ""
    original_language_name: str = ""


@dataclass(frozen=True, kw_only=True)
class TakeawayCard(Card):
    statement: str
    detail: str = ""
    source_title: str = ""
    source_url: str = ""


@dataclass(frozen=True, kw_only=True)
class FigureCard(Card):
    value: str
    unit: str = ""
    label: str = ""
    year: int | None = None
    source: str = ""
    source_url: str = ""


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
