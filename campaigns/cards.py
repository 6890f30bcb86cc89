"""What the templates draw: plain values, made once by `material` and the listings. A card says in which
language its own words are; what it names besides (a place, a speaker, its source) has a language of its own."""

import datetime
from dataclasses import dataclass

from core.languages.site_languages import InLanguage, Words
from core.models import SiteImage


class Card(InLanguage):
    pass


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
