"""References, gathering blocks and word counts of a stream, read from its raw data without queries."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from campaigns.blocks import CampaignBody
from campaigns.kinds import BY_NAME
from campaigns.material import DEFAULT_LIMIT
from core.blocks import image_fields
from translation.campaign_contents.kinds import Kind

GATHERED = {
    name: Kind(BY_NAME[block.kind].code)
    for name, block in CampaignBody.base_blocks.items()
    if getattr(block, "kind", "") in BY_NAME
} | {"partners": Kind.ORGANISATION}
"""The kind of material that a block gathers, by the names of blocks."""
IMAGES = {name: image_fields(block) for name, block in CampaignBody.base_blocks.items()}
"""The fields that hold an image, by the names of blocks."""
TAG = re.compile(r"<[^>]*>")
NO_TEXT = {"id", "type", "url", "source_url", "kind", "language", "date", "time", "number"}
LINK_TAG = re.compile(r"<a\b[^>]*>")
PAGE_ID = re.compile(r"""\bid=["'](\d+)["']""")


@dataclass(frozen=True)
class Toolkit:
    """A toolkit block. `languages` are the codes of the languages of its files."""

    key: UUID
    title: str
    languages: frozenset[str]


@dataclass
class Body:
    """The content of a stream. `picks`, `images` and `pages` are primary keys: of picked material by kind, of
    images, and of pages that are linked. `fills` is, by kind, how many rows a block adds to the picked ones.
    `words` estimates what wagtail-localize will count once the page has been sent for translation."""

    picks: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    fills: dict[str, int] = field(default_factory=dict)
    images: list[int] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)
    toolkits: list[Toolkit] = field(default_factory=list)
    words: int = 0


def read(owner: UUID, blocks: Iterable[Mapping[str, Any]] | None) -> Body:
    """Return the content of a stream: picked material, images, linked pages, toolkits and words. `blocks` is its
    `raw_data` or None, `owner` the translation key of its page, from which the keys of toolkits are made."""
    body = Body()
    for place, block in enumerate(blocks or ()):
        value = block["value"]
        name = block["type"]
        if name in GATHERED:
            _gather(body, GATHERED[name], value)
        elif name == "toolkit":
            body.toolkits.append(_toolkit(owner, block.get("id") or str(place), value))
        body.images += [value[field] for field in IMAGES.get(name, ()) if value.get(field)]
        body.pages.update(_pages(value))
        body.words += words_in(value)
    return body


def _gather(body: Body, kind: str, value: Mapping[str, Any]) -> None:
    picks = [pk for pk in _items(value.get("picks")) if pk]
    body.picks[kind] += picks
    room = 0 if value.get("only_picked") else max((value.get("limit") or DEFAULT_LIMIT) - len(picks), 0)
    body.fills[kind] = max(body.fills.get(kind, 0), room)


def _toolkit(owner: UUID, block_id: str, value: Mapping[str, Any]) -> Toolkit:
    languages = frozenset(row.get("language") or "" for row in _items(value.get("files")) if row.get("document"))
    return Toolkit(uuid5(NAMESPACE_URL, f"toolkit:{owner}:{block_id}"), value.get("heading") or "", languages)


def _items(rows: Iterable[Any] | None) -> list[Any]:
    """Return the values of a list block, from either of the formats in which Wagtail has stored list blocks."""
    return [row["value"] if isinstance(row, Mapping) and row.get("type") == "item" else row for row in rows or ()]


def _pages(value: Any) -> Iterator[int]:
    """Yield the primary keys of the pages that a raw value links, in rich text and by choosers named `page`, at
    any depth."""
    if isinstance(value, str):
        for tag in LINK_TAG.findall(value):
            if 'linktype="page"' in tag and (found := PAGE_ID.search(tag)):
                yield int(found[1])
    elif isinstance(value, Mapping):
        if isinstance(value.get("page"), int):
            yield value["page"]
        for inner in value.values():
            yield from _pages(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _pages(inner)


def words_in(value: Any) -> int:
    """Return the number of words in the strings of a raw value, at any depth, without HTML tags and without the
    fields in NO_TEXT."""
    if isinstance(value, str):
        return len(TAG.sub(" ", value).split())
    if isinstance(value, Mapping):
        return sum(words_in(inner) for name, inner in value.items() if name not in NO_TEXT)
    return sum(map(words_in, value)) if isinstance(value, list | tuple) else 0
