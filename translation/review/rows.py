"""The units of a review as the screen of the reviewer shows them, with what has changed in the source and in the
text, and comments."""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.safestring import SafeString
from wagtail_localize.models import TranslationContext

from core.languages.site_languages import Language, language
from core.typed import Translatable
from translation.checks.units import Checked, FindingsOfUnits, UnitText, checked_units
from translation.models import Review, SegmentComment, Unit
from translation.units.difference import as_read, difference
from translation.units.places import place_name
from translation.units.segments import original_of


@dataclass
class Row:
    """One unit of a review. `is_new` tells whether its text differs from the approved one; `change` is the
    difference as HTML, empty if there is none or no approved text. `source_change` is the difference of the source
    from the one that the approved text translates, empty if there is none."""

    path_id: UUID
    string_hash: UUID
    place: str
    source: str
    text: str
    stale: bool
    is_new: bool
    change: SafeString | str = ""
    source_change: SafeString | str = ""
    comments: list[SegmentComment] = field(default_factory=list)
    findings: list[Checked] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The id of the row's HTML element, for links to it."""
        return f"{self.path_id}-{self.string_hash}"


def rows_of(review: Review, target: Translatable) -> list[Row]:
    """Return the units of a review with their approved texts, comments and findings (three queries, and those of
    `checked_units`). The approved text of a unit whose source has changed is that of the earlier source. `target`
    gives the labels of fields."""
    of_object = {"object_key": review.object_key, "locale_id": review.locale_id}
    units = {(str(row.path_id), str(row.string_hash)): row for row in Unit.objects.filter(**of_object)}
    comments = defaultdict(list)
    for comment in SegmentComment.objects.filter(**of_object).select_related("author", "resolved_by"):
        comments[str(comment.path_id), str(comment.string_hash)].append(comment)
    contexts = TranslationContext.objects.filter(object_id=review.object_key)
    paths = {str(path_id): path for path_id, path in contexts.values_list("path_id", "field_path")}
    findings = _findings_of(review, target)
    rows = []
    for each in review.wordings:
        place = each["path_id"], each["hash"]
        unit = units.get(place) or Unit()
        before = unit.approved_text or (unit.old_text if unit.was_approved else "")
        rows.append(
            Row(
                path_id=UUID(each["path_id"]),
                string_hash=UUID(each["hash"]),
                place=place_name(type(target), paths.get(each["path_id"], each["path"])),
                source=as_read(each["source"]),
                text=as_read(each["text"]),
                stale=each["stale"],
                is_new=unit.approved_text != each["text"],
                change=difference(before, each["text"]) if before and before != each["text"] else "",
                source_change=difference(unit.old_source, each["source"]) if unit.old_source else "",
                comments=comments[place],
                findings=findings.get((UUID(each["path_id"]), UUID(each["hash"])), []),
            )
        )
    return rows


def _findings_of(review: Review, target: Translatable) -> FindingsOfUnits:
    units = (
        UnitText((UUID(each["path_id"]), UUID(each["hash"])), each["source"], each["text"], each["stale"])
        for each in review.wordings
    )
    return checked_units(type(target), review.object_key, review.locale_id, units)


def languages_of(review: Review, target: Translatable) -> tuple[Language, Language]:
    """Return the source language and the target language of a review."""
    return language(original_of(target).locale.language_code), language(target.locale.language_code)
