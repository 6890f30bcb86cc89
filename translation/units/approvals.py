"""Which revisions were approved, in a review or as a whole, and which stopped translations are live without an
approval."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef
from wagtail.models import Page
from wagtail_localize.models import Translation

from translation.models import Review, ReviewStatus, WholeApproval


def by_whole(revision_id: str) -> Exists:
    """Return a condition for querysets: the revision whose id is in the column `revision_id` was approved as a
    whole."""
    return Exists(WholeApproval.objects.filter(revision_id=OuterRef(revision_id)))


def by_review(revision_id: str) -> Exists:
    """Return a condition for querysets: the revision whose id is in the column `revision_id` was approved in a
    review."""
    return Exists(Review.objects.filter(revision_id=OuterRef(revision_id), status=ReviewStatus.APPROVED))


def unreviewed(translations: Iterable[Translation]) -> set[tuple[UUID, int]]:
    """Return the keys and languages of those stopped translations that are live with content that nobody has
    approved (one query for all pages, and one for each kind of snippet among them)."""
    places: dict[type[Model], set[tuple[UUID, int]]] = defaultdict(set)
    for translation in translations:
        model = ContentType.objects.get_for_id(translation.source.specific_content_type_id).model_class()
        assert model is not None
        places[Page if issubclass(model, Page) else model].add(
            (translation.source.object_id, translation.target_locale_id)
        )
    found = set()
    for kind, of_kind in places.items():
        rows = kind._base_manager.filter(live=True, translation_key__in={key for key, _locale in of_kind})
        rows = rows.exclude(by_whole("live_revision_id") | by_review("live_revision_id"))
        found |= of_kind & set(rows.order_by().values_list("translation_key", "locale_id"))
    return found
