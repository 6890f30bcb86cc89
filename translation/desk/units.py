"""The units that the desk shows, in sections: the object itself, what belongs to it, and the images."""

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from core.internals.wagtail_admin import get_user_display_name
from core.languages.bidi import embedded
from core.languages.site_languages import Language, language
from core.models import SiteImage
from translation.alt_texts.texts import Picture
from translation.checks.alt_texts import place_in
from translation.desk.belonging import Belonging, model_of
from translation.desk.helps import Remark
from translation.desk.structure import HEADINGS, Position, Structure, in_order
from translation.desk.wording import InlineTag, editable, stored, tags_of
from translation.exchange.strings import Row, rows_of
from translation.machine.marks import Place, machines_of, mark_of
from translation.models import MachineText, ReviewStatus, SegmentComment
from translation.review.overrides import Row as OverrideRow
from translation.sync.atomic import fingerprint
from translation.units.chips import with_chips
from translation.units.difference import difference
from translation.units.origins import origin_name
from translation.units.segments import Earlier


class State(models.TextChoices):
    """How far a unit is, as the desk shows it."""

    MISSING = "missing", gettext_lazy("missing")
    STALE = "stale", gettext_lazy("out of date")
    NEEDS_REVIEW = "needs_review", gettext_lazy("needs review")
    TRANSLATED = "translated", gettext_lazy("translated")
    APPROVED = "approved", gettext_lazy("approved")


OPEN = {State.MISSING, State.STALE, State.NEEDS_REVIEW}
"""The states in which there is something to do."""


def version_of(wording: StringTranslation | None) -> str:
    """Return the version of a unit's text, a digest of it, or an empty string if there is no text. A save that
    names another version than the stored one is refused, because somebody else has saved meanwhile."""
    return fingerprint(wording.data) if wording else ""


def version_of_alt_text(image: SiteImage, text: str) -> str:
    """Return the version of an alternative text, which also says for which source text it is."""
    return f"{place_in(image)[1]}.{fingerprint(text) if text else ''}"


def stamp_of(times: Iterable[datetime.datetime], images: Iterable[SiteImage] = ()) -> str:
    """Return what the sources of a screen are: the last of the times at which they were updated, as a text that is
    greater for a later one, and the source texts of the images."""
    last = max((each.astimezone(datetime.UTC).isoformat(timespec="microseconds") for each in times), default="")
    return " ".join([last, *(f"{image.pk}.{place_in(image)[1]}" for image in images)])


def has_changed(seen: str, times: Iterable[datetime.datetime]) -> bool:
    """Return whether a source has changed since the screen with the `stamp_of` `seen` was made. `times` are those
    at which the sources were updated. False for an empty stamp."""
    stamp, *pictures = seen.split(" ")
    if stamp and stamp_of(times) > stamp:
        return True
    parts = (each.partition(".") for each in pictures)
    known = {int(pk): source for pk, _dot, source in parts if pk.isdecimal()}
    images = SiteImage.objects.filter(pk__in=known) if known else ()
    return any(known[image.pk] != str(place_in(image)[1]) for image in images)


def attributes_of(values: dict[str, object]) -> SafeString:
    """Return the attributes of an HTML element, each with a space before it."""
    return format_html_join("", ' {}="{}"', values.items())


@dataclass(frozen=True)
class Change:
    """What has changed at a stale unit: the difference of the source, and the text that readers see or that was
    translated, as it is typed and for reading."""

    source: SafeString
    text: str
    shown: SafeString


