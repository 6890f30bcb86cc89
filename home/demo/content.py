"""Reader of the demo's content in content/: pages and snippets with their texts in all languages.

A text is a table of language codes, such as {en = "…", ru = "…"}. A page or snippet is translated into a language
only if each of its texts has that language; some deliberately are not.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any, TypeGuard

from django.conf import settings
from wagtail_localize.strings import StringValue

from campaigns import models as campaigns
from core.typed import Translatable
from home import models as home

SOURCE = "en"
FOLDER = Path(__file__).parent / "content"
PAGE_TYPES: dict[str, type[Translatable]] = {
    "home": home.HomePage,
    "section": home.SectionPage,
    "content": home.ContentPage,
    "resource_index": home.ResourceIndexPage,
    "campaign_index": campaigns.CampaignIndexPage,
    "news_index": campaigns.NewsIndexPage,
}
# Path below the home page under which the pages of a class are created.
PLACES: dict[type[Translatable], str] = {
    campaigns.NewsPage: "news",
    campaigns.CampaignPage: "campaigns",
    campaigns.ProjectPage: "our-work",
    home.ResourcePage: "data-and-resources/resources",
}
SNIPPETS: dict[type[Translatable], tuple[str, str]] = {
    campaigns.Topic: ("topics.toml", "topic"),
    campaigns.SDG: ("goals.toml", "sdg"),
    campaigns.Place: ("places.toml", "place"),
    campaigns.Organisation: ("organisations.toml", "organisation"),
    campaigns.Quote: ("quotes.toml", "quote"),
    campaigns.Takeaway: ("takeaways.toml", "takeaway"),
    campaigns.KeyFigure: ("key_figures.toml", "key_figure"),
    campaigns.Commitment: ("commitments.toml", "commitment"),
}


@dataclass
class Piece:
    """A page or snippet of the demo. `key` is unique for the model: a snippet's slug (an SDG's number), or a
    page's path below the home page. `data` are its fields as in the file."""

    model: type[Translatable]
    key: str
    data: dict[str, Any]
    # Languages of the page's PDF files. The page's own languages do not depend on them.
    files: list[str] = field(default_factory=list)

    @cached_property
    def languages(self) -> list[str]:
        """The codes of the languages into which all texts are translated, without the source language, in the
        order of LANGUAGES."""
        codes = [code for code, _name in settings.LANGUAGES if code != SOURCE]
        return [code for code in codes if all(code in text for text in texts(self.data))]

    def phrases(self, code: str) -> dict[str, str]:
        """Return the translation into the language `code` of each string, by the string, both in
        wagtail-localize's format. A string that is not in a table of languages is the same in all. Raise
        ValueError if a text has more lines in one language than in the other."""
        book = {word: word for word in plain(self.data)}
        for text in texts(self.data):
            pairs = zip(strings(text[SOURCE]), strings(text[code]), strict=True)
            book |= {_segment(original): _segment(translation) for original, translation in pairs}
        return book


def is_text(value: object) -> TypeGuard[dict[str, str]]:
    """Return whether the value is a table of language codes, which has the source language."""
    return isinstance(value, dict) and SOURCE in value


def texts(value: object) -> Iterator[dict[str, str]]:
    """Yield the tables of language codes anywhere in the value."""
    if is_text(value):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts(item)


def plain(value: object) -> Iterator[str]:
    """Yield the strings anywhere in the value that are not in a table of language codes."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list) and not is_text(value):
        for item in value.values() if isinstance(value, dict) else value:
            yield from plain(item)


def strings(text: str) -> list[str]:
    """Return the lines of a text without their markup. Each line is a paragraph; "## " begins a heading and "- " a
    list item."""
    return [line.removeprefix("## ").removeprefix("- ") for line in text.strip().splitlines()]


def to_html(text: str) -> str:
    """Return a text (see `strings`) as the HTML of a rich text field."""
    html, listing = [], False
    for place, line in enumerate(text.strip().splitlines()):
        entry = line.startswith("- ")
        if entry != listing:
            html.append("<ul>" if entry else "</ul>")
            listing = entry
        tag = "li" if entry else "h2" if line.startswith("## ") else "p"
        # Draft.js gives each block a key. With one, opening and saving the page does not change the HTML.
        block_key = sha256(f"{place} {line}".encode()).hexdigest()[:5]
        html.append(f'<{tag} data-block-key="{block_key}">{escape(strings(line)[0], quote=False)}</{tag}>')
    return "".join(html) + ("</ul>" if listing else "")


def _segment(line: str) -> str:
    return StringValue.from_plaintext(line).data


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def images() -> list[dict[str, Any]]:
    """Return the data of the images: slug, title and alternative texts of each."""
    return _read(FOLDER / "images.toml")["image"]


def snippets() -> list[Piece]:
    return [
        Piece(model, str(data.get("number") or data.pop("slug")), data)
        for model, (name, table) in SNIPPETS.items()
        for data in _read(FOLDER / name)[table]
    ]


def pages() -> list[Piece]:
    """Return the pages of the demo as in its files, parents before their children, stories by date."""
    fixed = [data for path in sorted((FOLDER / "pages").glob("*.toml")) for data in _read(path)["page"]]
    pieces = [Piece(PAGE_TYPES[data.pop("type")], data.pop("path"), data) for data in fixed]
    pieces += _placed(campaigns.ProjectPage, _read(FOLDER / "projects.toml")["project"])
    pieces += _placed(home.ResourcePage, _read(FOLDER / "resources.toml")["resource"])
    pieces += _placed(campaigns.CampaignPage, _tables("campaigns", "campaign"))
    pieces += [
        Piece(campaigns.EditionPage, f"campaigns/{data.pop('campaign')}/{data['year']}", data)
        for data in _tables("editions", "edition")
    ]
    stories = [_read(path) for path in (FOLDER / "stories").glob("*.toml")]
    for story in stories:
        story["dateline_date"] = story["date"] if story.get("dateline_date", True) else None
    return pieces + _placed(campaigns.NewsPage, sorted(stories, key=lambda story: (story["date"], story["slug"])))


def _tables(folder: str, table: str) -> list[dict[str, Any]]:
    return [data for path in sorted((FOLDER / folder).glob("*.toml")) for data in _read(path)[table]]


def _placed(model: type[Translatable], tables: list[dict[str, Any]]) -> list[Piece]:
    return [
        Piece(model, f"{PLACES[model]}/{data.pop('slug')}", data, files=data.pop("files", [])) for data in tables
    ]
