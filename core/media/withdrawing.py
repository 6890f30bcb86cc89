"""Removes the sizes of an image whose consent is withdrawn: the rows at once, the files by recorded work
(`core.media.removal`). The image itself stays in the library, where only people see it who may open it there."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _
from wagtail.models import Page

from core.consent.stores import Place, Store, Subject, register, register_shown
from core.models import Recording, SiteImage, SiteRendition
from core.publishing.live_files import live_users


def remove_renditions(subject: Subject) -> int:
    if not issubclass(subject.model, SiteImage):
        return 0
    renditions = SiteRendition.objects.filter(image__in=subject.ids)
    count = renditions.count()
    renditions.delete()
    return count


def pages_with_recording(subject: Subject) -> Iterator[Place]:
    """Yield the pages that show a film or a sound recording."""
    if issubclass(subject.model, Recording):
        for source in (source for row in subject.rows for source in live_users(row.document)):
            if isinstance(source, Page):
                yield Place(str(source), source.locale.get_display_name(), source.full_url or "")


def connect() -> None:
    register_shown(pages_with_recording)
    register(Store(_("Sizes of the image"), remove_renditions))
