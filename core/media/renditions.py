"""Renditions of every image in a few fixed sizes.

The worker makes them after the upload, which takes about a second. Pages only read renditions and never make any.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models
from django.urls import reverse
from wagtail.images import get_image_model

from core import work
from core.internals.wagtail_models import CollectionViewRestriction
from core.media.access import in_collections
from core.prepared import Prepared, Several

if TYPE_CHECKING:
    from core.media.models import SiteImage

PICTURES = "pictures"
"""Name of the recorded work, whose keys are the primary keys of images; also where an image keeps its renditions
once they are fetched."""
FORMATS = ("webp", "jpeg")
WIDTHS = (400, 700, 1200)
"""In pixels. Most pictures of 700 pixels fit into what a new connection sends at once, 14 kB: a wider one costs a
phone another round trip. It is sharp on a column of 350 CSS pixels of two device pixels each. With a smaller one,
browsers would take it for cards, too, for which 400 pixels are enough."""
_COLUMNS = ("filter_spec", "file", "width", "height")
FILTERS = [f"width-{width}|format-{kind}" for kind in FORMATS for width in WIDTHS]


class Picture(NamedTuple):
    """A stored rendition."""

    width: int
    height: int
    url: str


def load_pictures(images: "Iterable[SiteImage | None]") -> None:
    """Fetch the renditions of these images in one query, for `sources`. Duplicates, None and images that have
    theirs are allowed.

    Images in private collections get none, as readers would not be sent the files.
    """
    waiting = [image for image in images if image is not None and PICTURES not in image.__dict__]
    found: dict[int, list[tuple[Any, ...]]] = {image.pk: [] for image in waiting}
    for image, *rendition in _renditions.rows(images=found):
        found[image].append(tuple(rendition))
    for image in waiting:
        image.__dict__[PICTURES] = _by_format(found[image.pk])


def _build_renditions(images: list[int]) -> models.QuerySet[Any]:
    private = in_collections(CollectionViewRestriction.objects.all(), "image__collection")
    renditions = get_image_model().get_rendition_model().objects.filter(image__in=images)
    return _stored(renditions.filter(~private)).values_list("image", *_COLUMNS)


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


def sources(image: "SiteImage") -> dict[str, list[Picture]]:
    """Return the existing renditions of an image in FILTERS by format ("webp", "jpeg"), narrowest first; formats
    without any are left out.

    They are looked up unless `load_pictures` has fetched them.
    """
    # Not by Wagtail's filters, each of which inspects the signatures of its operations anew.
    found: dict[str, list[Picture]] | None = image.__dict__.get(PICTURES)
    return _by_format(_stored(image.renditions).values_list(*_COLUMNS)) if found is None else found


def _stored(renditions: Any) -> Any:
    return renditions.filter(filter_spec__in=FILTERS, focal_point_key="")


def _by_format(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[Picture]]:
    """Return the renditions of an image by format, as `sources`."""
    ready = {spec: Picture(width, height, media_url(name)) for spec, name, width, height in rows}
    found = {
        kind: [ready[spec] for width in WIDTHS if (spec := f"width-{width}|format-{kind}") in ready]
        for kind in FORMATS
    }
    return {kind: renditions for kind, renditions in found.items() if renditions}


@lru_cache(maxsize=10_000)
def media_url(name: str) -> str:
    """Return the URL of the view that checks who may see a stored file, wherever it is stored."""
    return reverse("media", args=[name])
