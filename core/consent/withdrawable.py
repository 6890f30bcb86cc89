"""Base classes of objects whose consent can be withdrawn: words, pictures and names of people."""

from copy import copy
from typing import Any, ClassVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from core.consent.models import Withdrawal
from core.typed import Translatable, TranslatableMixin


class Withdrawable(models.Model):
    """An abstract model of objects whose consent can be withdrawn.

    `masked_fields` maps the fields with a person's words or identity to the values that replace them on
    withdrawal. `word_fields` names the masked fields whose words are searched for in other objects. An object with
    `taken_offline_when_withdrawn` is unpublished on withdrawal, because its consent is not checked when it is
    shown. `words_are_name`: the words are a person's name, which may be inflected, and not something said.
    """

    masked_fields: ClassVar[dict[str, object]] = {}
    word_fields: ClassVar[tuple[str, ...]] = ()
    taken_offline_when_withdrawn: ClassVar[bool] = False
    words_are_name: ClassVar[bool] = False

    # Set only by `core.consent.withdrawals`; no form, draft or copy sets or clears this field.
    consent_withdrawn = models.DateField(
        _("withdrawn on"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Not shown in any language from this day on."),
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the object. Keep a withdrawal made since it was loaded, and mask the words if one is in force,
        unless `update_fields` has none of the masked fields."""
        with transaction.atomic():
            fields = kwargs.get("update_fields")
            if fields is None or set(fields) & set(self.masked_fields):
                self.keep_withdrawal()
            super().save(*args, **kwargs)

    @property
    def withdrawal_key(self) -> str:
        """The key in `Withdrawal.object_key`: the translation key if there is one, otherwise the primary key."""
        return str(getattr(self, "translation_key", None) or self.pk)

    def in_all_languages(self) -> models.QuerySet[Any]:
        """Return the rows of the object in all languages, the source first; without languages, its one row."""
        return type(self)._base_manager.filter(pk=self.pk)

    def keep_withdrawal(self) -> None:
        """Set the earliest day of withdrawal of any language, and mask the words if a withdrawal is in force,
        without saving. Locks the rows; call it within a transaction."""
        rows = self.in_all_languages().select_for_update()
        days = [self.consent_withdrawn, *rows.values_list("consent_withdrawn", flat=True)]
        self.consent_withdrawn = min((day for day in days if day), default=None)
        withdrawal = Withdrawal.objects.in_force().of(self).first()
        if withdrawal:
            self.consent_withdrawn = self.consent_withdrawn or timezone.localdate(withdrawal.withdrawn_at)
            self.mask()

    def mask(self) -> None:
        """Set each of `masked_fields` to its replacement, without saving."""
        for name, value in self.masked_fields.items():
            setattr(self, name, copy(value))


class WithdrawableSnippet(Withdrawable, TranslatableMixin):
    """A translatable snippet whose consent is withdrawn in all languages together. Place it before
    TranslatableSnippet in the bases."""

    class Meta:
        abstract = True

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Save a revision, without the words if a withdrawal of consent is in force, which may have come while the
        editor was open."""
        with transaction.atomic():
            self.keep_withdrawal()
            return super().save_revision(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> Translatable:
        """Return the object with the content of a revision, but with the earliest stored day of withdrawal of any
        language, which may be newer than the revision."""
        draft = super().with_content_json(content)  # type: ignore[misc]  # of the snippet it is mixed into
        stored = self.in_all_languages().values_list("consent_withdrawn", flat=True)
        draft.consent_withdrawn = min((day for day in stored if day), default=None)
        return draft

    def in_all_languages(self) -> models.QuerySet[Any]:
        rows: models.QuerySet[Any] = type(self)._base_manager.all()
        return rows.filter(translation_key=self.translation_key).order_by("pk")
