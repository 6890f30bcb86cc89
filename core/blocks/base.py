"""Base classes and helpers of blocks."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from core.links import Links, Target


class SectionBlock(blocks.StructBlock):
    """The base of blocks that are a section of a page with an optional heading."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)

    class Meta:
        label_format = "{heading}"


def image_fields(block: blocks.Block) -> list[str]:
    """Return the names of a block's own fields that hold an image; none for a block without fields."""
    children = getattr(block, "child_blocks", {})
    return [name for name, child in children.items() if isinstance(child, ImageChooserBlock)]


class LinkBlock(blocks.StructBlock):
    """A link to either a page or a URL; exactly one of the two is required."""

    text = blocks.CharBlock(label=_("Link text"), max_length=80)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("or address"), required=False)

    class Meta:
        icon = "link"

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if bool(cleaned.get("page")) == bool(cleaned.get("url")):
            message = ValidationError(_("Choose a page or enter an address, not both."))
            raise StructBlockValidationError(block_errors={"page": message, "url": message})
        return cleaned

    def target(self, value: blocks.StructValue, parent_context: dict[str, Any] | None) -> Target | None:
        """Return the target of the link, or None if it leads to a page that readers may not see or has no target.
        Pages are looked up in `links` of the parent's context, if it has them, without a query."""
        page = value.get("page")
        if page:
            links = (parent_context or {}).get("links") or Links([(Page, page.pk)])
            return links.page(page.pk)
        return Target(url=value["url"]) if value.get("url") else None
