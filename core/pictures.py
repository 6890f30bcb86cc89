"""Every image in a few fixed sizes, made when it is uploaded: drawing a page only reads them, for a page
never writes."""

from django.db import models
from wagtail.images.models import Filter, ImageQuerySet

FORMATS = ("webp", "jpeg")
WIDTHS = (400, 800, 1200)
FILTERS = [f"width-{width}|format-{kind}" for kind in FORMATS for width in WIDTHS]


class PictureQuerySet(ImageQuerySet):
    def with_pictures(self) -> "PictureQuerySet":
        return self.prefetch_renditions(*FILTERS)


def make_pictures(image: models.Model) -> None:
    image.get_renditions(*FILTERS)


def sources(image: models.Model) -> dict[str, list]:
    """Per format its renditions, narrowest first. Those that were not fetched by `with_pictures` are looked
    up, and none is made."""
    filters = [Filter(spec) for spec in FILTERS]
    ready = {found.spec: rendition for found, rendition in image.find_existing_renditions(*filters).items()}
    found = {
        kind: [ready[spec] for width in WIDTHS if (spec := f"width-{width}|format-{kind}") in ready]
        for kind in FORMATS
    }
    return {kind: renditions for kind, renditions in found.items() if renditions}
