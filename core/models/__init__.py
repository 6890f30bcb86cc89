from .images import SiteImage, SiteRendition, WhoIsShown
from .pages import BasePage, LeadImageMixin
from .snippets import TranslatableSnippet

__all__ = ["BasePage", "LeadImageMixin", "SiteImage", "SiteRendition", "TranslatableSnippet", "WhoIsShown"]
