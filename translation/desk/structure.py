"""The structure of an object as its units show it: blocks with their names, and headings, paragraphs and list
items of rich texts. It is read from what wagtail-localize has stored of the source, without the source itself."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser

from django.core.exceptions import FieldDoesNotExist
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy
from wagtail.fields import StreamField
from wagtail_localize.models import StringSegment, TemplateSegment

from core.typed import Translatable
from translation.units.fields import Place, place_of

SEARCH_FIELDS = {"seo_title", "search_description"}
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
ROLES: dict[str, Promise] = {
    "p": gettext_lazy("Paragraph"),
    "li": gettext_lazy("List item"),
    "blockquote": gettext_lazy("Quotation"),
    "td": gettext_lazy("Table cell"),
    "th": gettext_lazy("Table heading"),
    "figcaption": gettext_lazy("Caption"),
}
VOID = {"br", "hr", "img", "embed", "input"}


@dataclass(frozen=True)
class Position:
    """Where a string stands. `group` names the block, so that strings of one block have the same; `heading` is the
    block's name, `label` that of the field in it. `element` is the HTML element in a rich text, and empty
    elsewhere; `role` names it."""

    group: str
    heading: str
    label: str
    element: str
    role: str
    limit: int | None
    help_text: str


class _Elements(HTMLParser):
    """Collects the block element around each `<text position="…">` of a template of wagtail-localize."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: dict[int, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "text":
            position = dict(attrs).get("position") or ""
            if position.isdecimal():
                known = (each for each in reversed(self.open) if each in HEADINGS or each in ROLES)
                self.found[int(position)] = next(known, "")
        elif tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "text":
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass


@lru_cache(maxsize=2_000)
def elements_of(template: str) -> dict[int, str]:
    """Return the innermost heading, paragraph, list item, cell or quotation around each string of a template, by
    its position; an empty string where there is none."""
    parser = _Elements()
    parser.feed(template)
    return parser.found


def role_name(element: str) -> str:
    """Return the name of an HTML element for people; empty if it has none."""
    if level := HEADINGS.get(element):
        return gettext("Heading, level %(level)d") % {"level": level}
    return str(ROLES.get(element, ""))


class Structure:
    """The positions of the strings of several sources (one query)."""

    def __init__(self, source_ids: Collection[int]) -> None:
        self._templates: dict[tuple[int, int], list[tuple[int, str]]] = {}
        self._places: dict[tuple[type[Translatable], str], Place] = {}
        rows = TemplateSegment.objects.filter(source__in=source_ids).order_by("order")
        for source, context, order, template in rows.values_list(
            "source_id", "context_id", "order", "template__template"
        ):
            self._templates.setdefault((source, context), []).append((order, template))

    def position_of(self, segment: StringSegment, model: type[Translatable], source_id: int) -> Position:
        """Return the position of a string of a source. `model` is that of the source object."""
        path, field_path = segment.context.path, segment.context.field_path or segment.context.path
        place = self._place(model, field_path)
        element = self._element(segment, source_id)
        group, heading, label = _named(model, path, field_path, place.name)
        return Position(group, heading, label, element, role_name(element), place.max_length, place.help_text)

    def _place(self, model: type[Translatable], field_path: str) -> Place:
        known = model, field_path
        if known not in self._places:
            self._places[known] = place_of(model, field_path)
        return self._places[known]

    def _element(self, segment: StringSegment, source_id: int) -> str:
        """Return the element around the string: its number in the template is how far it stands behind it."""
        found = ""
        for order, template in self._templates.get((source_id, segment.context_id), ()):
            if order < segment.order:
                found = elements_of(template).get(segment.order - order - 1, "")
        return found


def _named(model: type[Translatable], path: str, field_path: str, name: str) -> tuple[str, str, str]:
    """Return group, heading and label of a string: by its block in a stream, by its row among child rows, else by
    its field. What search engines and shared links show stands together."""
    parts, names = path.split("."), name.split(" › ")
    if parts[0] in SEARCH_FIELDS:
        return "search", gettext("Search result and share card"), names[-1]
    try:
        field = model._meta.get_field(parts[0])
    except FieldDoesNotExist:
        return parts[0], "", name
    if isinstance(field, StreamField) and len(parts) > 1:
        heading = names[1] if len(names) > 1 else names[0]
        return ".".join(parts[:2]), heading, " › ".join(names[2:]) or heading
    if len(parts) > 1 and parts[-1] != parts[0]:
        return ".".join(parts[:2]), names[0], names[-1]
    return parts[0], "", names[-1]


def in_order(positions: Iterable[Position]) -> list[int]:
    """Return the indexes of positions in the order of the screen: as in the source, what search engines show
    last."""
    return [
        index
        for index, _last in sorted(enumerate(p.group == "search" for p in positions), key=lambda each: each[1])
    ]
