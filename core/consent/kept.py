"""One consent for an object in all its languages. The source keeps the consent and the translations copy it from
there, so that no old draft of a translation brings an older consent back."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import models, transaction

from core.consent.rules import ConsentMixin
from core.consent.withdrawable import WithdrawableSnippet

KEPT = ("consent_reference", "consent_scope", "consent_until")
_READ = "_read_languages"


class KeptConsentMixin(WithdrawableSnippet, ConsentMixin):
    """A mixin for translatable snippets with one consent for all languages. Place it before
    TranslatableSnippet."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the object with the source's consent, and write a changed consent to all languages. With
        `update_fields`, the source's consent is not copied first; only changed consent fields are written to the
        others."""
        fields = kwargs.get("update_fields")
        with transaction.atomic():
            if fields is None:
                self.take_kept_consent()
            super().save(*args, **kwargs)
            if fields is None or set(fields) & {*KEPT, "consent_withdrawn"}:
                self._hand_on_consent()

    @classmethod
    def read_for_checks(cls, rows: Sequence[Any]) -> None:
        super().read_for_checks(rows)  # type: ignore[misc]  # of `PublishGate`, which stands after this class
        languages: dict[UUID, list[Any]] = defaultdict(list)
        keys = [row.translation_key for row in rows]
        found: models.QuerySet[Any] = cls._base_manager.all()
        for each in found.filter(translation_key__in=keys).order_by("pk"):
            languages[each.translation_key].append(each)
        for row in rows:
            row.__dict__[_READ] = languages[row.translation_key]

    def take_kept_consent(self) -> None:
        """Copy the source's consent to this object if it is a translation; set the earliest withdrawal of any
        language even if it is the source, the row with the lowest primary key. Nothing is saved."""
        # What the publishing checks have read is asked for once.
        rows = self.__dict__.pop(_READ, None) or list(self.in_all_languages())
        original = rows[0] if rows else None
        if original and (not self.pk or original.pk < self.pk):
            for name in KEPT:
                setattr(self, name, getattr(original, name))
        days = [self.consent_withdrawn, *(row.consent_withdrawn for row in rows)]
        self.consent_withdrawn = min((day for day in days if day), default=None)

    def _hand_on_consent(self) -> None:
        """Save the source's consent, and the earliest withdrawal, in every language that has other values."""
        rows = list(self.in_all_languages())
        withdrawn = min((row.consent_withdrawn for row in rows if row.consent_withdrawn), default=None)
        for row in rows:
            values = {name: getattr(rows[0], name) for name in KEPT} | {"consent_withdrawn": withdrawn}
            changed = [name for name, value in values.items() if getattr(row, name) != value]
            for name in changed:
                setattr(row, name, values[name])
            if changed:
                super(KeptConsentMixin, row).save(update_fields=changed)
