"""The paragraphs of a story as quotations run through them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.quotations.marks import quotations, starts_with_opening

LONGEST_STRETCH = 10_000


@dataclass(frozen=True)
class Stretch:
    """Paragraphs, joined where a quotation runs over several of them or stands under its "she said:"."""

    position: int
    text: str
    count: int = 1

    def joined(self, paragraph: str) -> "Stretch":
        return replace(self, text=f"{self.text} {paragraph}", count=self.count + 1)


def stretches(paragraphs: Sequence[str]) -> Iterator[Stretch]:
    stretch = None
    for position, paragraph in enumerate(paragraphs):
        if stretch and len(stretch.text) < LONGEST_STRETCH and starts_with_opening(paragraph):
            if stretch.text.endswith(":"):
                stretch = stretch.joined(paragraph)
                continue
            if _is_open(stretch.text):
                stretch = stretch.joined(paragraph[1:])
                continue
        if stretch:
            yield stretch
        stretch = Stretch(position, paragraph)
    if stretch:
        yield stretch


def _is_open(text: str) -> bool:
    found = quotations(text)
    return bool(found) and not found[-1].closed
