"""The publishing check of translations, also of stopped ones: only what a reviewer of the language has approved
goes live. While a translation follows its source, no draft is saved over the live object."""

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from wagtail.models import Revision

from core import rules
from core.findings import Finding
from core.internals.wagtail_models import get_active_log_context
from core.typed import Translatable
from translation.models import Review, ReviewStatus
from translation.review.decide import approve_elsewhere
from translation.sync import detached, upkeep
from translation.sync.source import record_live
from translation.units.segments import any_translation_of, translation_of


class ReviewedOnly(rules.Rule):
    """Finds translations that no reviewer has approved, and keeps the state of reviews when translations go
    live."""

    def findings(self, subject: Translatable, revision: Revision | None, user: User | None) -> list[Finding]:
        if not subject.pk or rules.is_reviewed_elsewhere():
            return []
        translation = any_translation_of(subject)
        if translation is None:
            return []
        if not translation.enabled:
            return [] if detached.may_go_live(subject, revision, user) else [_stopped_unreviewed()]
        if revision and Review.objects.filter(revision=revision, status=ReviewStatus.APPROVED).exists():
            return []
        message = _("This translation has not been reviewed.")
        mend = _("Submit it for review in the translation editor; it can be published once it is approved.")
        return [Finding("not_reviewed", message, mend)]

    def overwritten(self, subject: Translatable) -> list[Finding]:
        """Return a finding if a draft would be saved over a live translation that follows its source. To unpublish
        is allowed: that empties `live_revision`, which saving a draft does not."""
        if not subject.pk or subject.live_revision_id is None or translation_of(subject) is None:
            return []
        if not type(subject)._base_manager.filter(pk=subject.pk, live=True).exists():
            return []
        message = _("A draft would replace the live translation.")
        return [Finding("over_live", message, _("Save a revision instead, or unpublish the translation first."))]

    def goes_by_itself(self, draft: Translatable) -> bool:
        """Return whether the object is a translation, also a stopped one: it is published by its review."""
        return any_translation_of(draft) is not None

    def accepted(self, subject: Translatable, revision: Revision, user: User | None) -> None:
        """Record the approval of a revision of a stopped translation, by `user` if a reviewer. Do nothing for
        others."""
        translation = any_translation_of(subject)
        if translation and not translation.enabled:
            detached.note(revision, user)

    def went_live(self, subject: Translatable, revision: Revision | None) -> None:
        """Have the worker update the translation source of an object that went live; update the reviews of a
        translation, for a stopped one the approval and its own translation source."""
        translation = any_translation_of(subject)
        if translation is None:
            record_live(subject)
        elif not translation.enabled:
            # The page editor publishes without calling `publish()`, so that the approval is recorded here.
            detached.note_live(subject, get_active_log_context().user)
            record_live(subject)
        elif revision:
            if rules.is_reviewed_elsewhere():
                approve_elsewhere(translation, revision)
            else:
                upkeep.record_wait(translation, revision)
            upkeep.went_live(translation, revision)


def _stopped_unreviewed() -> Finding:
    message = _("The translation was stopped, and its current text is not approved.")
    mend = _(
        "Submit it to its workflow. A reviewer of the language who has not written any of it must approve it."
    )
    return Finding("not_reviewed", message, mend)
