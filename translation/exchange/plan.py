"""Plan of an import: what a file would change, string by string. Nothing is written here."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_localize.models import Translation

from core.languages.tags import is_same, may_be_same
from translation.access.queries import locales_for
from translation.checks.checking import Basis, basis_of, findings
from translation.checks.finding import Code, Finding
from translation.checks.units import stale
from translation.exchange.foreign import foreign_texts
from translation.exchange.records import TOOLS, Format, InFile, InUnit, Refused, Standing, of_each
from translation.exchange.scope import changeable
from translation.exchange.strings import OPEN, Row, Rows, rows_of, site_identity
from translation.exchange.wording import NO_IDS
from translation.localize.models import string_hash
from translation.localize.names import SUBMIT
from translation.memory.foreign import Foreign
from translation.models import LanguageAction
from translation.units.fields import place_of
from translation.units.pairing import ALIGNED, ELSEWHERE, aligned, nearest


class Outcome(models.TextChoices):
    """What an import would do with a string of the file."""

    CHANGED = "changed", gettext_lazy("will change")
    CONFIRMED = "confirmed", gettext_lazy("unchanged, confirmed")
    FAILED = "failed", gettext_lazy("failed a check, skipped")
    MOVED = "moved", gettext_lazy("source has changed, kept for a look")
    KEPT = "kept", gettext_lazy("not found here, kept in the translation memory")
    UNKNOWN = "unknown", gettext_lazy("not found here")
    SAME = "same", gettext_lazy("unchanged")
    EMPTY = "empty", gettext_lazy("empty in the file")


WRITTEN = (Outcome.CHANGED, Outcome.CONFIRMED, Outcome.MOVED)


@dataclass(frozen=True)
class Line:
    """A string of a file with its outcome. `row` is None if the string is unknown here."""

    outcome: Outcome
    file: str
    format: Format
    translation: Translation
    unit: InUnit
    row: Row | None = None
    place: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def known(self) -> Row:
        """The row of a line, which must not have the outcome UNKNOWN."""
        assert self.row is not None
        return self.row

    @property
    def tool(self) -> str:
        return TOOLS[self.format]

    @property
    def old(self) -> str:
        """The text that is stored now; empty if there is none."""
        return self.row.text if self.row else ""

    @property
    def source(self) -> str:
        return self.row.source if self.row else self.unit.source

    @property
    def key(self) -> tuple[int, str, str]:
        """What names the string: the translation's primary key, and the hashes of path and source string."""
        return self.translation.pk, self.unit.path_id, self.unit.string_hash


@dataclass(frozen=True)
class Plan:
    """All lines of an import, ordered by outcome."""

    lines: list[Line] = field(default_factory=list)
    foreign: list[Foreign] = field(default_factory=list)
    """The texts of files of other programs, which go into the translation memory."""
    questions: tuple[str, ...] = ()
    """Questions that the user has to answer with yes before anything is written."""
    files: list[tuple[str, Translation]] = field(default_factory=list)
    """The names of the files, each with the translation that it is of."""

    @cached_property
    def written(self) -> list[Line]:
        return [line for line in self.lines if line.outcome in WRITTEN]

    @cached_property
    def kept(self) -> list[Line]:
        """The lines whose texts are kept in the translation memory."""
        return [line for line in self.lines if line.outcome == Outcome.KEPT]

    @property
    def changes_something(self) -> bool:
        return bool(self.written or self.kept or self.foreign)

    @cached_property
    def counts(self) -> dict[str, int]:
        return dict(Counter(line.outcome for line in self.lines))

    @cached_property
    def digest(self) -> str:
        """A SHA-256 of all texts that would be written, and of those that they would replace."""
        lines = [*self.written, *self.kept]
        said = [[*line.key, line.outcome, line.unit.final, line.old, line.unit.target] for line in lines]
        return hashlib.sha256(json.dumps([said, len(self.foreign)]).encode()).hexdigest()


def stored(files: Iterable[InFile]) -> list[dict[str, Any]]:
    """Return the files as JSON-compatible values."""
    return [asdict(file) for file in files]


def restored(files: Iterable[dict[str, Any]]) -> list[InFile]:
    """Return the files from the values that `stored` has returned."""
    return [InFile(**{**file, "units": tuple(InUnit(**unit) for unit in file["units"])}) for file in files]


