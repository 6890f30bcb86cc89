"""What a person can have taken away: their words, their picture, their name."""

from copy import copy
from typing import Any, ClassVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from core.consent.models import Withdrawal
from core.typed import Translatable


class Withdrawable(models.Model):
    """`masked_fields` are the fields that hold words of the person or tell who it is, with the values that take
    their place when consent is withdrawn; `word_fields` those of them whose words are looked for elsewhere.
    `taken_offline_when_withdrawn`: for what readers see without anybody asking for its consent. `words_are_name`:
    they are the name of a person, which texts inflect, not what somebody said."""

    masked_fields: ClassVar[dict[str, object]] = {}
    word_fields: ClassVar[tuple[str, ...]] = ()
    taken_offline_when_withdrawn: ClassVar[bool] = False
    words_are_name: ClassVar[bool] = False

    # Set by `core.consent.withdrawals` alone: no form, draft or copy sets or clears it.
    consent_withdrawn = models.DateField(
        _("withdrawn on"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("From that day on it is shown nowhere, in no language."),
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Nothing that is saved brings back a consent, or words, that were withdrawn meanwhile."""
        with transaction.atomic():
            fields = kwargs.get("update_fields")
            if fields is None or set(fields) & set(self.masked_fields):
                self.keep_withdrawal()
            super().save(*args, **kwargs)

    @property
    def withdrawal_key(self) -> str:
        """By which a withdrawal names it, in all languages and after its deletion."""
        return str(getattr(self, "translation_key", None) or self.pk)

    def in_all_languages(self) -> models.QuerySet[Any]:
        """Return its rows, the original first."""
        return type(self)._base_manager.filter(pk=self.pk)

    def keep_withdrawal(self) -> None:
        """Take over the earliest withdrawal of any language, and mask the words where it is recorded. Locks the
        rows: within a transaction only."""
        rows = self.in_all_languages().select_for_update()
        days = [self.consent_withdrawn, *rows.values_list("consent_withdrawn", flat=True)]
        self.consent_withdrawn = min((day for day in days if day), default=None)
        withdrawal = Withdrawal.objects.in_force().of(self).first()
        if withdrawal:
            self.consent_withdrawn = self.consent_withdrawn or timezone.localdate(withdrawal.withdrawn_at)
            self.mask()

    def mask(self) -> None:
        """Replace what `masked_fields` names, without saving."""
        for name, value in self.masked_fields.items():
            setattr(self, name, copy(value))


class WithdrawableSnippet(Withdrawable):
    """In all languages together. For a translatable snippet, before the class that makes it one."""

    class Meta:
        abstract = True

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """A draft whose editor was open while consent was withdrawn is stored without the words."""
        with transaction.atomic():
            self.keep_withdrawal()
            return super().save_revision(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> Translatable:
        """An old draft knows nothing of a withdrawal since, nor that one was undone."""
        draft = super().with_content_json(content)
        stored = self.in_all_languages().values_list("consent_withdrawn", flat=True)
        draft.consent_withdrawn = min((day for day in stored if day), default=None)
        return draft

    def in_all_languages(self) -> models.QuerySet[Any]:
        return type(self)._base_manager.filter(translation_key=self.translation_key).order_by("pk")
