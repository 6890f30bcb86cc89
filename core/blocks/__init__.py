"""StreamField blocks that do not show material of campaigns."""

from .base import LinkBlock, SectionBlock, image_fields
from .chart import ChartBlock
from .media import ImageBlock, VideoBlock
from .practical import CallToActionBlock, HelplineBlock, ProgrammeBlock, QuestionsBlock, ToolkitBlock
from .stream import StreamBlock
from .text import RICH_TEXT_FEATURES, RichTextBlock

__all__ = [
    "RICH_TEXT_FEATURES",
    "CallToActionBlock",
    "ChartBlock",
    "HelplineBlock",
    "ImageBlock",
    "LinkBlock",
    "ProgrammeBlock",
    "QuestionsBlock",
    "RichTextBlock",
    "SectionBlock",
    "StreamBlock",
    "ToolkitBlock",
    "VideoBlock",
    "image_fields",
]
