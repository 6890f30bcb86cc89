"""Renditions of every image in a few fixed sizes.

The worker makes them after the upload, which takes about a second. Pages only read renditions and never make any.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from wagtail.images import get_image_model

from core import work
from core.internals.wagtail_models import CollectionViewRestriction
from core.media.access import in_collections
from core.prepared import Prepared, Several

if TYPE_CHECKING:
    from core.media.models import SiteImage

PICTURES = "pictures"
"""Name of the recorded work; its keys are the primary keys of images."""
FORMATS = ("webp", "jpeg")
WIDTHS = (400, 800, 1200)
FILTERS = [f"width-{width}|format-{kind}" for kind in FORMATS for width in WIDTHS]


def load_pictures(images: "Iterable[SiteImage | None]") -> None:
    """Fetch the renditions of these images in one query, into `prefetched_renditions` of each. Duplicates, None
    and images that have theirs are allowed.

    Images in private collections get none, as readers would not be sent the files.
    """
    waiting = [image for image in images if image is not None and not hasattr(image, "prefetched_renditions")]
    found: dict[int, list[Any]] = {image.pk: [] for image in waiting}
    for rendition in _renditions.rows(images=found):
        found[rendition.image_id].append(rendition)
    for image in waiting:
        image.prefetched_renditions = found[image.pk]  # as Wagtail's prefetching does


def _build_renditions(images: list[int]) -> models.QuerySet[Any]:
    private = in_collections(CollectionViewRestriction.objects.all(), "image__collection")
    renditions = get_image_model().get_rendition_model().objects.filter(image__in=images)
    return renditions.filter(~private, filter_spec__in=FILTERS)


_renditions = Prepared(_build_renditions, images=Several(int))


def make_pictures(image: "SiteImage") -> None:
    """Make the missing renditions of an image, in all sizes and formats of FILTERS."""
    image.get_renditions(*FILTERS)


def record_pictures(instance: "SiteImage", raw: bool = False, **kwargs: Any) -> None:
    """Receiver: record that the renditions of a saved image are to be made by the worker, unless consent was
    withdrawn."""
    if not raw and not instance.consent_withdrawn:
        work.record(PICTURES, [str(instance.pk)])


def make_recorded(keys: Iterable[str]) -> None:
    """Make the missing renditions of the images with these primary keys, unless consent was withdrawn. If it is
    withdrawn meanwhile, delete them."""
    images = get_image_model().objects.filter(consent_withdrawn__isnull=True)
    for image in images.filter(pk__in=keys):
        make_pictures(image)
        # Consent was withdrawn meanwhile, which has removed only the renditions that existed then.
        if not images.filter(pk=image.pk).exists():
            image.renditions.all().delete()


def connect() -> None:
    """Register the recorded work that makes renditions."""
    # Outside of a transaction, which would block all other writers on SQLite.
    work.register(PICTURES, make_recorded, outside=True)


def sources(image: "SiteImage") -> dict[str, list[Any]]:
    """Return the existing renditions of an image in FILTERS by format ("webp", "jpeg"), narrowest first; formats
    without any are left out.

    They are looked up unless `load_pictures` has fetched them.
    """
    # Not by Wagtail's filters, each of which inspects the signatures of its operations anew.
    made = getattr(image, "prefetched_renditions", None)
    if made is None:
        made = image.renditions.filter(filter_spec__in=FILTERS)
    ready = {each.filter_spec: each for each in made if not each.focal_point_key}
    found = {
        kind: [ready[spec] for width in WIDTHS if (spec := f"width-{width}|format-{kind}") in ready]
        for kind in FORMATS
    }
    return {kind: renditions for kind, renditions in found.items() if renditions}
