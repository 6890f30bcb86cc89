"""What a body is made of. A key is never renamed: translations hang on it."""

from core.blocks import (
    CallToActionBlock,
    ChartBlock,
    HelplineBlock,
    ImageBlock,
    ProgrammeBlock,
    QuestionsBlock,
    RichTextBlock,
    StreamBlock,
    ToolkitBlock,
    VideoBlock,
)

from .gathered import (
    CommitmentsBlock,
    KeyFiguresBlock,
    LatestNewsBlock,
    PartnersBlock,
    PastThemesBlock,
    TakeawaysBlock,
    VoicesBlock,
)


class StoryBody(StreamBlock):
    rich_text = RichTextBlock()
    image = ImageBlock()
    video = VideoBlock()
    voices = VoicesBlock()
    takeaways = TakeawaysBlock()
    key_figures = KeyFiguresBlock()
    commitments = CommitmentsBlock()
    chart = ChartBlock()
    toolkit = ToolkitBlock()
    helpline = HelplineBlock()
    call_to_action = CallToActionBlock()
    questions = QuestionsBlock()


class CampaignBody(StoryBody):
    latest_news = LatestNewsBlock()
    programme = ProgrammeBlock()
    past_themes = PastThemesBlock()
    partners = PartnersBlock()
