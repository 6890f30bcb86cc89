from django.db import models
from django.utils.translation import gettext_lazy as _


class InLanguage(models.Model):
    """Of a thing in one language. The thing is named by its translation key and not by a foreign key, so that what
    was written about it outlives whatever is deleted and made again."""

    object_key = models.UUIDField(_("translation key"), db_index=True)
    locale = models.ForeignKey(
        "wagtailcore.Locale", verbose_name=_("language"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        abstract = True


class OfSegment(InLanguage):
    """Of one string in one place. `path` is wagtail-localize's content path, `path_id` and `string_hash` its
    hashes of the path and of the source string: several strings of a rich text share one path."""

    path = models.TextField(_("place"))
    path_id = models.UUIDField(editable=False)
    string_hash = models.UUIDField(editable=False)

    class Meta:
        abstract = True
