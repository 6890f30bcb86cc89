"""Applying of an import's plan in bulk. Bulk writes bypass `StringTranslation.save()` and its signals, so this
module does for all strings what these do."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from translation.exchange.plan import Line, Outcome, Plan, plan_of
from translation.exchange.records import InFile, Refused
from translation.memory.foreign import Foreign, allowed, bring_in
from translation.models import CONFIRMED, UP_TO_DATE, Standing, Unit
from translation.units.authors import earlier_authors, note_all
from translation.units.summaries import outdate
from translation.units.versions import keep

BATCH = 500
TITLE = "title"
LONGEST_TOOL = 255
WRITTEN_FIELDS = [
    "data",
    "translation_type",
    "tool_name",
    "last_translated_by",
    "updated_at",
    "has_error",
    "field_error",
]


def changed_meanwhile() -> str:
    """Return the error message for a plan that is not the one that the user has seen any more."""
    return _("The translations have changed in the meantime. Check the updated list.")


def apply(files: Collection[InFile], user: User, digest: str | None = None, answered: bool = False) -> Plan:
    """Write all that the files would change, or nothing, and return the plan. Raise Refused if a file is refused,
    if `digest` is given and is not the plan's, or if it has questions and `answered` is False. Texts with errors
    are not in the plan's written lines. One object of 200 strings takes about 20 queries."""
    try:
        with transaction.atomic():
            # The lock makes imports into one translation run one after the other.
            list(
                Translation.objects.select_for_update()
                .filter(uuid__in={file.translation for file in files if file.translation})
                .order_by("pk")
                .values_list("pk", flat=True)
            )
            plan = plan_of(files, user)
            if digest is not None and plan.digest != digest:
                raise Refused(changed_meanwhile())
            if plan.questions and not answered:
                raise Refused(plan.questions[0])
            _write(plan, user)
    except IntegrityError as error:
        raise Refused(changed_meanwhile()) from error
    return plan


