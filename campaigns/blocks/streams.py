"""The stream blocks of bodies. The names of the child blocks must not change: stored bodies and their translations
refer to them."""

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
    """The body of a story or project."""

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
    """The body of a campaign or edition."""

    latest_news = LatestNewsBlock()
    programme = ProgrammeBlock()
    past_themes = PastThemesBlock()
    partners = PartnersBlock()
