from .alt_text import AltTextDraft
from .author import UnitAuthor, text_key
from .deleted import DeletedObject
from .desk import UnitVersion, UnitVisit
from .exchange import PendingImport
from .glossary import PartOfSpeech, Term, TermStatus, TermTranslation
from .machine import MachineSettings, MachineText
from .memory import ExactMatches, MemoryOccurrence, MemorySource, MemoryText, MemoryWord, TranslationSettings
from .notices import Notice, NoticeKind, NoticePreference
from .review import Review, ReviewStatus, SegmentComment, UnitDecision, WholeApproval
from .rights import LanguageAction, LanguageRight
from .summary import Summary
from .task import LanguageReviewTask
from .together import TogetherChoice
from .unit import APPROVED_ANEW, CONFIRMED, UP_TO_DATE, Standing, Unit, UnitRow
from .waiver import Waiver, text_hash
from .wording import ApprovedWording, NeedsReview, StaleMark
from .work import Assignment, Launch, SendJob, SendStatus

__all__ = [
    "APPROVED_ANEW",
    "CONFIRMED",
    "UP_TO_DATE",
    "AltTextDraft",
    "ApprovedWording",
    "Assignment",
    "DeletedObject",
    "ExactMatches",
    "LanguageAction",
    "LanguageReviewTask",
    "LanguageRight",
    "Launch",
    "MachineSettings",
    "MachineText",
    "MemoryOccurrence",
    "MemorySource",
    "MemoryText",
    "MemoryWord",
    "NeedsReview",
    "Notice",
    "NoticeKind",
    "NoticePreference",
    "PartOfSpeech",
    "PendingImport",
    "Review",
    "ReviewStatus",
    "SegmentComment",
    "SendJob",
    "SendStatus",
    "StaleMark",
    "Standing",
    "Summary",
    "Term",
    "TermStatus",
    "TermTranslation",
    "TogetherChoice",
    "TranslationSettings",
    "Unit",
    "UnitAuthor",
    "UnitDecision",
    "UnitRow",
    "UnitVersion",
    "UnitVisit",
    "Waiver",
    "WholeApproval",
    "text_hash",
    "text_key",
]
