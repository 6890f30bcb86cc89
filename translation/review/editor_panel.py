"""The panel above the strings of wagtail-localize's editor: how far the translation is, what has changed in the
source, what a reviewer said, and the way to the reviewer. Decides here what the template draws."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, ngettext
from wagtail_localize.models import Translation

from core.languages.bidi import embedded
from core.languages.site_languages import Language, language
from core.rights import may_publish
from core.templatetags.dates import localdate
from core.typed import Translatable
from translation.access.queries import may_review, may_translate
from translation.alt_texts.texts import Picture, pictures_of
from translation.checks.units import Checked, checked_segments
from translation.models import Review, ReviewStatus, SegmentComment
from translation.notices.events import see_changes
from translation.review.decide import may_take_part
from translation.review.screen import is_previewable
from translation.sync.upkeep import fits, has_new_values, shown_or_next
from translation.units.chips import with_chips
from translation.units.difference import difference
from translation.units.places import place_name
from translation.units.segments import Earlier, Segment, is_page, original_of, segments_of


@dataclass(frozen=True)
class Action:
    """A button of the panel: a link, or where it posts a form."""

    label: str
    url: str
    posts: bool = False
    is_secondary: bool = False


@dataclass(frozen=True)
class SourceChange:
    """A string whose source has changed since it was translated, with the text that it had then."""

    place: str
    source: SafeString
    text: str


@dataclass(frozen=True)
class CheckedLine:
    """A string with what the checks have found in its text."""

    segment: Segment
    place: str
    source: str
    text: str
    findings: list[Checked]


@dataclass(frozen=True)
class PictureLine:
    """The alternative text of a picture in the target language. `url` is the address of its form, empty if the
    user may not change it."""

    title: str
    url: str
    text: str
    note: str
    draft_label: str
    draft: str


DRAFT_LABELS: dict[str, Any] = {
    ReviewStatus.WAITING: gettext_lazy("In review:"),
    ReviewStatus.REFUSED: gettext_lazy("Changes requested:"),
}


class EditorPanel:
    def __init__(self, translation: Translation, target: Translatable, user: User) -> None:
        self._translation, self._target, self._user = translation, target, user
        self._locale_id: int = translation.target_locale_id
        self._segments = segments_of(translation)
        self._of_object = {"object_key": translation.source.object_id, "locale_id": self._locale_id}
        self.language: Language = language(translation.target_locale.language_code)
        self.source_language: Language = language(translation.source.locale.language_code)

    @property
    def status(self) -> str:
        """Return what comes next, in a sentence: the review waits, asks for changes, has to be repeated, or waits
        for a publisher; else that every string is translated. Empty where `counts` or `unsure` say it."""
        last = self._last
        if last and last.status == ReviewStatus.WAITING:
            text = gettext("In review since %(date)s, submitted by %(person)s.")
            return text % {
                "date": embedded(localdate(last.submitted_at)),
                "person": embedded(last.submitted_by or "–"),
            }
        if last and self.requested_changes:
            return gettext("%(person)s requested changes:") % {"person": embedded(last.decided_by or "–")}
        if last and self._is_behind and all(s.is_translated and s.is_approved for s in self._segments):
            return gettext(
                "All strings are approved, but blocks or values have changed in the source. Submit for review "
                "again."
            )
        if self._waits_for_publisher:
            return gettext("Approved. Waiting to be published.")
        return "" if self.counts or self.unsure else gettext("All strings are translated.")

    @property
    def requested_changes(self) -> str:
        """Return the reviewer's reason if the last review asked for changes, else an empty string."""
        return self._last.reason if self._last and self._last.status == ReviewStatus.REFUSED else ""

    @cached_property
    def counts(self) -> list[str]:
        """Return up to two sentences: how many strings are not translated, and how many have changed in the
        source."""
        missing = sum(not segment.is_translated for segment in self._segments) - len(self.unsure)
        changed = len(self.changes)
        of_missing = ngettext(
            "%(missing)s string is not translated yet.", "%(missing)s strings are not translated yet.", missing
        )
        of_changed = ngettext(
            "%(changed)s string has changed in the source since it was translated.",
            "%(changed)s strings have changed in the source since they were translated.",
            changed,
        )
        counted = ((missing, of_missing % {"missing": missing}), (changed, of_changed % {"changed": changed}))
        return [text for count, text in counted if count]

    @cached_property
    def unsure(self) -> list[str]:
        """Return the source texts of the strings whose text came in a file and that nobody has confirmed."""
        return [with_chips(segment.source) for segment in self._segments if segment.needs_review]

    @cached_property
    def changes(self) -> list[SourceChange]:
        return [self._change(segment, segment.stale) for segment in self._segments if segment.stale]

    @cached_property
    def findings(self) -> list[CheckedLine]:
        found = checked_segments(self._translation, self._segments)
        return [
            CheckedLine(
                segment,
                self._place(segment),
                with_chips(segment.source),
                with_chips(segment.text, segment.source),
                found[segment.place],
            )
            for segment in self._segments
            if segment.place in found
        ]

    @property
    def translation_id(self) -> int:
        return self._translation.pk

    @property
    def actions(self) -> Iterator[Action]:
        last, translates = self._last, may_translate(self._user, self._locale_id)
        waits = bool(last and last.status == ReviewStatus.WAITING)
        if translates and not waits and (self._is_behind or has_new_values(self._translation)):
            url = reverse("translation_review:submit", args=[self._translation.pk])
            yield Action(gettext("Submit for review"), url, posts=True)
        if last is None:
            return
        review = reverse("translation_review:review", args=[last.pk])
        if not waits:
            yield Action(gettext("View last review"), review, is_secondary=True)
            return
        if translates:
            url = reverse("translation_review:take_back", args=[last.pk])
            yield Action(gettext("Cancel review"), url, posts=True, is_secondary=True)
        if may_take_part(self._user, last):
            yield Action(gettext("Start review"), review)
        else:
            yield Action(gettext("View review"), review, is_secondary=True)

    @cached_property
    def source_changed(self) -> bool:
        """Whether the source has changed since the user was told of it or was here last."""
        return see_changes(self._user, self._of_object["object_key"], self._locale_id)

    @property
    def comment_url(self) -> str:
        return reverse("translation_review:comment_in_editor", args=[self._translation.pk])

    @property
    def desk_url(self) -> str:
        """Return the URL of the translator's desk."""
        return reverse("translation_desk:desk", args=[self._translation.source.object_id, self.language.code])

    @property
    def preview_url(self) -> str:
        """Return the URL of the preview of a snippet, as the desk shows it; empty for pages, which
        wagtail-localize's editor previews itself, and for what has no preview."""
        if is_page(self._target) or not is_previewable(self._target):
            return ""
        return reverse("translation_desk:preview", args=[self._translation.pk])

    @property
    def confirm_url(self) -> str:
        """Return the URL where the user confirms what becomes public; empty unless the user may publish and the
        approved translation is not live."""
        if self._last and self._waits_for_publisher and may_publish(self._user, self._target):
            return reverse("confirm_public", args=[self._last.revision_id])
        return ""

    @property
    def pictures(self) -> list[PictureLine]:
        writes = may_translate(self._user, self._locale_id) or may_review(self._user, self._locale_id)
        found = pictures_of(original_of(self._target), self._translation.target_locale)
        return [self._picture(picture, writes) for picture in found]

    @property
    def comments(self) -> QuerySet[SegmentComment]:
        return SegmentComment.objects.filter(**self._of_object, resolved_at=None, parent=None).select_related(
            "author"
        )

    @cached_property
    def _last(self) -> Review | None:
        return Review.objects.filter(**self._of_object).select_related("submitted_by", "decided_by").first()

    @cached_property
    def _is_behind(self) -> bool:
        return not fits(self._translation, shown_or_next(self._translation, self._target), self._segments)

    @property
    def _waits_for_publisher(self) -> bool:
        return bool(self._last and self._last.status == ReviewStatus.APPROVED and not self._target.live)

    def _place(self, segment: Segment) -> str:
        kind = self._translation.source.specific_content_type.model_class()
        return place_name(kind, segment.path.split(".")[0])

    def _change(self, segment: Segment, stale: Earlier) -> SourceChange:
        return SourceChange(
            place=self._place(segment),
            source=difference(stale.old_source, segment.source),
            text=with_chips(stale.old_text, segment.source),
        )

    def _picture(self, picture: Picture, writes: bool) -> PictureLine:
        note = draft_label = draft = ""
        if picture.text and picture.is_outdated:
            note = f"({gettext('out of date')})"
        elif not picture.text and not picture.draft:
            note = gettext("missing")
        if picture.draft:
            draft_label = DRAFT_LABELS.get(picture.draft.status, gettext("Not submitted:"))
            draft = picture.draft.text or "–"
        args = [self.language.code, picture.image.pk]
        url = reverse("translation_alt_texts:edit", args=args) if writes else ""
        return PictureLine(picture.image.title, url, picture.text, note, draft_label, draft)
