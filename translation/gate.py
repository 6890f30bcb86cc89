"""The rule that the publishing gate asks: while a translation follows its source, only what a reviewer has
approved goes live, and nothing is written over what is live."""

from django.db import models
from django.utils.translation import gettext as _
from wagtail.models import Revision

from core.gate import rules
from core.gate.findings import Finding
from translation import fit
from translation.follow import follow
from translation.models import Review, ReviewStatus
from translation.review.decide import approve_elsewhere
from translation.segments import translation_of


class ReviewedOnly:
    def findings(self, subject: models.Model, revision: Revision | None) -> list[Finding]:
        if subject.pk is None or rules.is_reviewed_elsewhere() or translation_of(subject) is None:
            return []
        if revision and Review.objects.filter(revision=revision, status=ReviewStatus.APPROVED).exists():
            return []
        message = _("This translation has not been reviewed.")
        mend = _("Submit it for review in the translation editor; it can be published once it is approved.")
        return [Finding("not_reviewed", message, mend)]

    def overwritten(self, subject: models.Model) -> list[Finding]:
        """Whoever takes an object offline empties `live_revision`; whoever stores a draft over what is live does
        not."""
        if subject.pk is None or subject.live_revision_id is None or translation_of(subject) is None:
            return []
        if not type(subject)._base_manager.filter(pk=subject.pk, live=True).exists():
            return []
        message = _("Readers see this translation, and a draft would take its place.")
        return [Finding("over_live", message, _("Save the draft as a revision, or unpublish it first."))]

    def goes_by_itself(self, draft: models.Model) -> bool:
        return translation_of(draft) is not None

    def went_live(self, subject: models.Model, revision: Revision | None) -> None:
        translation = translation_of(subject)
        if translation is None:
            follow(subject)
        elif revision:
            if rules.is_reviewed_elsewhere():
                approve_elsewhere(translation, revision)
            fit.went_live(translation, revision)
