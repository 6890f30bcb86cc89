from .gathered import (
    KeyFiguresBlock,
    LatestNewsBlock,
    PartnersBlock,
    PastThemesBlock,
    TakeawaysBlock,
    VoicesBlock,
    picks,
)
from .streams import CampaignBody, StoryBody

__all__ = [
    "CampaignBody",
    "KeyFiguresBlock",
    "LatestNewsBlock",
    "PartnersBlock",
    "PastThemesBlock",
    "StoryBody",
    "TakeawaysBlock",
    "VoicesBlock",
    "picks",
]
