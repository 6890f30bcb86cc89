"""The rows of the review screen: the units of a review, each with its source, the text to be approved, the
approved text, findings, decision and comments."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString
from wagtail_localize.models import TranslationContext

from core.languages.site_languages import Language, language
from core.typed import Translatable
from translation.checks.units import Checked, FindingsOfUnits, UnitText, checked_units
from translation.machine.marks import machines_of
from translation.models import Review, SegmentComment, Unit, UnitDecision
from translation.review.decide import decisions_on
from translation.units.chips import with_chips
from translation.units.difference import difference
from translation.units.four_eyes import Hashes, hashes_of
from translation.units.origins import Origin
from translation.units.places import place_name
from translation.units.segments import Segment, original_of


@dataclass
class Row:
    """One unit of a review. `is_new` tells whether its text differs from the approved one; `change` is the
    difference as HTML, empty if there is none or no approved text. `source_change` is the difference of the source
    from the one that the text was made for, empty if there is none. `is_behind` tells that the source has changed
    since the submission; `source_change` is this change then, and the findings are those beside the source as it
    is now. `is_own` tells that the reviewer has written
    or changed the text. `machine` is the name of a machine translator that suggested a text
    for a new one, and `is_from_machine` tells whether it is that text unchanged."""

    review: Review
    path_id: UUID
    string_hash: UUID
    place: str
    source: SafeString
    text: SafeString
    stored: str
    stale: bool
    is_new: bool
    change: SafeString | str = ""
    source_change: SafeString | str = ""
    is_behind: bool = False
    origin: str = ""
    is_own: bool = False
    machine: str = ""
    is_from_machine: bool = False
    findings: list[Checked] = field(default_factory=list)
    decision: UnitDecision | None = None
    comments: list[SegmentComment] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)
    """What the reviewer has typed into the fields of the unit and not sent yet, by the name of the field."""
    error: str = ""
    """Why what the reviewer has just done at the unit was refused."""

    @property
    def id(self) -> str:
        """The id of the row's HTML element, for links to it, and of its fields in the form."""
        return f"{self.review.object_key}-{self.path_id}-{self.string_hash}"

    @property
    def act(self) -> str:
        """What names the unit in the value of a button."""
        return f"{self.review.pk}/{self.path_id}/{self.string_hash}"

    @property
    def hashes(self) -> Hashes:
        return str(self.path_id), str(self.string_hash)

    @property
    def is_marked(self) -> bool:
        """Whether the unit is to be looked at by itself: it has a finding, an open comment, or a text of
        an earlier source."""
        return bool(
            self.stale
            or self.is_behind
            or any(not each.waiver for each in self.findings)
            or any(not each.resolved_at for each in self.comments)
        )

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided on what is new."""
        return self.is_new and self.decision is None


def rows_of(
    review: Review,
    target: Translatable,
    own: Iterable[Hashes] = (),
    segments: Iterable[Segment] | None = None,
) -> list[Row]:
    """Return the units of a review with their approved texts, findings, decisions and comments (six queries).
    `target` gives the labels and lengths of fields, `own` are the units that the reviewer may not approve,
    `segments` those of the source as it is now, if the review is to be compared with them."""
    of_object = {"object_key": review.object_key, "locale_id": review.locale_id}
    units = {(str(row.path_id), str(row.string_hash)): row for row in Unit.objects.filter(**of_object)}
    comments, decisions, own = _comments(review), decisions_on(review), set(own)
    machines = machines_of([review.object_key], [review.locale_id])
    contexts = TranslationContext.objects.filter(object_id=review.object_key)
    paths = {str(path_id): path for path_id, path in contexts.values_list("path_id", "field_path")}
    now = {} if segments is None else sources_now(review, list(segments))
    findings = _findings_of(review, target, now)
    rows = []
    for each in review.wordings:
        place = each["path_id"], each["hash"]
        unit = units.get(place) or Unit()
        before = unit.approved_text or (unit.old_text if unit.was_approved else "")
        is_new = unit.approved_text != each["text"]
        named = review.object_key, review.locale_id, UUID(each["path_id"]), UUID(each["hash"])
        machine = machines.get(named) if is_new else None
        rows.append(
            Row(
                review=review,
                path_id=UUID(each["path_id"]),
                string_hash=UUID(each["hash"]),
                place=place_name(type(target), paths.get(each["path_id"]) or each["path"]),
                source=with_chips(each["source"]),
                text=with_chips(each["text"], each["source"]),
                stored=each["text"],
                stale=each["stale"],
                is_new=is_new,
                change=_change(before, each),
                source_change=_source_change(unit.old_source, each["source"], now.get(place)),
                is_behind=place in now,
                origin=str(Origin(each["origin"]).label) if each.get("origin") else "",
                is_own=place in own,
                machine=machine.tool if machine else "",
                is_from_machine=bool(machine and machine.text == each["text"]),
                findings=findings.get((UUID(each["path_id"]), UUID(each["hash"])), []),
                decision=decisions.get(place),
                comments=comments[place],
            )
        )
    return rows


def _change(before: str, wording: dict[str, Any]) -> SafeString | str:
    """Return how one of `Review.wordings` differs from the approved text, as HTML; empty if it does not."""
    text = wording["text"]
    return difference(before, text, wording["source"]) if before and before != text else ""


def sources_now(review: Review, segments: list[Segment]) -> dict[Hashes, str]:
    """Return the sources that have taken the place of those that a review was submitted with, by the unit of the
    review; an empty one for what the source has lost. `segments` are those of the source as it is now."""
    here = {(str(each.path_id), str(each.string_hash)) for each in segments}
    sources = {each.source for each in segments}
    after = {(each.path, each.earlier.old_source): each.source for each in segments if each.earlier}
    found = {}
    for each in review.wordings:
        new = after.get((each["path"], each["source"]))
        # A string whose block was moved or made again has not changed.
        if hashes_of(each) not in here and (new is not None or each["source"] not in sources):
            found[hashes_of(each)] = new or ""
    return found


def added_since(review: Review, segments: list[Segment]) -> list[Segment]:
    """Return the units that the source has got since a review was submitted: neither a changed string nor one
    that was moved. `segments` are those of the source as it is now."""
    here = {(str(each.path_id), str(each.string_hash)) for each in segments}
    moved = {each["source"] for each in review.wordings if hashes_of(each) not in here}
    known = {hashes_of(each) for each in review.wordings}
    old = moved | set(sources_now(review, segments).values())
    return [
        each
        for each in segments
        if (str(each.path_id), str(each.string_hash)) not in known and each.source not in old
    ]


def _source_change(translated: str, submitted: str, now: str | None) -> SafeString | str:
    """Return the change of a source since its submission, `now` being None if there is none, else that since it
    was translated, as HTML; empty if there is neither."""
    if now is not None:
        return difference(submitted, now)
    return difference(translated, submitted) if translated else ""


def _findings_of(review: Review, target: Translatable, now: dict[Hashes, str]) -> FindingsOfUnits:
    """Return the findings on the texts of a review, beside the sources that they will stand beside."""
    units = (
        UnitText(
            (UUID(each["path_id"]), UUID(each["hash"])),
            now.get(hashes_of(each)) or each["source"],
            each["text"],
            each["stale"],
        )
        for each in review.wordings
    )
    return checked_units(type(target), review.object_key, review.locale_id, units)


def _comments(review: Review) -> dict[Hashes, list[SegmentComment]]:
    """Return the comments that begin a thread, with their answers, by the unit (two queries)."""
    found = defaultdict(list)
    rows = SegmentComment.objects.filter(object_key=review.object_key, locale_id=review.locale_id, parent=None)
    for comment in rows.select_related("author", "resolved_by").prefetch_related("answers__author"):
        found[str(comment.path_id), str(comment.string_hash)].append(comment)
    return found


def languages_of(review: Review, target: Translatable) -> tuple[Language, Language]:
    """Return the source language and the target language of a review."""
    return language(original_of(target).locale.language_code), language(target.locale.language_code)