def _write(plan: Plan, user: User) -> None:
    changed = [line for line in plan.written if line.outcome in (Outcome.CHANGED, Outcome.MOVED)]
    note_all([*_authors(plan, user), *_earlier_authors(changed)])
    keep(list(_replaced(changed)))
    new = [_worded(StringTranslation(), line, user) for line in changed if line.known.wording is None]
    old = [_worded(_wording(line), line, user) for line in changed if line.known.wording is not None]
    StringTranslation.objects.bulk_create(new, batch_size=BATCH)
    StringTranslation.objects.bulk_update(old, WRITTEN_FIELDS, batch_size=BATCH)
    StringTranslation.objects.bulk_update(_confirmed(plan, user), ["last_translated_by"], batch_size=BATCH)
    _write_draft_titles(changed)
    bring_in([*plan.foreign, *allowed(map(_kept, plan.kept))], user)
    final = [line for line in plan.written if line.unit.final]
    _confirm(final)
    for key, locale in {
        (each.translation.source.object_id, each.translation.target_locale_id) for each in plan.written
    }:
        outdate(key, locale)
    now = timezone.now()
    Unit.objects.bulk_create(
        [
            Unit(**_place(line), path=_path(line), unsure_from=line.tool, unsure_since=now)
            for line in changed
            if not line.unit.final
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["object_key", "locale", "path_id", "string_hash"],
        update_fields=["unsure_from", "unsure_since"],
    )
    _mark_stale([line for line in changed if line.outcome == Outcome.MOVED and not line.known.stale])


def _mark_stale(lines: list[Line]) -> None:
    """Mark strings whose text translates an earlier source, which the file holds."""
    now = timezone.now()
    Unit.objects.bulk_create(
        [
            Unit(
                **_place(line),
                path=_path(line),
                unsure_from=line.tool,
                unsure_since=now,
                old_source=line.unit.source,
                old_text=line.unit.target,
                stale_since=now,
            )
            for line in lines
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["object_key", "locale", "path_id", "string_hash"],
        update_fields=["old_source", "old_text", "stale_since"],
    )


def _kept(line: Line) -> Foreign:
    """Return the text of a string that is gone, for the translation memory."""
    source = line.translation.source
    languages = source.locale_id, line.translation.target_locale_id
    return Foreign(line.unit.source, line.unit.target, *languages, line.file, source.object_id)


def _authors(plan: Plan, user: User) -> Iterator[tuple[dict[str, Any], str, int | None]]:
    """Yield the authors of the texts that are written or confirmed, and of those that they replace, as
    `translation.units.authors` notes them. To be asked before the texts are set."""
    for line in plan.written:
        known, place = line.known.wording, {**_place(line), "path": _path(line)}
        was_approved = line.known.stale is not None and line.known.stale.was_approved
        is_changed = known is None or known.data != line.unit.target
        if known and (was_approved != is_changed) and line.known.standing != Standing.APPROVED:
            yield place, known.data, known.last_translated_by_id
        if is_changed or _is_theirs(line):
            yield place, line.unit.target, user.pk


def _earlier_authors(lines: Collection[Line]) -> Iterator[tuple[dict[str, Any], str, int | None]]:
    """Yield the authors that the histories of the units name for the texts of these lines (one query for each
    translation)."""
    of_object: dict[tuple[Any, int], dict[Any, Line]] = defaultdict(dict)
    for line in lines:
        place = _place(line)
        of_object[place["object_key"], place["locale_id"]][place["path_id"], place["string_hash"]] = line
    for (key, locale_id), found in of_object.items():
        texts = {unit: line.unit.target for unit, line in found.items()}
        for unit, author in earlier_authors(key, locale_id, texts):
            line = found[unit]
            yield {**_place(line), "path": _path(line)}, line.unit.target, author


def _replaced(lines: list[Line]) -> Iterator[tuple[dict[str, Any], StringTranslation]]:
    """Yield the texts that are replaced, as `translation.units.versions` keeps them. To be asked before the texts
    are set."""
    for line in lines:
        known = line.known.wording
        if known is not None and known.data != line.unit.target:
            yield {**_place(line), "path": _path(line)}, known


def _worded(wording: StringTranslation, line: Line, user: User) -> StringTranslation:
    """Set the fields of a new or stored translation to what the line says, without saving it, and return it. The
    user becomes its author if the text is new or differs, or as `_is_theirs` says."""
    segment = line.known.segment
    wording.translation_of_id, wording.context_id = segment.string_id, segment.context_id
    wording.locale_id = line.translation.target_locale_id
    if line.known.wording is None or wording.data != line.unit.target or _is_theirs(line):
        wording.last_translated_by = user
    wording.data, wording.tool_name = line.unit.target, f"{line.tool}: {line.file}"[:LONGEST_TOOL]
    wording.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
    wording.updated_at = timezone.now()
    wording.has_error, wording.field_error = False, ""
    return wording


def _confirmed(plan: Plan, user: User) -> list[StringTranslation]:
    """Return the confirmed translations of which the user becomes the author, without saving them."""
    confirmed = [_wording(line) for line in plan.written if line.outcome == Outcome.CONFIRMED and _is_theirs(line)]
    for wording in confirmed:
        wording.last_translated_by = user
    return confirmed


def _wording(line: Line) -> StringTranslation:
    """Return the stored translation of a line that must have one."""
    wording = line.known.wording
    assert wording is not None
    return wording


def _is_theirs(line: Line) -> bool:
    """Return whether the user who imports the text that is stored already becomes its author, as in
    `translation.units.authors`: if it has none, or an approved text is confirmed for a changed source."""
    mark = line.known.stale
    return _wording(line).last_translated_by_id is None or bool(mark and mark.was_approved)


def _write_draft_titles(lines: list[Line]) -> None:
    """Set the draft titles of target pages, which the page explorer shows, to the imported titles, if these are
    not empty."""
    titles = {
        (line.translation.source.object_id, line.translation.target_locale_id): line.unit.target
        for line in lines
        if _path(line) == TITLE
    }
    if not titles:
        return
    keys, locales = zip(*titles, strict=True)
    pages = []
    for page in Page.objects.filter(translation_key__in=keys, locale_id__in=locales):
        if title := titles.get((page.translation_key, page.locale_id)):
            page.draft_title = title
            pages.append(page)
    Page.objects.bulk_update(pages, ["draft_title"], batch_size=BATCH)


def _confirm(lines: list[Line]) -> None:
    """Unmark the strings of these lines as stale and as unconfirmed."""
    places = defaultdict(set)
    for line in lines:
        place = _place(line)
        places[place["object_key"], place["locale_id"]].add((place["path_id"], place["string_hash"]))
    if not places:
        return
    keys, locales = zip(*places, strict=True)
    marked = Unit.objects.filter(Q(stale_since__isnull=False) | Q(unsure_since__isnull=False))
    found = [
        row.pk
        for row in marked.filter(object_key__in=keys, locale_id__in=locales)
        if (row.path_id, row.string_hash) in places.get((row.object_key, row.locale_id), ())
    ]
    Unit.objects.filter(pk__in=found).clear(**CONFIRMED, **UP_TO_DATE)


def _path(line: Line) -> str:
    return line.known.segment.context.path


def _place(line: Line) -> dict[str, Any]:
    """Return the values of the fields that name the string in `Unit`."""
    return {
        "object_key": line.translation.source.object_id,
        "locale_id": line.translation.target_locale_id,
        "path_id": line.known.segment.context.path_id,
        "string_hash": line.known.segment.string.data_hash,
    }
