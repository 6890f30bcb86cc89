"""The block for rich text."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

# No images, as their alternative text could not be translated. No sub and sup, as they would split sentences into
# several units for translators.
RICH_TEXT_FEATURES = ["h2", "h3", "bold", "italic", "link", "document-link", "ol", "ul", "hr"]


class RichTextBlock(blocks.RichTextBlock):
    """Wagtail's RichTextBlock with the features in RICH_TEXT_FEATURES by default."""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("features", RICH_TEXT_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs with headings, lists and links")
        template = "blocks/rich_text.html"
        preview_value = _(
            "<h2>Know before you go</h2><p>Ask three questions before you sign a contract abroad: "
            "who pays for the journey, who keeps the passport, whom to call.</p>"
        )
