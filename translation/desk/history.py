"""The history of a unit: all texts that it has had, who entered them, and in which reviews they were approved."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.safestring import SafeString
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from translation.desk.saving import save_text
from translation.desk.wording import editable
from translation.machine.marks import mark_of
from translation.models import MachineText, Review, ReviewStatus, Unit, UnitVersion
from translation.units.authors import unit_of
from translation.units.carrying import carry_machine_texts
from translation.units.chips import with_chips
from translation.units.difference import difference
from translation.units.origins import AGAIN_TOOL, origin_name, tool_again


@dataclass
class Version:
    """A text of a unit. `id` names it within the history. `source` is what it translates, empty if that is the
    source text as it is now; `shown` is the text for reading. `origin` tells where the text comes from, empty if
    the author has typed it; `first` is the version that a text taken again was taken from. `approvals` are the
    reviews in which the text was approved; `mark` says that it is a machine's, of which `machine` is the
    suggestion."""

    id: str
    data: str
    source: SafeString | str
    shown: SafeString
    author: User | None
    origin: str
    at: datetime.datetime
    is_current: bool = False
    tool: str = ""
    machine: MachineText | None = None
    mark: str = ""
    first: "Version | None" = None
    approvals: list[Review] = field(default_factory=list)

    @property
    def text(self) -> str:
        return editable(self.data)


def versions_of(translation: Translation, segment: StringSegment) -> list[Version]:
    """Return the texts of a unit, the newest first. Those for former source texts of its place are among them,
    unless several strings of a rich text share the place (five queries)."""
    found = [*_stored(translation, segment), *_replaced(translation, segment)]
    if translation.source.stringsegment_set.filter(context_id=segment.context_id).count() > 1:
        found = [version for version in found if not version.source]
    found.sort(key=lambda version: (version.is_current, version.at), reverse=True)
    _mark_taken_again(found)
    _mark_approved(found, translation, str(segment.context.path_id))
    _mark_machines(found, translation, segment)
    return found


def _stored(translation: Translation, segment: StringSegment) -> Iterator[Version]:
    """Yield the draft text, and those that wagtail-localize keeps of former source texts."""
    rows = StringTranslation.objects.filter(
        context_id=segment.context_id, locale_id=translation.target_locale_id
    ).select_related("last_translated_by", "translation_of")
    for row in rows:
        is_current = row.translation_of_id == segment.string_id
        made_of, author = row.translation_of.data, row.last_translated_by
        source, shown = "" if is_current else with_chips(made_of), with_chips(row.data, made_of)
        origin, tool = origin_name(row), row.tool_name
        yield Version(f"d{row.pk}", row.data, source, shown, author, origin, row.updated_at, is_current, tool)


def _replaced(translation: Translation, segment: StringSegment) -> Iterator[Version]:
    rows = UnitVersion.objects.filter(
        object_key=translation.source.object_id,
        locale_id=translation.target_locale_id,
        path_id=segment.context.path_id,
    ).select_related("author")
    for row in rows:
        source = "" if row.string_hash == segment.string.data_hash else with_chips(row.source)
        shown = with_chips(row.text, row.source)
        yield Version(f"v{row.pk}", row.text, source, shown, row.author, _origin(row), row.saved_at, tool=row.tool)


def _origin(row: UnitVersion) -> str:
    """Return where a replaced text came from. Whether it was a machine's is known by `MachineText`."""
    return origin_name(StringTranslation(tool_name=row.tool))


def _mark_taken_again(versions: list[Version]) -> None:
    """Tell the texts that were taken again whose text each is: that of the first version with it."""
    first: dict[str, Version] = {}
    for version in reversed(versions):
        known = first.setdefault(version.text, version)
        if version.tool == AGAIN_TOOL and known is not version:
            version.first = known


def _mark_approved(versions: Iterable[Version], translation: Translation, path_id: str) -> None:
    reviews = Review.objects.filter(
        object_key=translation.source.object_id,
        locale_id=translation.target_locale_id,
        status=ReviewStatus.APPROVED,
    ).select_related("decided_by")
    for review in reviews:
        texts = {each["text"] for each in review.wordings if each["path_id"] == path_id}
        for version in versions:
            if version.data in texts:
                version.approvals.append(review)


def _mark_machines(versions: Iterable[Version], translation: Translation, segment: StringSegment) -> None:
    rows = MachineText.objects.filter(
        object_key=translation.source.object_id,
        locale_id=translation.target_locale_id,
        path_id=segment.context.path_id,
    )
    suggested = {row.text: row for row in rows}
    for version in versions:
        version.machine = suggested.get(version.data)
        version.mark = mark_of(version.machine, version.data)


@transaction.atomic
def take_again(translation: Translation, segment: StringSegment, version: Version, user: User) -> None:
    """Store a version as the draft text of its unit. Raise ValidationError if it cannot be stored."""
    row = save_text(translation, segment, version.text, None, user, tool_again(version.tool))
    if row and version.machine:
        # It may have been suggested for another source text.
        data = row.data
        carry_machine_texts([(version.machine, Unit(**unit_of(row)), lambda _text: data)])


def compared(versions: list[Version], older: str, newer: str, source: str) -> SafeString | None:
    """Return the difference between two versions of what translates `source`, given by their ids; None unless both
    are among `versions`."""
    known = {each.id: each for each in versions}
    if older not in known or newer not in known:
        return None
    return difference(known[older].data, known[newer].data, source)
