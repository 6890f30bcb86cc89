from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import InLanguage, user_field


class DeletedObject(InLanguage):
    """An object in the trash, in one language: its content as it was when it was deleted, so that it can be
    restored. Its approved texts stay in the translation memory."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("title"), max_length=255)
    parent_key = models.UUIDField(_("translation key of the parent"), null=True)
    content = models.JSONField(
        _("content"),
        help_text=_("object: the row with its children; draft: a later draft or none; enabled: ids of languages."),
    )
    was_live = models.BooleanField(_("was live"), default=False)
    deleted_by = user_field(_("deleted by"))
    deleted_at = models.DateTimeField(_("deleted at"), auto_now_add=True, db_index=True)
    restored_by = user_field(_("restored by"))
    restored_at = models.DateTimeField(_("restored at"), null=True, blank=True)

    class Meta:
        verbose_name = _("deleted object")
        verbose_name_plural = _("deleted objects")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title
