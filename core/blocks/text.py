from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

# No images: their alternative text could not be translated. No sub or sup: they cut a
# sentence into pieces for the translator.
RICH_TEXT_FEATURES = ["h2", "h3", "bold", "italic", "link", "document-link", "ol", "ul", "hr"]


class RichTextBlock(blocks.RichTextBlock):
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
