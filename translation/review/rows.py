"""The units of a review as the screen of the reviewer shows them, with source, approved text and comments."""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.safestring import SafeString
from wagtail_localize.models import TranslationContext

from core.languages.site_languages import Language, language
from core.typed import Translatable
from translation.models import ApprovedWording, Review, SegmentComment
from translation.units.difference import as_read, difference
from translation.units.places import place_name
from translation.units.segments import original_of


@dataclass
class Row:
    """One unit of a review. `is_new` tells whether its text differs from the approved one; `change` is the
    difference as HTML, empty if there is none or no approved text."""

    path_id: UUID
    string_hash: UUID
    place: str
    source: str
    text: str
    stale: bool
    is_new: bool
    change: SafeString | str = ""
    comments: list[SegmentComment] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The id of the row's HTML element, for links to it."""
        return f"{self.path_id}-{self.string_hash}"


def rows_of(review: Review, target: Translatable) -> list[Row]:
    """Return the units of a review with their approved texts and comments (three queries). `target` gives the
    labels of fields."""
    of_object = {"object_key": review.object_key, "locale_id": review.locale_id}
    approved = {
        (str(row.path_id), str(row.string_hash)): row.text for row in ApprovedWording.objects.filter(**of_object)
    }
    comments = defaultdict(list)
    for comment in SegmentComment.objects.filter(**of_object).select_related("author", "resolved_by"):
        comments[str(comment.path_id), str(comment.string_hash)].append(comment)
    contexts = TranslationContext.objects.filter(object_id=review.object_key)
    paths = {str(path_id): path for path_id, path in contexts.values_list("path_id", "field_path")}
    rows = []
    for each in review.wordings:
        place = each["path_id"], each["hash"]
        before = approved.get(place)
        rows.append(
            Row(
                path_id=UUID(each["path_id"]),
                string_hash=UUID(each["hash"]),
                place=place_name(type(target), paths.get(each["path_id"], each["path"])),
                source=as_read(each["source"]),
                text=as_read(each["text"]),
                stale=each["stale"],
                is_new=before != each["text"],
                change=difference(before, each["text"]) if before and before != each["text"] else "",
                comments=comments[place],
            )
        )
    return rows


def languages_of(review: Review, target: Translatable) -> tuple[Language, Language]:
    """Return the source language and the target language of a review."""
    return language(original_of(target).locale.language_code), language(target.locale.language_code)