def plan_of(files: Collection[InFile], user: User) -> Plan:
    """Return what the files would change, without changing it (ten queries, and two for each language).
    Raise Refused if a file is of another site, of a translation that is unknown or stopped, in another
    language, or if the user may not import it."""
    foreign = foreign_texts([file for file in files if file.is_foreign], user)
    files = [file for file in files if not file.is_foreign]
    translations = _translations(files)
    may_import = _importable(translations.values(), user)

    def doubts_about(file: InFile) -> list[str]:
        translation = translations[file.translation]
        doubts = [_guess(file, translation), _language_doubt(file, translation)]
        if translation.pk not in may_import:
            language = translation.target_locale.get_display_name()
            raise Refused(_("You do not have permission to translate into %(language)s.") % {"language": language})
        return doubts

    doubts = [*of_each(files, doubts_about, attrgetter("name")), list(_twice(files, translations))]
    questions = dict.fromkeys(doubt for of_file in doubts for doubt in of_file if doubt)
    rows = rows_of(translations.values())
    known = {(pk, *row.id): row for pk, of_translation in rows.items() for row in of_translation}
    lines: dict[tuple[Any, ...], Line] = {}
    bases = lru_cache(basis_of)
    for file in files:
        translation = translations[file.translation]
        basis = bases(translation.target_locale.language_code)
        for unit in file.units:
            row = known.get((translation.pk, unit.path_id, unit.string_hash))
            line = _line(file, translation, unit, row, basis)
            before = lines.get(line.key)
            lines[line.key] = line if before is None else _one_of(before, line)
    found = with_changed_sources(list(lines.values()), rows, bases)
    return Plan(
        sorted(found, key=lambda line: list(Outcome).index(line.outcome)),
        foreign,
        tuple(questions),
        [(file.name, translations[file.translation]) for file in files],
    )


def _translations(files: Collection[InFile]) -> dict[str, Translation]:
    """Return the translations that the files name, by the id in the file. Raise Refused if a file is of another
    site, or its id is malformed or is not that of an enabled translation."""
    site = str(site_identity())

    def uuid_in(file: InFile) -> UUID:
        if file.site and file.site != site:
            raise Refused(_("The file comes from another site."))
        try:
            return UUID(file.translation)
        except ValueError as error:
            raise Refused(NO_IDS) from error

    uuids = dict(
        zip((file.translation for file in files), of_each(files, uuid_in, attrgetter("name")), strict=True)
    )
    found = Translation.objects.filter(uuid__in=set(uuids.values()), enabled=True).select_related(
        "source__locale", "source__specific_content_type", "target_locale"
    )
    by_uuid = {each.uuid: each for each in found}

    def check_active(file: InFile) -> None:
        if uuids[file.translation] not in by_uuid:
            raise Refused(_("The file belongs to a translation that is not active on this site."))

    of_each(files, check_active, attrgetter("name"))
    return {text: by_uuid[uuid] for text, uuid in uuids.items()}


def _twice(files: Collection[InFile], translations: dict[str, Translation]) -> Iterator[str]:
    """Yield a question for each translation that several files are of."""
    names: dict[int, dict[str, Translation]] = defaultdict(dict)
    for file in files:
        translation = translations[file.translation]
        names[translation.pk][file.name] = translation
    for of_translation in names.values():
        if len(of_translation) > 1:
            translation = next(iter(of_translation.values()))
            said = {
                "names": ", ".join(f"“{name}”" for name in of_translation),
                "title": translation.source.object_repr,
                "language": translation.target_locale.get_display_name(),
            }
            yield (
                _(
                    "%(names)s are all of “%(title)s” (%(language)s). Strings that they translate differently are "
                    "skipped. Import the others?"
                )
                % said
            )


def _guess(file: InFile, translation: Translation) -> str:
    """Return a question if the file does not say which translation it is of; an empty string if it does."""
    if not file.is_guessed:
        return ""
    names = {
        "name": file.name,
        "title": translation.source.object_repr,
        "language": translation.target_locale.get_display_name(),
    }
    return (
        _(
            "“%(name)s” does not say which translation it belongs to. By its strings it is “%(title)s” "
            "(%(language)s). Is it?"
        )
        % names
    )


def _language_doubt(file: InFile, translation: Translation) -> str:
    """Return a question if the file's language may be the translation's (`may_be_same`); an empty string if it is
    the same, or if the file names none. Raise Refused if it is another one."""
    wanted = translation.target_locale.language_code
    if not file.language or is_same(file.language, wanted):
        return ""
    names = {"said": file.language, "wanted": translation.target_locale.get_display_name()}
    if may_be_same(file.language, wanted):
        return _("The file declares the language “%(said)s”. Is it in %(wanted)s?") % names
    raise Refused(_("The file is in another language (%(said)s). Expected: %(wanted)s.") % names)


def _importable(translations: Iterable[Translation], user: User) -> set[int]:
    """Return the primary keys of the translations that the user may import into: superusers into all, translators
    into their languages, and users who may submit translations into all languages of sources that they may
    change."""
    every = list(translations)
    if user.is_active and user.is_superuser:
        return {each.pk for each in every}
    allowed = locales_for(user, LanguageAction.TRANSLATE)
    others = [each for each in every if each.target_locale_id not in allowed]
    coordinated = changeable(user, others) if others and user.has_perm(SUBMIT) else set()
    return {
        each.pk
        for each in every
        if each.target_locale_id in allowed or (each.source.object_id, each.source.locale_id) in coordinated
    }


