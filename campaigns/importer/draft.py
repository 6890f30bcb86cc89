"""The parsed structure of a story, before anything is looked up in the database or stored."""

import datetime
from dataclasses import dataclass, field

AGE_OF_MAJORITY = 18


@dataclass(frozen=True)
class DraftPlace:
    """A place of a dateline."""

    name: str
    country: str = ""


@dataclass(frozen=True)
class Speaker:
    """A speaker as the text names them. `attribution` is the text that was read."""

    name: str = ""
    honorific: str = ""
    role: str = ""
    attribution: str = ""
    age: int | None = None

    @property
    def known(self) -> bool:
        """Whether the text names the speaker or a role."""
        return bool(self.name or self.role)

    @property
    def is_minor(self) -> bool:
        return self.age is not None and self.age < AGE_OF_MAJORITY


@dataclass(frozen=True)
class DraftQuote:
    """A quote of a story. `paragraph` is the index of the first paragraph of its stretch (see `Stretch`)."""

    text: str
    speaker: Speaker
    paragraph: int
    start: int = 0
    """The start of the quote with its attribution in the text of the stretch."""
    end: int = 0
    """The end of the quote with its attribution in the text of the stretch."""
    signed: bool = False
    """Whether the next paragraph is the attribution of the quote."""


@dataclass
class StoryDraft:
    """The parsed story."""

    title: str
    places: tuple[DraftPlace, ...] = ()
    date: datetime.date | None = None
    paragraphs: list[str] = field(default_factory=list)
    """All paragraphs. List items start with "- "."""
    body: list[str | DraftQuote] = field(default_factory=list)
    """The paragraphs and quotes in their order; the paragraphs here do not contain the words of the quotes."""
    summary: str = ""
    quotes: list[DraftQuote] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    """Passages in quotation marks that the story calls a theme or a slogan."""
    doubts: list[str] = field(default_factory=list)
    """Messages for the editor about what should be checked."""
    menu: list[str] = field(default_factory=list)
    """Lines before the title, such as the menu of the old site."""
    left_out: list[str] = field(default_factory=list)
    """Lines after the title that are not part of the story."""
