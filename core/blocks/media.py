"""Blocks for images and videos."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from core.languages.numbers import NumberBlock
from core.links import Links
from core.media.models import is_sound


class ImageBlock(blocks.StructBlock):
    """An image with a caption. The alternative text is stored with the image, in each language."""

    image = ImageChooserBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)

    class Meta:
        icon = "image"
        label = _("Image")
        description = _("A picture with a caption and a credit")
        template = "blocks/image.html"
        preview_value = {"image": None, "caption": _("The road to the summer camp in Romit")}


class VideoBlock(blocks.StructBlock):
    """A video or sound recording: a file on this site, or a link to one elsewhere."""

    is_film = True
    """Marks blocks whose external films must be confirmed before publication (`core.publishing.recordings`)."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    file = DocumentChooserBlock(
        label=_("Video file"), required=False, help_text=_("An .mp4 or .webm file, shown on this page.")
    )
    captions = DocumentChooserBlock(
        label=_("Captions"), required=False, help_text=_("A .vtt file in the language of the page.")
    )
    url = blocks.URLBlock(
        label=_("or address elsewhere"),
        required=False,
        help_text=_("Shown as a link. Nothing loads from that site until the reader opens it."),
    )
    poster = ImageChooserBlock(label=_("Preview image"), required=False)
    minutes = NumberBlock(label=_("Length in minutes"), required=False, min_value=0, decimal_places=1)
    transcript = blocks.RichTextBlock(
        label=_("Transcript"), required=False, features=["bold", "italic", "ul", "ol", "link"]
    )

    class Meta:
        icon = "media"
        label = _("Video")
        description = _("A video that loads on click, with a transcript")
        template = "blocks/video.html"
        preview_value = {
            "title": _("Three minutes on safe migration"),
            "url": "https://example.org/film",
            "minutes": 3,
            "transcript": _("<p>A road, early in the morning. A bus is waiting.</p>"),
        }

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the context with `file_url` and `captions_url`, which are empty if the file is missing or hidden,
        and `is_sound`, whether the file is a sound recording."""
        documents = [value[name] for name in ("file", "captions") if value.get(name)]
        links = (parent_context or {}).get("links")
        links = links or Links([(get_document_model(), document.pk) for document in documents])
        urls = {document.pk: links.document(document.pk) for document in documents}
        file, captions = value.get("file"), value.get("captions")
        return {
            **super().get_context(value, parent_context),
            "file_url": urls[file.pk] if file else "",
            "captions_url": urls[captions.pk] if captions else "",
            "is_sound": bool(file) and is_sound(file.file.name),
        }

    def get_searchable_content(self, value: blocks.StructValue) -> list[str]:
        """Return the texts to search, or none if readers do not see the video, neither a file nor a URL elsewhere:
        title and transcript may identify the people in it."""
        context = self.get_context(value)
        return super().get_searchable_content(value) if context["file_url"] or value.get("url") else []

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if bool(cleaned.get("file")) == bool(cleaned.get("url")):
            message = ValidationError(_("Choose a file or enter an address, not both."))
            raise StructBlockValidationError(block_errors={"file": message, "url": message})
        return cleaned
