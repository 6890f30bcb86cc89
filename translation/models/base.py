"""Abstract bases of the models of this app."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django_stubs_ext import StrOrPromise


def user_field(label: "StrOrPromise", **options: Any) -> "models.ForeignKey[User | None, User | None]":
    """Return a foreign key to a user with this label; it is emptied when the user is deleted."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        **options,
    )


class InLanguage(models.Model):
    """Abstract base of rows about an object in one language. They refer to the object by its translation key, not
    by a foreign key, so that they remain when the object is deleted and created again."""

    object_key = models.UUIDField(_("translation key"), db_index=True)
    locale = models.ForeignKey(
        "wagtailcore.Locale", verbose_name=_("language"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        abstract = True


class OfSegment(InLanguage):
    """Abstract base of rows about one unit. `path` is wagtail-localize's content path; `path_id` and `string_hash`
    are its hashes of the path and of the source string. Several strings of a rich text share one path."""

    path = models.TextField(_("place"))
    path_id = models.UUIDField(editable=False)
    string_hash = models.UUIDField(editable=False)

    class Meta:
        abstract = True

    @property
    def position(self) -> tuple[UUID, int, UUID, UUID]:
        """What names the unit: translation key, id of the language, hashes of path and source string."""
        return self.object_key, self.locale_id, self.path_id, self.string_hash
