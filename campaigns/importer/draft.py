"""What a reader makes of a story, before anything of it is looked up or stored."""

import datetime
from dataclasses import dataclass, field

AGE_OF_MAJORITY = 18


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
    age: int | None = None

    @property
    def known(self) -> bool:
        return bool(self.name or self.role)

    @property
    def is_minor(self) -> bool:
        return self.age is not None and self.age < AGE_OF_MAJORITY


@dataclass(frozen=True)
class DraftQuote:
    text: str
    speaker: Speaker
    paragraph: int
    start: int = 0
    """Of it and its attribution, in the stretch of paragraphs that begins there."""
    end: int = 0
    signed: bool = False
    """The paragraph after it is its signature."""


@dataclass
class StoryDraft:
    title: str
    places: tuple[DraftPlace, ...] = ()
    date: datetime.date | None = None
    paragraphs: list[str] = field(default_factory=list)
    """A list item keeps its leading "- "."""
    body: list[str | DraftQuote] = field(default_factory=list)
    """The paragraphs again, without the words of the quotes that stand between them."""
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