def with_changed_sources(lines: list[Line], rows: Rows, bases: Callable[[str], Basis]) -> list[Line]:
    """Return the lines, the unknown ones with a text matched to the string that has replaced theirs since the
    export, by place and similarity, as far as that has no text or one that needs work. The texts of the others are
    kept in the translation memory."""
    lost = defaultdict(list)
    for line in lines:
        if line.outcome == Outcome.UNKNOWN and line.unit.target.strip() and line.unit.source.strip():
            lost[line.translation.pk].append(line)
    moved: dict[tuple[int, str, str], Line] = {}
    for pk, unknown in lost.items():
        named = {line.key[1:] for line in lines if line.translation.pk == pk}
        fresh = [row for row in rows[pk] if row.id not in named and row.standing in OPEN]
        pairs = _replaced(unknown, fresh)
        basis = bases(unknown[0].translation.target_locale.language_code)
        moved |= {line.key: _moved(line, row, basis) for line, row in pairs}
        moved |= {line.key: replace(line, outcome=Outcome.KEPT) for line in unknown if line.key not in moved}
    return [moved.get(line.key, line) for line in lines]


def _replaced(lines: list[Line], rows: list[Row]) -> list[tuple[Line, Row]]:
    """Return pairs of a line and the string that has replaced its own: at the same place, else by similarity."""
    pairs: list[tuple[Any, Any]] = []
    for path in {line.unit.path_id for line in lines}:
        old = [line for line in lines if line.unit.path_id == path]
        new = [row for row in rows if row.id[0] == path]
        if len(old) == len(new) == 1:
            pairs.append((old[0], new[0]))
        else:
            pairs += aligned([*old], [*new], _source, ALIGNED)
    used = {id(each) for pair in pairs for each in pair}
    rest: tuple[list[Line | Row], list[Line | Row]] = (
        [line for line in lines if id(line) not in used],
        [row for row in rows if id(row) not in used],
    )
    return [*pairs, *nearest(*rest, _source, ELSEWHERE, lambda each: "")]


def _source(each: Line | Row) -> str:
    return each.source


def _moved(line: Line, row: Row, basis: Basis) -> Line:
    """Return a line whose text is kept at a string that has replaced its own: it needs review. If it could not be
    stored there, the text is kept in the memory."""
    unit = replace(line.unit, path_id=row.id[0], string_hash=row.id[1], final=False)
    file = InFile(line.file, line.format, "", "", "", (unit,))
    checked = _line(file, line.translation, unit, row, basis)
    if checked.outcome == Outcome.SAME:
        return checked
    if checked.outcome != Outcome.CHANGED:
        return replace(line, outcome=Outcome.KEPT)
    return replace(checked, outcome=Outcome.MOVED)


def _line(file: InFile, translation: Translation, unit: InUnit, row: Row | None, basis: Basis) -> Line:
    """Return the line of one string, with its outcome: compare the text of the file with the stored text, and
    check it. `row` is None for a string that is unknown here. Blocking findings that can be waived do not keep a
    text out: they keep it from being submitted."""
    common = (file.name, Format(file.format), translation, unit, row)
    if row is None:
        return Line(Outcome.UNKNOWN, *common)
    model = translation.source.specific_content_type.model_class()
    context = row.segment.context
    place = place_of(model, context.field_path or context.path)
    if not unit.target.strip():
        return Line(Outcome.EMPTY, *common, place.name)
    same = row.wording is not None and unit.target == row.text and not row.wording.has_error
    unsure = row.standing in (Standing.STALE, Standing.NEEDS_REVIEW)
    untouched = [stale()] if row.stale and unit.target == row.text else []
    if same and not (unit.final and unsure):
        return Line(Outcome.SAME, *common, place.name, tuple(untouched))
    language = translation.target_locale.language_code
    of_text = findings(row.source, unit.target, language, place.max_length, basis, place.is_one_line)
    found = [*_of_file(unit, row), *of_text, *untouched]
    if any(finding.is_blocking and not finding.may_be_waived for finding in found):
        return Line(Outcome.FAILED, *common, place.name, tuple(found))
    return Line(Outcome.CONFIRMED if same else Outcome.CHANGED, *common, place.name, tuple(found))


def _of_file(unit: InUnit, row: Row) -> list[Finding]:
    """Return the findings that come from the file: markup of the program's own (blocking), and another source text
    than the exported one (advisory)."""
    found = []
    if unit.markup:
        message = _("The text contains markup added by the translation program.")
        found.append(Finding(Code.FILE, message, is_blocking=True))
    if unit.source and str(string_hash(unit.source)) != str(row.segment.string.data_hash):
        found.append(Finding(Code.FILE, _("The source text differs from the exported one.")))
    return found


def _one_of(one: Line, other: Line) -> Line:
    """Return the line for a string that occurs twice: the one with a text, the first if both are equal, or a
    failed line if the texts differ."""
    if other.unit.target == one.unit.target or not other.unit.target.strip():
        return one
    if not one.unit.target.strip():
        return other
    message = _("This string occurs twice in the upload with different texts.")
    return replace(other, outcome=Outcome.FAILED, findings=(Finding(Code.FILE, message, is_blocking=True),))
