"""One consent for an object in all its languages. The original keeps it and its translations take it over, so that
no old draft of one of them brings an older consent back."""

from typing import Any

from django.db import transaction

from core.consent.rules import ConsentMixin
from core.consent.withdrawable import WithdrawableSnippet

KEPT = ("consent_reference", "consent_scope", "consent_until")


class KeptConsentMixin(WithdrawableSnippet, ConsentMixin):
    """For a translatable snippet, before the class that makes it one."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        with transaction.atomic():
            if fields is None:
                self.take_kept_consent()
            super().save(*args, **kwargs)
            if fields is None or set(fields) & {*KEPT, "consent_withdrawn"}:
                self._hand_on_consent()

    def take_kept_consent(self) -> None:
        rows = list(self.in_all_languages())
        original = rows[0] if rows else None
        if original and original.pk != self.pk and (self.pk is None or original.pk < self.pk):
            for name in KEPT:
                setattr(self, name, getattr(original, name))
        days = [self.consent_withdrawn, *(row.consent_withdrawn for row in rows)]
        self.consent_withdrawn = min((day for day in days if day), default=None)

    def _hand_on_consent(self) -> None:
        """Write the original's consent, and the earliest withdrawal, to every language."""
        rows = list(self.in_all_languages())
        withdrawn = min((row.consent_withdrawn for row in rows if row.consent_withdrawn), default=None)
        for row in rows:
            values = {name: getattr(rows[0], name) for name in KEPT} | {"consent_withdrawn": withdrawn}
            changed = [name for name, value in values.items() if getattr(row, name) != value]
            for name in changed:
                setattr(row, name, values[name])
            if changed:
                super(KeptConsentMixin, row).save(update_fields=changed)
