"""Every image in a few fixed sizes, which the worker makes after the upload: that takes a second. Drawing a page
only reads them, for a page never writes."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from wagtail.images import get_image_model
from wagtail.images.models import Filter
from wagtail.models import CollectionViewRestriction

from core import work
from core.media.access import in_collections
from core.typed import Translatable

PICTURES = "pictures"
"""Keys: the number of an image."""
FORMATS = ("webp", "jpeg")
WIDTHS = (400, 800, 1200)
FILTERS = [f"width-{width}|format-{kind}" for kind in FORMATS for width in WIDTHS]


def load_pictures(images: Iterable[Translatable | None]) -> None:
    """Fetch the sizes of all these images in one query, whether or not some are the same. An image in a private
    collection has none, so that no page draws what nobody would be sent."""
    waiting = [image for image in images if image is not None and not hasattr(image, "prefetched_renditions")]
    private = in_collections(CollectionViewRestriction.objects.all(), "image__collection")
    renditions = get_image_model().get_rendition_model().objects.filter(~private, filter_spec__in=FILTERS)
    models.prefetch_related_objects(
        waiting, models.Prefetch("renditions", queryset=renditions, to_attr="prefetched_renditions")
    )


def make_pictures(image: Translatable) -> None:
    image.get_renditions(*FILTERS)


def record_pictures(instance: Translatable, raw: bool = False, **kwargs: Any) -> None:
    """Receiver: have the sizes of an image made. Without consent there are none."""
    if not raw and not instance.consent_withdrawn:
        work.record(PICTURES, [str(instance.pk)])


def make_recorded(keys: Iterable[str]) -> None:
    """Make the sizes of these images, where they are missing."""
    images = get_image_model().objects.filter(consent_withdrawn__isnull=True)
    for image in images.filter(pk__in=keys):
        make_pictures(image)
        # Withdrawn meanwhile, which has removed the sizes that were there.
        if not images.filter(pk=image.pk).exists():
            image.renditions.all().delete()


def connect() -> None:
    # In no transaction, which would keep everybody else from writing on SQLite.
    work.register(PICTURES, make_recorded, outside=True)


def sources(image: Translatable) -> dict[str, list[Any]]:
    """Per format its renditions, narrowest first. Those that were not fetched by `load_pictures` are looked
    up, and none is made."""
    filters = [Filter(spec) for spec in FILTERS]
    ready = {found.spec: rendition for found, rendition in image.find_existing_renditions(*filters).items()}
    found = {
        kind: [ready[spec] for width in WIDTHS if (spec := f"width-{width}|format-{kind}") in ready]
        for kind in FORMATS
    }
    return {kind: renditions for kind, renditions in found.items() if renditions}
