"""Removes the sizes of an image whose consent is withdrawn: the rows at once, the files by recorded work
(`core.media.removal`). The image itself stays in the library, where only people see it who may open it there."""

from django.utils.translation import gettext_noop as _

from core.consent.stores import Store, Subject, register
from core.models import SiteImage, SiteRendition


def remove_renditions(subject: Subject) -> int:
    if not issubclass(subject.model, SiteImage):
        return 0
    renditions = SiteRendition.objects.filter(image__in=subject.ids)
    count = renditions.count()
    renditions.delete()
    return count


def connect() -> None:
    register(Store(_("Sizes of the image"), remove_renditions))
