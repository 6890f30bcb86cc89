"""Stretches: the paragraphs of a story, joined where a quotation runs over several of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.quotations.marks import quotations, starts_with_opening

LONGEST_STRETCH = 10_000


@dataclass(frozen=True)
class Stretch:
    """One paragraph, or several with one quotation, or a quotation together with the paragraph "she said:" before
    it. `position` is the index of the first paragraph, `count` their number."""

    position: int
    text: str
    count: int = 1

    def joined(self, paragraph: str) -> "Stretch":
        """Return the stretch with one more paragraph, after a space."""
        return replace(self, text=f"{self.text} {paragraph}", count=self.count + 1)


def stretches(paragraphs: Sequence[str]) -> Iterator[Stretch]:
    """Yield the stretches of a story in order. A paragraph is joined only if it starts with an opening quotation
    mark and the stretch, shorter than LONGEST_STRETCH, ends with a colon or has an open quotation; in this case
    the mark is dropped."""
    stretch: Stretch | None = None
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
    """Return whether the last quotation of the text has no closing mark."""
    found = quotations(text)
    return bool(found) and not found[-1].closed
