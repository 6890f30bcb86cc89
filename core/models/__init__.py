from core.audit.models import AuditEntry
from core.closed import ClosedPage
from core.consent.models import Withdrawal, WithheldContent
from core.copies.models import CopiedPart
from core.health.models import Heartbeat
from core.helplines.models import Helpline
from core.journal.models import JournalEntry
from core.mail.models import QueuedMail
from core.media.models import DocumentMetadata, Recording, SiteImage, SiteRendition, WhoIsShown
from core.models.pages import BasePage, LeadImageMixin
from core.models.snippets import TranslatableSnippet
from core.publishing.models import PublishConfirmation
from core.quotations.models import PassageStatement
from core.references.models import ShownFile
from core.sensitivity import SensitiveMixin
from core.throttling.models import AttemptCounter
from core.trash.models import TrashedFile
from core.work import RecordedWork

__all__ = [
    "AttemptCounter",
    "AuditEntry",
    "BasePage",
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
