from core.closed import ClosedPage
from core.consent.models import Withdrawal, WithheldContent
from core.throttling.models import AttemptCounter

from .changes import Change
from .confirmation import PublishConfirmation
from .documents import DocumentMetadata
from .helplines import Helpline
from .images import SiteImage, SiteRendition, WhoIsShown
from .pages import BasePage, LeadImageMixin
from .passages import PassageStatement
from .sensitive import SensitiveMixin
from .shown import ShownFile
from .snippets import TranslatableSnippet
from .trash import TrashedFile
from .work import RecordedWork

__all__ = [
    "AttemptCounter",
    "BasePage",
    "Change",
    "ClosedPage",
    "DocumentMetadata",
    "Helpline",
    "LeadImageMixin",
    "PassageStatement",
    "PublishConfirmation",
    "RecordedWork",
    "SensitiveMixin",
    "ShownFile",
    "SiteImage",
    "SiteRendition",
    "TranslatableSnippet",
    "TrashedFile",
    "WhoIsShown",
    "Withdrawal",
    "WithheldContent",
]
