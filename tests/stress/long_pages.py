"""Long pages for the editor, each of words that no other page has."""

import random

from tests.factories import NewsPageFactory, UserFactory
from tests.site_tree import make_site

PAGES = 8
BLOCKS = 4
PARAGRAPHS = 40
WORDS = 20
"""In a paragraph: 3,200 words in a page."""


def words_of(page: int) -> set[str]:
    """Return every word of the page's body, as `make_long_pages` writes them."""
    return {f"zq{page}w{number}q" for number in range(BLOCKS * PARAGRAPHS * WORDS)}


def make_long_pages() -> list[int]:
    """Write the pages as drafts, and an administrator “stress”; return the pages' ids in their order."""
    site = make_site()
    UserFactory(username="stress", is_superuser=True)
    return [
        NewsPageFactory(
            parent=site.news_index,
            live=False,
            title=f"Long story {page}",
            body=[("rich_text", text) for text in _texts(page)],
        ).pk
        for page in range(PAGES)
    ]


def _texts(page: int) -> list[str]:
    words = iter(f"zq{page}w{number}q" for number in range(BLOCKS * PARAGRAPHS * WORDS))
    choice = random.Random(page)
    return [
        "".join(_paragraph([next(words) for _word in range(WORDS)], choice) for _paragraphs in range(PARAGRAPHS))
        for _block in range(BLOCKS)
    ]


def _paragraph(words: list[str], choice: random.Random) -> str:
    """With what an editor puts into one, so that the parser has states to mix up."""
    bold, linked = choice.sample(range(len(words)), 2)
    words[bold] = f"<b>{words[bold]}</b>"
    words[linked] = f'<a href="https://example.org/{linked}">{words[linked]}</a>'
    text = " ".join(words)
    return choice.choice([f"<p>{text}</p>", f"<ul><li>{text}</li></ul>", f"<p><i>{text}</i></p>"])