@dataclass
class DeskUnit:
    """A string of an object, or the alternative text of an image, with its text in the target language.

    `text` is as it is typed. `version` is that of the stored text. `url` is where the text is saved."""

    id: str
    url: str
    source: SafeString
    source_text: str
    text: str
    version: str
    state: State
    label: str
    role: str = ""
    element: str = ""
    group: str = ""
    heading: str = ""
    limit: int | None = None
    help_text: str = ""
    tags: list[InlineTag] = field(default_factory=list)
    change: Change | None = None
    origin: str = ""
    fault: str = ""
    note: str = ""
    detail_url: str = ""
    history_url: str = ""
    is_waiting: bool = False
    in_review: bool = False
    place: tuple[str, str] = ("", "")
    segment: int = 0
    picture: SiteImage | None = None
    starts_group: bool = False
    elsewhere: str = ""
    findings: list[Remark] = field(default_factory=list)
    present: list[str] = field(default_factory=list)
    comments: list[SegmentComment] = field(default_factory=list)

    @property
    def attributes(self) -> SafeString:
        """The attributes of the unit's element, for the script. Made here: a screen has hundreds of units."""
        values: dict[str, Any] = {
            "id": self.id,
            "role": "group",
            "aria-labelledby": f"{self.id}-name",
            "data-unit": "",
            "data-state": self.state.value,
            "data-version": self.version,
            "data-url": self.url,
        }
        if self.detail_url:
            values["data-helps"] = self.detail_url
        values["data-place"] = " ".join(self.place)
        if self.limit:
            values["data-limit"] = self.limit
        if self.tags:
            values["data-tags"] = json.dumps([tag.as_dict() for tag in self.tags])
        return attributes_of(values)

    @property
    def source_attributes(self) -> SafeString:
        return attributes_of({"class": f"desk-unit__source {self._look}", "data-source": self.source_text})

    @property
    def field_attributes(self) -> SafeString:
        """The attributes of the unit's field, without language and direction."""
        return attributes_of(
            {
                "id": f"{self.id}-text",
                "name": "text",
                "rows": self.rows,
                "class": self._look,
                "autocomplete": "off",
                "aria-describedby": f"{self.id}-findings {self.id}-length",
            }
        )

    @property
    def shown(self) -> SafeString:
        """The text for those who may only read it."""
        return with_chips(stored(self.text), stored(self.source_text))

    @property
    def _look(self) -> str:
        return f"desk-as-{self.element or 'text'}{' desk-as-heading' if self.is_heading else ''}"

    @property
    def help(self) -> str:
        return f"{self.note} {self.help_text}".strip()

    @property
    def name(self) -> str:
        return f"{self.label} · {self.role}" if self.role else self.label

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def rows(self) -> int:
        """The lines of the field before a script makes it fit."""
        return min(max(len(max(self.text, self.source_text, key=len)) // 55 + 1, 1), 12)

    @property
    def is_heading(self) -> bool:
        return self.element in HEADINGS or self.group in ("title", "name")


@dataclass
class Section:
    """The units of one object. `notes` are label and text of what a translator has to know of it. `overrides` are
    set in the list of strings at `strings_url`. `machine` is the name of the machine translator that may be asked
    for the texts that are missing."""

    id: str
    title: str
    kind: str
    source_language: Language
    language: Language
    units: list[DeskUnit]
    translation: Translation | None = None
    notes: tuple[tuple[str, str], ...] = ()
    in_review: bool = False
    url: str = ""
    overrides: list[OverrideRow] = field(default_factory=list)
    strings_url: str = ""
    machine: str = ""

    def show_review(self, texts: Mapping[tuple[str, str], str]) -> None:
        """Say that a review of the object waits, and at each unit whether its text is in it. `texts` are those of
        the review, as they are typed, by place."""
        self.in_review = True
        for unit in self.units:
            unit.in_review = bool(unit.text) and texts.get(unit.place) == unit.text

    @property
    def source_tongue(self) -> SafeString:
        """The attributes of elements in the source language."""
        return attributes_of({"lang": self.source_language.code, "dir": self.source_language.dir})

    @property
    def tongue(self) -> SafeString:
        """The attributes of elements in the target language."""
        return attributes_of({"lang": self.language.code, "dir": self.language.dir})


def sections_of(translation: Translation, belonging: Iterable[Belonging]) -> list[Section]:
    """Return a section with the units of the translated object and one for each of the objects that belong to it,
    in the order of `belonging`. The number of queries does not depend on theirs."""
    belonging = list(belonging)
    translations = [translation, *(each.translation for each in belonging)]
    rows = rows_of(translations)
    structure = Structure({each.source_id for each in translations})
    having = {each.source.object_id for each in translations if getattr(each, "has_machine_texts", True)}
    machines = machines_of(having, [translation.target_locale_id])
    made = [_section(each, rows[each.pk], structure, machines) for each in translations]
    for section, each in zip(made[1:], belonging, strict=True):
        section.kind, section.notes = each.kind, each.notes
    return made


def _section(
    translation: Translation, rows: list[Row], structure: Structure, machines: Mapping[Place, MachineText]
) -> Section:
    model = model_of(translation)
    positions = [structure.position_of(row.segment, model, translation.source_id) for row in rows]
    units = [_unit(translation, rows[index], positions[index], machines) for index in in_order(positions)]
    before = ""
    for unit in units:
        unit.starts_group, before = bool(unit.heading) and unit.group != before, unit.group
    source = translation.source
    return Section(
        id=f"o{translation.pk}",
        title=source.object_repr,
        kind=str(model._meta.verbose_name),
        source_language=language(source.locale.language_code),
        language=language(translation.target_locale.language_code),
        units=units,
        translation=translation,
    )


def unit_of(translation: Translation, segment: StringSegment) -> DeskUnit | None:
    """Return one unit of a translation; None if the source has lost it."""
    place = segment.context_id, segment.string_id
    for row in rows_of([translation])[translation.pk]:
        if (row.segment.context_id, row.segment.string_id) == place:
            structure = Structure({translation.source_id})
            position = structure.position_of(row.segment, model_of(translation), translation.source_id)
            machines = machines_of([translation.source.object_id], [translation.target_locale_id])
            return _unit(translation, row, position, machines)
    return None


def _unit(
    translation: Translation, row: Row, position: Position, machines: Mapping[Place, MachineText]
) -> DeskUnit:
    segment, wording = row.segment, row.wording
    context, string = segment.context, segment.string
    place = translation.source.object_id, translation.target_locale_id, context.path_id, string.data_hash
    args = [translation.pk, segment.pk]
    return DeskUnit(
        id=f"s{translation.pk}-{segment.pk}",
        url=reverse_unit("save", *args),
        source=with_chips(row.source),
        source_text=editable(row.source),
        text=editable(row.text),
        version=version_of(wording),
        state=State(row.standing.value),
        label=position.label,
        role=position.role,
        element=position.element,
        group=position.group,
        heading=position.heading,
        limit=position.limit,
        help_text=position.help_text,
        tags=tags_of(row.source, json.loads(segment.attrs or "null") or {}),
        change=_change(row.stale, row.source),
        origin=mark_of(machines.get(place), row.text) or origin_name(wording),
        fault=wording.field_error if wording and wording.has_error else "",
        detail_url=reverse_unit("helps", *args),
        history_url=reverse_unit("history", *args),
        place=row.id,
        segment=segment.pk,
    )


def reverse_unit(name: str, translation_id: int, segment_id: int) -> str:
    """Return the URL of a view of one unit. A screen has hundreds of them: the pattern is reversed once."""
    return _pattern(name).replace("987654321", str(translation_id)).replace("123456789", str(segment_id))


@cache
def _pattern(name: str) -> str:
    return reverse(f"translation_desk:{name}", args=[987654321, 123456789])


def _change(mark: Earlier | None, source: str) -> Change | None:
    if mark is None:
        return None
    shown = with_chips(mark.old_text, mark.old_source)
    return Change(difference(mark.old_source, source), editable(mark.old_text), shown)


def pictures_section(pictures: list[Picture], locale: Locale, source: Language, key: str) -> Section:
    """Return the section with the alternative texts of images. The text of a unit is the one that waits for review
    or was sent back, else the one that readers get."""
    code = locale.language_code
    units = list(_picture_units(pictures, code, source.code))
    return Section(f"i{key}", gettext("Images"), gettext("alternative text"), source, language(code), units)


def _picture_units(pictures: list[Picture], code: str, source: str) -> Iterator[DeskUnit]:
    for picture in pictures:
        original = picture.image.alt_texts.get(source, "")
        key, source_hash = place_in(picture.image)
        text = picture.draft.text if picture.draft else picture.text
        draft = picture.draft
        state = State.TRANSLATED if draft and draft.status != ReviewStatus.REFUSED else State.APPROVED
        if not text:
            state = State.MISSING
        elif picture.is_behind:
            state = State.STALE
        before = draft.source if draft else picture.image.alt_sources.get(code, "")
        stale = state == State.STALE
        yield DeskUnit(
            id=f"i{picture.image.pk}",
            url=reverse("translation_desk:save_alt_text", args=[code, picture.image.pk]),
            source=format_html("{}", original),
            source_text=original,
            text=text,
            version=version_of_alt_text(picture.image, text),
            state=state,
            label=picture.image.title,
            role=gettext("Alternative text"),
            group=f"i{picture.image.pk}",
            limit=300,
            change=_change_of_picture(before, original, text) if stale else None,
            note=_note(picture),
            place=(str(key), str(source_hash)),
            picture=picture.image,
            is_waiting=bool(draft and draft.waits),
        )


def _change_of_picture(before: str, source: str, text: str) -> Change:
    return Change(difference(escape(before), escape(source)), text, format_html("{}", text))


def _note(picture: Picture) -> str:
    if picture.draft is None:
        return ""
    if picture.draft.waits:
        return gettext("In review: readers get this text when a reviewer has approved it.")
    if picture.draft.status == ReviewStatus.WITHDRAWN:
        return gettext("Not submitted yet.")
    words = {
        "person": embedded(get_user_display_name(picture.draft.decided_by)),
        "reason": embedded(picture.draft.reason),
    }
    return gettext("%(person)s requested changes: %(reason)s") % words


def counts(sections: Iterable[Section]) -> dict[str, int]:
    """Return how many units there are in each state, and in all, by the value of the state and “all”."""
    found = dict.fromkeys(["all", *State.values], 0)
    for section in sections:
        for unit in section.units:
            found["all"] += 1
            found[unit.state] += 1
    return found
