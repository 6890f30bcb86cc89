from .changes import Change
from .images import SiteImage, SiteRendition, WhoIsShown
from .pages import BasePage, LeadImageMixin
from .snippets import TranslatableSnippet

__all__ = [
    "BasePage",
    "Change",
    "LeadImageMixin",
    "SiteImage",
    "SiteRendition",
    "TranslatableSnippet",
    "WhoIsShown",
]
