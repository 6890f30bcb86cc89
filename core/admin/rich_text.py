"""The rich-text widget (WAGTAILADMIN_RICH_TEXT_EDITORS), safe for several threads."""

from collections.abc import Sequence
from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter


class ConverterPerCall:
    """Wagtail's converter for the editor, made anew for each call.

    `ContentstateConverter` keeps one HTML parser. A StreamField block keeps its widget for as long as the process
    lives, and copies of a widget share its converter, so that two threads would feed the same parser at once: one
    request fails, or shows what the other one was asked for.
    """

    def __init__(self, features: Sequence[str]) -> None:
        self.features = features

    def from_database_format(self, html: str) -> str:
        return ContentstateConverter(self.features).from_database_format(html)

    def to_database_format(self, contentstate_json: str) -> str:
        return ContentstateConverter(self.features).to_database_format(contentstate_json)


class RichTextArea(DraftailRichTextArea):
    """Draftail with a converter for each call."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.converter = ConverterPerCall(self.features)
