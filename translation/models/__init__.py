from .alt_text import AltTextDraft
from .deleted import DeletedObject
from .exchange import PendingImport
from .notices import Notice, NoticeKind, NoticePreference
from .review import Review, ReviewStatus, SegmentComment, WholeApproval
from .rights import LanguageAction, LanguageRight
from .task import LanguageReviewTask
from .together import TogetherChoice
from .wording import ApprovedWording, NeedsReview, StaleMark
from .work import Assignment, Launch, SendJob, SendStatus

__all__ = [
    "AltTextDraft",
    "ApprovedWording",
    "Assignment",
    "DeletedObject",
    "LanguageAction",
    "LanguageReviewTask",
    "LanguageRight",
    "Launch",
    "NeedsReview",
    "Notice",
    "NoticeKind",
    "NoticePreference",
    "PendingImport",
    "Review",
    "ReviewStatus",
    "SegmentComment",
    "SendJob",
    "SendStatus",
    "StaleMark",
    "TogetherChoice",
    "WholeApproval",
]
