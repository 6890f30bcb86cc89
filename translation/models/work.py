from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.typed import Translatable

from .base import InLanguage, user_field


class Assignment(InLanguage):
    """Who translates an object into one language, and by when. Without a due date of its own the translation is
    due TRANSLATION_DUE_DAYS days before the next observance of its campaign."""

    person = user_field(_("translator"), blank=True)
    due = models.DateField(_("due"), null=True, blank=True)
    assigned_by = user_field(_("assigned by"))
    assigned_at = models.DateTimeField(_("assigned at"), auto_now=True)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [models.UniqueConstraint(fields=["object_key", "locale"], name="one_assignment")]

    def __str__(self) -> str:
        return f"{self.object_key}: {self.person}"


class SendStatus(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class SendJob(models.Model):
    """Objects that were sent for translation together, and the progress of the background task that sends them."""

    title = models.CharField(_("what"), max_length=255)
    object_key = models.UUIDField(_("translation key of what was chosen first"), null=True, db_index=True)
    objects_to_send = models.JSONField(_("objects"), help_text=_("Pairs: model label, primary key."))
    locales: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        "wagtailcore.Locale", verbose_name=_("languages"), related_name="+"
    )
    people = models.JSONField(
        _("translators"), default=dict, blank=True, help_text=_("By the id of the language: the id of the person.")
    )
    assigned = models.JSONField(
        _("assigned"), default=dict, blank=True, help_text=_("By the id of the language: how many things.")
    )
    due = models.DateField(_("due"), null=True, blank=True)
    requested_by = user_field(_("sent by"))
    requested_at = models.DateTimeField(_("sent at"), auto_now_add=True)
    asked = models.CharField(
        _("asked"),
        max_length=64,
        default="",
        editable=False,
        help_text=_("Fingerprint of what was asked for: asked again meanwhile, it is this one."),
    )
    status = models.CharField(_("status"), max_length=8, choices=SendStatus, default=SendStatus.WAITING)
    done = models.PositiveIntegerField(_("done"), default=0)
    problems = models.JSONField(_("problems"), default=list, blank=True)
    progressed_at = models.DateTimeField(_("last step"), auto_now=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("sending for translation")
        verbose_name_plural = _("sendings for translation")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asked"],
                condition=~models.Q(asked="") & models.Q(status__in=["waiting", "running"]),
                name="one_unfinished_sending",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def pair(instance: Translatable) -> list[Any]:
        """Return the model label and primary key of an object, as an item of `objects_to_send`."""
        return [instance._meta.label_lower, instance.pk]

    @property
    def total(self) -> int:
        """Return the number of objects: those that were chosen, and once the task has begun related content as
        well."""
        return len(self.objects_to_send)

    @property
    def is_finished(self) -> bool:
        """Return whether the task has ended, with or without success."""
        return self.status in (SendStatus.DONE, SendStatus.FAILED)


class Launch(InLanguage):
    """The launch of a campaign or an edition in one language: by whom, what went live, and what was accepted as
    missing."""

    title = models.CharField(_("what"), max_length=255)
    launched_by = user_field(_("launched by"))
    launched_at = models.DateTimeField(_("launched at"), auto_now_add=True)
    published = models.JSONField(_("what went live"), default=list)
    accepted = models.JSONField(_("what was missing"), default=list, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("launch")
        verbose_name_plural = _("launches")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title
