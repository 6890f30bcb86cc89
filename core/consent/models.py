"""Models of the records of withdrawn consents."""

from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from core.consent.withdrawable import Withdrawable


class WithdrawalQuerySet(models.QuerySet[Any]):
    def in_force(self) -> "WithdrawalQuerySet":
        """Return the withdrawals that nobody has undone."""
        return self.filter(undone_at=None)

    def of(self, instance: "Withdrawable") -> "WithdrawalQuerySet":
        """Return the withdrawals of an object, given in any of its languages."""
        return self.filter(
            content_type=ContentType.objects.get_for_model(instance), object_key=instance.withdrawal_key
        )


class Withdrawal(models.Model):
    """A record of a withdrawn consent: who entered it, when, why, and what was removed. It has none of the words.

    `object_key` is the translation key of a translatable object, so that all languages share one record that
    outlives their deletion; otherwise the primary key. `removed` counts removed copies by the label of their
    store: {"Versions": 3}. `addresses` are the public URLs at which the object was shown, to report to search
    engines.
    """

    content_type = models.ForeignKey(
        ContentType, verbose_name=_("kind"), on_delete=models.CASCADE, related_name="+"
    )
    object_key = models.CharField(_("key"), max_length=36)
    object_id = models.CharField(_("number"), max_length=36, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), auto_now_add=True, db_index=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("withdrawn by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    asked_by = models.CharField(_("who asked for it"), max_length=200, blank=True)
    reason = models.TextField(_("reason"))
    removed = models.JSONField(_("what was removed"), default=dict)
    addresses = models.JSONField(_("where it was shown"), default=list)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("undone by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    undo_reason = models.TextField(_("why it was undone"), blank=True)

    wagtail_reference_index_ignore = True

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_key"],
                condition=models.Q(undone_at=None),
                name="core_one_withdrawal_in_force",
            )
        ]

    def __str__(self) -> str:
        kind = self.content_type.model_class()
        name = kind._meta.verbose_name if kind else self.content_type.model
        return gettext("%(kind)s no. %(number)s") % {"kind": str(name).capitalize(), "number": self.object_id}

    @property
    def in_force(self) -> bool:
        return self.undone_at is None

    @property
    def subject_model(self) -> "type[Withdrawable]":
        """The class of the object whose consent was withdrawn."""
        return cast("type[Withdrawable]", self.content_type.model_class())


class WithheldContent(models.Model):
    """The withdrawn words, kept for undoing the withdrawal; the only row that holds them. A daily job deletes it
    after WITHDRAWN_TEXT_DAYS. `rows` maps the primary key of each language to its masked fields and values."""

    withdrawal = models.OneToOneField(
        Withdrawal, primary_key=True, on_delete=models.CASCADE, related_name="withheld"
    )
    rows = models.JSONField()
    words = models.JSONField(default=list)
    searched_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("withheld content")
        verbose_name_plural = _("withheld contents")

    def __str__(self) -> str:
        return str(self.withdrawal)
