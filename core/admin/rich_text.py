"""A thread-safe rich-text widget, for WAGTAILADMIN_RICH_TEXT_EDITORS."""

from collections.abc import Sequence
from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter


class ConverterPerCall:
    """A converter that creates Wagtail's `ContentstateConverter` for each call.

    `ContentstateConverter` keeps one HTML parser. The widgets of StreamField blocks live as long as the process,
    and copies of a widget share its converter, so that two threads would feed the same parser at once. One of the
    requests would then fail, or show the text of the other.
    """

    def __init__(self, features: Sequence[str]) -> None:
        self.features = features

    def from_database_format(self, html: str) -> str:
        return ContentstateConverter(self.features).from_database_format(html)

    def to_database_format(self, contentstate_json: str) -> str:
        return ContentstateConverter(self.features).to_database_format(contentstate_json)


class RichTextArea(DraftailRichTextArea):
    """Wagtail's Draftail widget with a thread-safe converter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.converter = ConverterPerCall(self.features)
