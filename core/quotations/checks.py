"""The publishing check on quoted passages. A passage is settled if it is a quote that the object shows, or if
somebody has stated that nobody private is quoted in it.

In a translation, a settled passage of the source at the same place also settles a passage that may be its
translation.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol, cast
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Revision

from core.findings import Finding
from core.quotations.files import texts_of_files
from core.quotations.models import PassageStatement
from core.quotations.names import known_names
from core.quotations.passages import Passage, first_words, read
from core.quotations.persons import is_first_person
from core.quotations.statements import passage_digest, statements_on, take_over
from core.quotations.texts import Paragraph, texts_of
from core.quotations.words import bare_words, fold
from core.references.objects import references
from core.rules import Rule
from core.typed import Translatable

if TYPE_CHECKING:
    from core.publishing.gate import PublishGate

CODE = "quoted_passage"
_SHORTEST, _LONGEST = 0.4, 2.5
"""Limits of the length of a translation, as a multiple of the length of its source."""

Place = tuple[str, tuple[str, ...], int]
"""Field, block path and number of the paragraph, which are the same in every language."""


class ShownQuote(Protocol):
    """A quote, whose model is in another app."""

    translation_key: UUID

    @property
    def quoted_words(self) -> str: ...

    def consent_holds(self, on: date | None = None) -> bool: ...


@dataclass(frozen=True)
class Found:
    """A passage in an object, with what settles it."""

    passage: Passage
    paragraph: Paragraph
    digest: str
    statement: PassageStatement | None = None
    source: str = ""
    """Digest of the passage of the source that settles this passage."""
    is_quote: bool = False
    """Whether a quote that the object shows contains the same words."""

    @property
    def is_settled(self) -> bool:
        """Return whether a statement, a passage of the source or a quote settles the passage."""
        return bool(self.statement or self.source or self.is_quote)

    @property
    def place(self) -> Place:
        return place_of(self.paragraph)


@dataclass
class _Texts:
    """The passages of an object, and the number of quotations of any kind at each place."""

    found: list[Found] = field(default_factory=list)
    quotations: Counter[Place] = field(default_factory=Counter)


def place_of(paragraph: Paragraph) -> Place:
    """Return the place of a paragraph, which is the same in every language."""
    return paragraph.field, paragraph.block_path, paragraph.number


def passages_of(subject: Translatable, on: date | None = None) -> list[Found]:
    """Return the passages of an object with what settles them on a day, by default today. A quote that the object
    shows settles the same words in a text as long as the quote's consent holds. In a translation, the passages of
    its source, as readers see it, may settle the others; some that are only names there are left out."""
    texts = _read(subject)
    if not texts.found:
        return []
    found = _settled(subject, texts.found, on)
    if all(each.is_settled for each in found) or (source := source_of(subject)) is None:
        return found
    # The version that readers see.
    seen = source if source.live else source.get_latest_revision_as_object()
    return _settled_by_source(found, subject, seen, on)


def url_of_passages(subject: Translatable) -> str:
    """Return the URL of the admin view that lists the passages of an object."""
    content_type = ContentType.objects.get_for_model(type(subject))
    return reverse("quoted_passages", args=[content_type.pk, subject.pk])


def passage_findings(subject: Translatable, found: Iterable[Found]) -> list[Finding]:
    """Return a finding for each passage that is not settled, with a link to the view for statements if the object
    is saved."""
    return [_finding(subject, each) for each in found if not each.is_settled]


def _finding(subject: Translatable, found: Found) -> Finding:
    place = found.paragraph
    message = _("The text contains a quoted passage.")
    mend = _("Make the passage a quote with speaker and consent, or state that nobody private is quoted here.")
    return Finding(
        CODE,
        message,
        mend,
        place.where,
        place.field,
        place.block_path,
        action_url=f"{url_of_passages(subject)}#p-{found.digest}" if subject.pk else "",
        action_label=_("Nobody private is quoted here"),
        names=f"“{first_words(found.passage)}”",
        passage=found.digest,
    )


def _read(subject: Translatable) -> _Texts:
    return _read_all(subject, chain(texts_of(subject), texts_of_files(subject)))


def unsettled_in(subject: Translatable, text: str, of: str = "") -> list[Found]:
    """Return the unsettled passages of a text that a live object shows, such as an alternative text. Statements on
    the object and its quotes settle passages; so do the passages of the source text `of`, if they are as many and
    all settled. For an object without translations, such as settings, return all passages."""
    if not hasattr(subject, "translation_key"):
        # Objects without translations, such as settings, have no statements.
        return [Found(passage, Paragraph(text, ""), "") for passage in read([text]).passages]
    found = _settled(subject, _read_all(subject, [[Paragraph(text, "")]]).found, None)
    unsettled = [each for each in found if not each.is_settled]
    if unsettled and of:
        original = _settled(subject, _read_all(subject, [[Paragraph(of, "")]]).found, None)
        return [] if _settles(original, found) else unsettled
    return unsettled


def _settles(of: list[Found], found: list[Found]) -> bool:
    """Return whether the passages in `of` are all settled and as many as those in `found`, and each of these may
    be a translation of the one at the same position."""
    if len(of) != len(found) or not all(each.is_settled for each in of):
        return False
    return all(_may_translate(one.passage, source.passage) for one, source in zip(found, of, strict=True))


def _read_all(subject: Translatable, texts_in_order: Iterable[list[Paragraph]]) -> _Texts:
    """Return the passages of some texts, without those that are names of other objects, and the number of all
    quotations at each place. Nothing is settled yet."""
    texts = _Texts()
    for paragraphs in texts_in_order:
        reading = read([paragraph.text for paragraph in paragraphs])
        for number, count in reading.quotations.items():
            texts.quotations[place_of(paragraphs[number])] += count
        for passage in reading.passages:
            digest = passage_digest(subject.translation_key, passage.words, passage.whose)
            texts.found.append(Found(passage, paragraphs[passage.paragraph], digest))
    names = known_names(subject, [each.passage for each in texts.found])
    texts.found = [each for each in texts.found if each.passage.words not in names]
    return texts


def _settled(subject: Translatable, found: Sequence[Found], on: date | None) -> list[Found]:
    """Return the passages with the statements and quotes that settle them on that day."""
    if not found:
        return []
    known = statements_on(subject.translation_key, [each.digest for each in found])
    quoted = [
        f" {bare_words(quote.quoted_words)} " for quote in quotes_shown_by(subject) if quote.consent_holds(on)
    ]
    return [
        Found(
            each.passage,
            each.paragraph,
            each.digest,
            known.stated.get(each.digest),
            is_quote=any(f" {each.passage.words} " in words for words in quoted),
        )
        for each in found
    ]


def source_of(subject: Translatable) -> Translatable | None:
    """Return the object that a translation was made from, which is the oldest with its translation key; None for a
    source."""
    kind = type(subject)
    source = kind._base_manager.filter(translation_key=subject.translation_key).order_by("pk").first()
    if source is None or source.locale_id == subject.locale_id:
        return None
    return source


def _settled_by_source(
    found: Sequence[Found], subject: Translatable, source: Translatable, on: date | None
) -> list[Found]:
    """Return the passages of a translation, settled by passages of its source where the same place has as many
    passages and all are settled. An uncertain passage is left out if the source has a quotation there that is no
    passage."""
    texts = _read(source)
    of_source = _settled(source, texts.found, on)
    settled: dict[Place, list[Found]] = {}
    open_places = {each.place for each in of_source if not each.is_settled}
    for each in of_source:
        settled.setdefault(each.place, []).append(each)
    taken_over = statements_on(subject.translation_key, [each.digest for each in found]).translated
    counted = Counter(each.place for each in found)
    unmatched = {place for place, of in settled.items() if len(of) != counted[place]}
    spare = Counter(texts.quotations)
    result = []
    for each in found:
        matching = settled.get(each.place, [])
        if not each.is_settled and each.place not in open_places:
            if matching and each.place not in unmatched:
                each = _taken_over(each, matching, taken_over.get(each.digest))
            elif not matching and not each.passage.certain and spare[each.place] > 0:
                # The source has a quotation here that is a name; only this language does not write it as one.
                spare[each.place] -= 1
                continue
        result.append(each)
    return result


def _taken_over(found: Found, matching: list[Found], known: set[str] | None) -> Found:
    """Return the passage settled by the first of `matching` that may be its source, and remove that one from the
    list. `known` are the digests of the source passages that settled it when the translation last went live; if
    there are any, only these count."""
    for at, each in enumerate(matching):
        if (known is None or each.digest in known) and _may_translate(found.passage, each.passage):
            del matching[at]
            return Found(found.passage, found.paragraph, found.digest, source=each.digest)
    return found


def _may_translate(passage: Passage, source: Passage) -> bool:
    """Return whether a passage may be a translation of `source`: it has 0.4 to 2.5 times its length, and is in the
    first person only if the source is."""
    if not _SHORTEST <= len(passage.words) / max(1, len(source.words)) <= _LONGEST:
        return False
    return is_first_person(fold(source.text)) or not is_first_person(fold(passage.text))


def quotes_shown_by(subject: Translatable) -> list[ShownQuote]:
    """Return the quotes that an object refers to, in all languages, and those of which it is the source; a draft
    as its latest revision."""
    picked: dict[type[Any], set[str]] = {}
    for reference in references(subject):
        if hasattr(reference.model, "quoted_words"):
            picked.setdefault(reference.model, set()).add(reference.pk)
    # Only objects with publishing checks are searched for passages.
    rows: list[Any] = list(cast("PublishGate", subject).quotes_of_its_own()) if subject.pk else []
    for model, pks in picked.items():
        keys = model._base_manager.filter(pk__in=pks).values("translation_key")
        rows += model._base_manager.filter(translation_key__in=keys)
    return [row if row.live else row.get_latest_revision_as_object() for row in dict.fromkeys(rows)]


class QuotedPassages(Rule):
    """The publishing check that finds unsettled passages, and records on publication which source passages settled
    those of a translation."""

    def shown_findings(self, shown: Translatable, on: date) -> list[Finding]:
        return passage_findings(shown, passages_of(shown, on))

    def text_findings(self, shown_by: Translatable, text: str, of: str = "") -> list[Finding]:
        message = _("The text contains a quoted passage.")
        mend = _("Make the passage a quote with speaker and consent, and remove it here.")
        return [
            Finding(CODE, message, mend, names=f"“{first_words(each.passage)}”")
            for each in unsettled_in(shown_by, text, of)
        ]

    def went_live(self, subject: Translatable, revision: Revision | None) -> None:
        if source_of(subject) is None:
            return
        take_over(
            subject.translation_key,
            [(each.digest, each.source) for each in passages_of(subject) if each.source],
        )
