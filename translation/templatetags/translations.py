from typing import Any

from django import template
from django.contrib.admin.utils import quote
from django.contrib.auth.models import User
from django.template import Context
from django.urls import reverse
from wagtail.admin.ui.side_panels import StatusSidePanel
from wagtail.models import Page
from wagtail.snippets.side_panels import SnippetStatusSidePanel
from wagtail_localize.models import Translation

from core.languages.site_languages import language
from core.publishing.forms import may_publish
from core.typed import Translatable
from translation.access.queries import may_review, may_translate
from translation.alt_texts.texts import pictures_of
from translation.models import Review, ReviewStatus, SegmentComment
from translation.review.decide import may_decide
from translation.sync.state import fits, has_new_values, shown_or_next
from translation.units.difference import as_read, difference
from translation.units.places import place_name
from translation.units.segments import Segment, original_of, segments_of

register = template.Library()


@register.simple_tag(takes_context=True)
def mend_status_panel(context: Context, target: Translatable) -> str:
    """wagtail-localize's editor makes a piece's panel by the general class, which fails on a piece in a workflow:
    it lacks what the class for pieces takes from the page around it."""
    if isinstance(target, Page):
        return ""
    for panel in context["side_panels"]:
        if type(panel) is StatusSidePanel:
            panel.__class__ = SnippetStatusSidePanel
    viewset = target.snippet_viewset
    context["revisions_compare_url_name"] = viewset.get_url_name("revisions_compare")
    context["workflow_history_url"] = reverse(viewset.get_url_name("workflow_history"), args=[quote(target.pk)])
    return ""


@register.inclusion_tag("admin/translation/editor_panel.html")
def translation_panel(translation: Translation, target: Translatable, user: User) -> dict[str, Any]:
    """What wagtail-localize's editor does not say: what is out of date and how, what a reviewer said, and the way
    to the reviewer."""
    segments = segments_of(translation)
    of_object = {"object_key": translation.source.object_id, "locale_id": translation.target_locale_id}
    last = Review.objects.filter(**of_object).select_related("submitted_by", "decided_by").first()
    waiting = last if last and last.status == ReviewStatus.WAITING else None
    translates = may_translate(user, translation.target_locale_id)
    unsure = [as_read(segment.source) for segment in segments if segment.needs_review]
    missing = sum(not segment.is_translated for segment in segments) - len(unsure)
    behind = not fits(translation, shown_or_next(translation, target), segments)
    approved = last if last and last.status == ReviewStatus.APPROVED else None
    return {
        "translation": translation,
        "missing": missing,
        "unsure": unsure,
        "count": len(segments),
        "changes": [_change(translation, segment) for segment in segments if segment.stale],
        "only_structure": behind and last and all(s.is_translated and s.is_approved for s in segments),
        "comments": SegmentComment.objects.filter(**of_object, resolved_at=None).select_related("author"),
        "last": last,
        "waiting": waiting,
        "refused": last if last and last.status == ReviewStatus.REFUSED else None,
        "may_submit": translates and not waiting and (behind or has_new_values(translation)),
        "may_take_back": translates and waiting,
        "may_decide": waiting and may_decide(user, waiting),
        "waits_for_publisher": approved and not target.live,
        "may_publish": may_publish(user, target),
        "confirm_url": reverse("confirm_public", args=[approved.revision_id]) if approved else "",
        "submit_url": reverse("translation_review:submit", args=[translation.pk]),
        "source_language": language(translation.source.locale.language_code),
        "language": language(translation.target_locale.language_code),
        "pictures": pictures_of(original_of(target), translation.target_locale),
        "writes": translates or may_review(user, translation.target_locale_id),
    }


def _change(translation: Translation, segment: Segment) -> dict[str, Any]:
    kind = translation.source.specific_content_type.model_class()
    return {
        "place": place_name(kind, segment.path.split(".")[0]),
        "source": difference(segment.stale.old_source, segment.source),
        "text": as_read(segment.stale.old_text),
        "since": segment.stale.since,
    }
