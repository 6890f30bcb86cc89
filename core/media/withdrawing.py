"""Removal of the renditions of an image whose consent is withdrawn.

The rows are deleted at once, the files by recorded work (`core.trash.removal`). The image itself stays in the
library of the admin.
"""

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _
from wagtail.models import Page

from core.consent.stores import Place, Store, Subject, register, register_shown
from core.media.live_files import live_users
from core.media.models import Recording, SiteImage, SiteRendition


def remove_renditions(subject: Subject) -> int:
    """Delete the renditions if the subject is an image, and return how many there were; 0 for other subjects."""
    if not issubclass(subject.model, SiteImage):
        return 0
    renditions = SiteRendition.objects.filter(image__in=subject.ids)
    count = renditions.count()
    renditions.delete()
    return count


def pages_with_recording(subject: Subject) -> Iterator[Place]:
    """Yield the live pages that show the subject's documents if it is a film or sound recording; none for other
    subjects."""
    if issubclass(subject.model, Recording):
        recordings = (row for row in subject.rows if isinstance(row, Recording))
        for source in (source for row in recordings for source in live_users(row.document)):
            if isinstance(source, Page):
                yield Place(str(source), source.locale.get_display_name(), source.full_url or "")


def connect() -> None:
    """Register the functions of this module with `core.consent.stores`."""
    register_shown(pages_with_recording)
    register(Store(_("Sizes of the image"), remove_renditions))
