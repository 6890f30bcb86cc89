from .changes import Change
from .images import SiteImage, SiteRendition, WhoIsShown
from .pages import BasePage, LeadImageMixin
from .snippets import TranslatableSnippet
from .work import RecordedWork

__all__ = [
    "BasePage",
    "Change",
    "LeadImageMixin",
    "RecordedWork",
    "SiteImage",
    "SiteRendition",
    "TranslatableSnippet",
    "WhoIsShown",
]
