"""The content of the review screen: the reviews of one submission, and the waiting reviews of other submissions of
what belongs to it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.utils.html import escape
from django.utils.safestring import SafeString
from wagtail.models import PreviewableMixin
from wagtail_localize.models import Translation

from core.languages.site_languages import Language
from core.publishing.people import PublicItem, arranged
from core.publishing.publication import Publication
from core.typed import Translatable
from translation.alt_texts.drafts import may_decide as may_decide_text
from translation.campaign_contents.belonging import belonging_to
from translation.checks.alt_texts import checked_drafts, place_in
from translation.checks.units import Checked
from translation.models import AltTextDraft, Review, ReviewStatus
from translation.notices.people import reviewers_of
from translation.review import overrides
from translation.review.approvers import advice_on
from translation.review.decide import goes_live, may_decide, may_take_part
from translation.review.rows import Row, added_since, languages_of, rows_of
from translation.review.units import own_units
from translation.units.difference import difference
from translation.units.four_eyes import Hashes
from translation.units.segments import Place, Segment, segments_of, translation_of


@dataclass
class Section:
    """One object on the screen: its review, the translation as it was submitted, and the units."""

    review: Review
    user: User
    is_elsewhere: bool = False
    """Whether the review belongs to another submission: it is only read here."""

    @cached_property
    def target(self) -> Translatable:
        return self.review.revision.as_object()

    @cached_property
    def segments(self) -> list[Segment] | None:
        """The units of the source as it is now; None if the review does not wait."""
        return segments_of(self.translation) if self.waits and self.translation else None

    @cached_property
    def rows(self) -> list[Row]:
        return rows_of(self.review, self.target, own_units(self.user, self.review), self.segments)

    @cached_property
    def added(self) -> int:
        """How many strings the source has got since the submission."""
        return len(added_since(self.review, self.segments or []))

    @cached_property
    def translation(self) -> Translation | None:
        return translation_of(self.target)

    @property
    def translation_id(self) -> int | None:
        return self.translation.pk if self.translation else None

    @cached_property
    def values(self) -> list[overrides.Row]:
        return overrides.rows_of_overrides(self.review, self.target, self.translation)

    @cached_property
    def languages(self) -> tuple[Language, Language]:
        return languages_of(self.review, self.target)

    @property
    def kind(self) -> str:
        return str(self.target._meta.verbose_name)

    @property
    def may_preview(self) -> bool:
        return is_previewable(self.target)

    @property
    def waits(self) -> bool:
        return self.review.status == ReviewStatus.WAITING

    @cached_property
    def may_take_part(self) -> bool:
        return self.waits and not self.is_elsewhere and may_take_part(self.user, self.review)

    @cached_property
    def may_decide(self) -> bool:
        return self.waits and not self.is_elsewhere and may_decide(self.user, self.review)

    @cached_property
    def advice(self) -> str:
        """Who can approve the object, and what to do if nobody can; empty if the user can."""
        if not self.waits or self.is_elsewhere or self.may_decide or not settings.TRANSLATION_FOUR_EYES:
            return ""
        units = {row.hashes for row in self.rows if row.is_new and not (row.decision and row.decision.is_approved)}
        return advice_on(self.review, units, list(reviewers_of(self.review.locale_id)))

    @cached_property
    def publication(self) -> Publication:
        """The publication that an approval would make, with its findings."""
        return Publication(self.review.revision.as_object(), None, self.review.revision)

    @property
    def goes_live(self) -> bool:
        return goes_live(self.target)

    @property
    def marked(self) -> set[Hashes]:
        return {row.hashes for row in self.rows if row.is_marked}


def is_previewable(target: Translatable) -> bool:
    """Return whether the object has a preview."""
    return isinstance(target, PreviewableMixin) and target.is_previewable()


@dataclass
class Picture:
    """An alternative text on the screen."""

    draft: AltTextDraft
    user: User
    findings: list[Checked] = field(default_factory=list)

    @property
    def is_marked(self) -> bool:
        return self.draft.is_behind or any(not each.waiver for each in self.findings)

    @property
    def source_change(self) -> SafeString | str:
        """The change of the source text since the draft was written, as HTML; empty if there is none."""
        if not self.draft.is_behind:
            return ""
        return difference(escape(self.draft.source), escape(self.draft.image.original_alt))

    @property
    def place(self) -> Place:
        """What names the text as a unit."""
        return place_in(self.draft.image)

    @cached_property
    def may_decide(self) -> bool:
        return may_decide_text(self.user, self.draft)

    @property
    def change(self) -> SafeString | str:
        """The difference to the text that readers get, as HTML; empty if they get none."""
        before = self.draft.image.alt_texts.get(self.draft.locale.language_code, "")
        return difference(escape(before), escape(self.draft.text)) if before else ""


@dataclass
class Screen:
    """All that was submitted together with a review, as `user` sees it."""

    review: Review
    user: User
    sections: list[Section] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sections = [Section(review, self.user) for review in self._reviews()]
        drafts = self._drafts()
        found = checked_drafts(drafts, self.review.locale_id)
        self.pictures = [Picture(draft, self.user, found.get(draft.image_id, [])) for draft in drafts]

    def _reviews(self) -> list[Review]:
        """Return the newest review of each object of the submission, in the order of their submission; only the
        review itself if it was submitted alone."""
        if not self.review.submission:
            return [self.review]
        found = Review.objects.filter(submission=self.review.submission, locale_id=self.review.locale_id)
        newest: dict[Any, Review] = {}
        for review in found.select_related("revision", "locale", "submitted_by", "decided_by").order_by("pk"):
            newest[review.object_key] = review
        return list(newest.values())

    def _drafts(self) -> list[AltTextDraft]:
        if not self.review.submission:
            return []
        found = AltTextDraft.objects.filter(submission=self.review.submission, status=ReviewStatus.WAITING)
        return list(found.select_related("image", "locale", "written_by").order_by("pk"))

    @property
    def waiting(self) -> list[Section]:
        return [section for section in self.sections if section.waits]

    @property
    def open(self) -> list[Section]:
        """The objects that the user may take part in deciding."""
        return [section for section in self.sections if section.may_take_part]

    @property
    def open_pictures(self) -> list[Picture]:
        return [picture for picture in self.pictures if picture.may_decide]

    @property
    def has_marked(self) -> bool:
        if any(picture.is_marked for picture in self.open_pictures):
            return True
        return any(row.is_marked and row.is_open and not row.is_own for each in self.open for row in each.rows)

    @property
    def has_behind(self) -> bool:
        """Whether the source of something that waits for a decision has changed since the submission."""
        if any(picture.draft.is_behind for picture in self.open_pictures):
            return True
        return any(row.is_behind and row.is_open for each in self.open for row in each.rows)

    @cached_property
    def elsewhere(self) -> list[Section]:
        """What belongs to the pages of the submission and waits in another review."""
        return [Section(review, self.user, is_elsewhere=True) for review in self._elsewhere()]

    def _elsewhere(self) -> Iterator[Review]:
        own = {section.review.object_key for section in self.sections}
        keys = set()
        for section in self.sections:
            if section.translation:
                keys |= {each.source.object_id for each, _source in belonging_to(section.translation)} - own
        yield from (
            Review.objects.filter(
                object_key__in=keys, locale_id=self.review.locale_id, status=ReviewStatus.WAITING
            )
            .select_related("revision", "locale", "submitted_by")
            .order_by("pk")
        )

    @cached_property
    def showing_people(self) -> list[Section]:
        """The objects whose approval would make people public."""
        return [each for each in self.open if each.goes_live and each.publication.new_people]

    @property
    def people(self) -> list[PublicItem]:
        """All names, faces and words of these objects, arranged as a list."""
        return arranged(item for section in self.showing_people for item in section.publication.people)
