from core.closed import ClosedPage
from core.consent.models import Withdrawal, WithheldContent

from .changes import Change
from .confirmation import PublishConfirmation
from .documents import DocumentMetadata
from .images import SiteImage, SiteRendition, WhoIsShown
from .pages import BasePage, LeadImageMixin
from .passages import PassageStatement
from .shown import ShownFile
from .snippets import TranslatableSnippet
from .work import RecordedWork

__all__ = [
    "BasePage",
    "Change",
    "ClosedPage",
    "DocumentMetadata",
    "LeadImageMixin",
    "PassageStatement",
    "PublishConfirmation",
    "RecordedWork",
    "ShownFile",
    "SiteImage",
    "SiteRendition",
    "TranslatableSnippet",
    "WhoIsShown",
    "Withdrawal",
    "WithheldContent",
]
