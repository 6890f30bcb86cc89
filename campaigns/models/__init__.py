"""The models of this app."""

from .campaign import CampaignIndexPage, CampaignPage, EditionPage
from .commitment import Commitment, CommitmentCampaign, CommitmentState, StateChange
from .figure import KeyFigure, KeyFigureCampaign
from .imports import GuessedQuote, ImportedQuote, ImportedStory, ImportStatus
from .listing import ListedMonth, Listing, ListingState
from .news import (
    NewsCampaign,
    NewsIndexPage,
    NewsPage,
    NewsPartner,
    NewsPlace,
    NewsProject,
    NewsSDG,
    NewsTopic,
)
from .project import ProjectPage, ProjectPartner
from .quote import Quote, QuoteCampaign
from .reference import SDG, Organisation, Person, Place, Topic
from .takeaway import Takeaway, TakeawayCampaign

__all__ = [
    "SDG",
    "CampaignIndexPage",
    "CampaignPage",
    "Commitment",
    "CommitmentCampaign",
    "CommitmentState",
    "EditionPage",
    "GuessedQuote",
    "ImportStatus",
    "ImportedQuote",
    "ImportedStory",
    "KeyFigure",
    "KeyFigureCampaign",
    "ListedMonth",
    "Listing",
    "ListingState",
    "NewsCampaign",
    "NewsIndexPage",
    "NewsPage",
    "NewsPartner",
    "NewsPlace",
    "NewsProject",
    "NewsSDG",
    "NewsTopic",
    "Organisation",
    "Person",
    "Place",
    "ProjectPage",
    "ProjectPartner",
    "Quote",
    "QuoteCampaign",
    "StateChange",
    "Takeaway",
    "TakeawayCampaign",
    "Topic",
]
