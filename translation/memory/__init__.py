"""The translation memory: texts that were approved anywhere on the site, those of deleted objects too, and texts
from other programs; finding the ones for equal and similar source strings."""

from translation.memory.elsewhere import Elsewhere, count_elsewhere, fill_elsewhere, same_elsewhere
from translation.memory.lookup import Suggestion, suggestions

__all__ = ["Elsewhere", "Suggestion", "count_elsewhere", "fill_elsewhere", "same_elsewhere", "suggestions"]
