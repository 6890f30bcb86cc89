"""One consent for a thing in all its languages. The original keeps it and its translations take it over, so that
no old draft of one of them brings an older consent back."""

import datetime

from django.db import models, transaction
from wagtail.models import Revision

from core.consent import ConsentMixin

KEPT = ("consent_reference", "consent_scope", "consent_until")


class KeptConsentMixin(ConsentMixin):
    """For a translatable snippet, before the class that makes it one."""

    withdrawal_taken_back = False
    """Set by a form where somebody who may publish has said that the withdrawal was an error."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        fields = kwargs.get("update_fields")
        if fields is None:
            self.take_kept_consent()
        with transaction.atomic():
            super().save(*args, **kwargs)
            if fields is None or set(fields) & {*KEPT, "consent_withdrawn"}:
                self._hand_on_consent()

    def save_revision(self, *args, **kwargs) -> Revision:
        """A withdrawal does not wait for the draft to be published, which the gate would refuse."""
        with transaction.atomic():
            revision = super().save_revision(*args, **kwargs)
            if self.consent_withdrawn:
                self._withdraw_everywhere(self.consent_withdrawn)
        return revision

    def take_kept_consent(self) -> None:
        rows = list(self._all_languages())
        original = rows[0] if rows else None
        if original and original.pk != self.pk and (self.pk is None or original.pk < self.pk):
            for name in KEPT:
                setattr(self, name, getattr(original, name))
        if not self.withdrawal_taken_back:
            self.consent_withdrawn = _first([self.consent_withdrawn, *(row.consent_withdrawn for row in rows)])

    def take_back_withdrawal(self) -> None:
        """From the rows and from their newest drafts, which would bring it back."""
        for row in self._all_languages().select_related("latest_revision"):
            row.consent_withdrawn = None
            super(KeptConsentMixin, row).save(update_fields=["consent_withdrawn"])
            if row.latest_revision:
                row.latest_revision.content["consent_withdrawn"] = None
                row.latest_revision.save(update_fields=["content"])

    def _all_languages(self) -> models.QuerySet:
        return type(self)._base_manager.filter(translation_key=self.translation_key).order_by("pk")

    def _hand_on_consent(self) -> None:
        original, *translations = self._all_languages()
        for row in translations:
            changed = [name for name in KEPT if getattr(row, name) != getattr(original, name)]
            for name in changed:
                setattr(row, name, getattr(original, name))
            if changed:
                super(KeptConsentMixin, row).save(update_fields=changed)
        if self.consent_withdrawn:
            self._withdraw_everywhere(self.consent_withdrawn)

    def _withdraw_everywhere(self, day: datetime.date) -> None:
        for row in self._all_languages():
            if row.consent_withdrawn is None or row.consent_withdrawn > day:
                row.consent_withdrawn = day
                super(KeptConsentMixin, row).save(update_fields=["consent_withdrawn"])


def _first(days: list[datetime.date | None]) -> datetime.date | None:
    return min((day for day in days if day), default=None)
