"""The blocks of this app."""

from .gathered import picks
from .streams import CampaignBody, StoryBody

__all__ = ["CampaignBody", "StoryBody", "picks"]
