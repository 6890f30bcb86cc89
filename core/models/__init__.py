from core.audit.models import AuditEntry
from core.closed import ClosedPage
from core.consent.models import Withdrawal, WithheldContent
from core.throttling.models import AttemptCounter

from .changes import Change
from .confirmation import PublishConfirmation
from .copied import CopiedPart
from .documents import DocumentMetadata
from .health import Heartbeat
from .helplines import Helpline
from .images import SiteImage, SiteRendition, WhoIsShown
from .journal import JournalEntry
from .mail import QueuedMail
from .pages import BasePage, LeadImageMixin
from .passages import PassageStatement
from .recordings import Recording
from .sensitive import SensitiveMixin
from .shown import ShownFile
from .snippets import TranslatableSnippet
from .trash import TrashedFile
from .work import RecordedWork

__all__ = [
    "AttemptCounter",
    "AuditEntry",
    "BasePage",
    "Change",
    "ClosedPage",
    "CopiedPart",
    "DocumentMetadata",
    "Heartbeat",
    "Helpline",
    "JournalEntry",
    "LeadImageMixin",
    "PassageStatement",
    "PublishConfirmation",
    "QueuedMail",
    "RecordedWork",
    "Recording",
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
