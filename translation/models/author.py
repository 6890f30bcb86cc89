from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .base import OfSegment


def text_key(text: str) -> UUID:
    """Return the hash of a text by which its authors are found."""
    return uuid5(NAMESPACE_URL, text)


class UnitAuthor(OfSegment):
    """Who has written a text of a unit. `text_hash` is the `text_key` of the text. Rows about texts that were
    never approved are deleted once another text is; those of an approved text remain, since it may be proposed
    elsewhere."""

    text_hash = models.UUIDField(editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("translated by"), on_delete=models.CASCADE, related_name="+"
    )
    written_at = models.DateTimeField(_("written at"), default=timezone.now)

    class Meta:
        verbose_name = _("author of a string")
        verbose_name_plural = _("authors of strings")
        constraints = [
            models.UniqueConstraint(
                fields=["object_key", "locale", "path_id", "string_hash", "text_hash", "user"],
                name="one_author_of_a_text",
            )
        ]
        indexes = [models.Index(fields=["string_hash", "text_hash", "locale"], name="author_of_text")]

    def __str__(self) -> str:
        return f"{self.user}: {self.path}"
