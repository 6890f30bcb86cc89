"""What a reader makes of a story, before anything of it is looked up or stored."""

import datetime
from dataclasses import dataclass, field


@dataclass(frozen=True)
class DraftPlace:
    name: str
    country: str = ""


@dataclass(frozen=True)
class Speaker:
    name: str = ""
    honorific: str = ""
    role: str = ""
    attribution: str = ""

    @property
    def known(self) -> bool:
        return bool(self.name or self.role)


@dataclass(frozen=True)
class DraftQuote:
    text: str
    speaker: Speaker
    paragraph: int
    covers: int = 0
    """How many paragraphs from there on hold nothing but it and its attribution."""


@dataclass
class StoryDraft:
    title: str
    places: tuple[DraftPlace, ...] = ()
    date: datetime.date | None = None
    paragraphs: list[str] = field(default_factory=list)
    """A list item keeps its leading "- "."""
    summary: str = ""
    quotes: list[DraftQuote] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    """Passages in quotation marks that the story calls a theme or a slogan."""
    doubts: list[str] = field(default_factory=list)
    """What an editor should look at."""
    menu: list[str] = field(default_factory=list)
    """Lines before the title."""
    left_out: list[str] = field(default_factory=list)
    """Lines after the title that are not part of the story."""
