"""The model of entries of the audit log."""

import datetime
from typing import Any, NoReturn

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.audit.actions import ACTIONS
from core.audit.triggers import KEPT_DAYS
from core.internals.wagtail_models import log_registry

LONGEST_NAME = 150


class AuditQuerySet(models.QuerySet[Any]):
    """Queryset of audit entries, which refuses updates."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Raise TypeError: entries cannot be changed."""
        raise TypeError("The audit log cannot be changed.")

    def delete_old(self) -> None:
        """Delete entries that are a day older than KEPT_DAYS, which the triggers allow. Called each minute by
        `publish_scheduled`."""
        self.filter(at__lt=timezone.now() - datetime.timedelta(days=KEPT_DAYS + 1)).delete()


class AuditEntry(models.Model):
    """Entry of the audit log: who did what to which object.

    It has no foreign keys, so that no deletion changes it.
    """

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    action = models.CharField(_("what"), max_length=255, db_index=True)
    user_id = models.CharField(_("number of the user"), max_length=36, blank=True)
    user_name = models.CharField(_("who"), max_length=LONGEST_NAME, blank=True, db_index=True)
    """Empty for commands and for visitors who are not logged in."""
    subject_kind = models.CharField(_("kind"), max_length=100, blank=True)
    """The label of a model, such as campaigns.quote."""
    subject_id = models.CharField(_("number"), max_length=255, blank=True)
    subject_name = models.CharField(_("about"), max_length=LONGEST_NAME, blank=True)
    """Set only for users and groups: titles may name people whose consent may be withdrawn."""
    network = models.CharField(_("network"), max_length=43, blank=True)
    """IP address without its last part; set only for log-ins."""
    details = models.JSONField(_("details"), default=dict, blank=True)

    wagtail_reference_index_ignore = True

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the audit log")
        verbose_name_plural = _("audit log")
        ordering = ["-at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.user_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new entry. Raise TypeError if the entry is stored already."""
        if not self._state.adding:
            raise TypeError("The audit log cannot be changed.")
        super().save(*args, **kwargs)

    @property
    def action_label(self) -> str:
        """Return the label of the action, or its name if the action is not registered any more."""
        if self.action in ACTIONS:
            return str(ACTIONS[self.action])
        return (
            str(log_registry.get_action_label(self.action))
            if log_registry.action_exists(self.action)
            else self.action
        )

    @property
    def subject(self) -> str:
        """Return kind, primary key and name of the object as one text."""
        return " ".join(filter(None, (self.subject_kind, self.subject_id, self.subject_name)))

    @property
    def details_text(self) -> str:
        """Return the details as one text: “name: value; name: value”."""
        return "; ".join(f"{name}: {value}" for name, value in self.details.items())
