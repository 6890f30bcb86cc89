"""Views for reviewers, and those by which translators submit and withdraw."""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import PreviewableMixin
from wagtail_localize.models import Translation

from core.publishing.publication import Publication
from core.publishing.views import take_confirmation
from core.typed import AdminRequest, Translatable
from translation.access.queries import locales_for, may_review, may_translate
from translation.alt_texts.drafts import decidable_by as decidable_texts
from translation.checks.units import checked_segments
from translation.control_characters import without_controls
from translation.models import LanguageAction, Review, ReviewStatus, SegmentComment
from translation.named_view import NamedView
from translation.review.decide import decidable_by, goes_live, may_decide
from translation.review.overrides import rows_of_overrides
from translation.review.rows import languages_of, rows_of
from translation.review.submit import submit, withdraw
from translation.review.workflow import decide
from translation.units.segments import target_of, translation_of

LONGEST_COMMENT = 2_000


def may_read(user: User, review: Review) -> bool:
    """Return whether `user` may read a review, as a reviewer or a translator of its language."""
    return may_review(user, review.locale_id) or may_translate(user, review.locale_id)


def edit_url(user: User, target: Translatable) -> str:
    """Return the URL of the translator's desk for an object that follows its source, else of its edit view, or of
    the dashboard if `user` may not edit it."""
    url = AdminURLFinder(user).get_edit_url(target)
    if url and translation_of(target):
        return reverse("translation_desk:desk", args=[target.translation_key, target.locale.language_code])
    return url or reverse("wagtailadmin_home")


class ReviewList(NamedView, TemplateView):
    """The list of translations and alternative texts that the reviewer may decide, the oldest first, at most 200
    of each."""

    request: AdminRequest
    page_title = ""
    header_icon = "tasks"
    template_name = "admin/translation/reviews.html"

    def get_page_title(self) -> str:
        return _("Translations to review")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = self.request.user
        if not (user.is_superuser or locales_for(user, LanguageAction.REVIEW)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = decidable_by(self.request.user).order_by("submitted_at")
        reviews = list(waiting.select_related("locale", "submitted_by", "revision")[:200])
        texts = decidable_texts(self.request.user).order_by("written_at")
        pictures = list(texts.select_related("image", "locale", "written_by")[:200])
        return {**super().get_context_data(**kwargs), "reviews": reviews, "pictures": pictures}


class ReviewView(NamedView, TemplateView):
    """The view in which a review is read and, on POST, decided, for translators and reviewers of the language."""

    request: AdminRequest
    header_icon = "tasks"
    template_name = "admin/translation/review.html"

    @cached_property
    def review(self) -> Review:
        return get_object_or_404(
            Review.objects.select_related("revision", "locale", "submitted_by", "decided_by"),
            pk=self.kwargs["review_id"],
        )

    @cached_property
    def target(self) -> Translatable:
        """The translated object as it was submitted."""
        return self.review.revision.as_object()

    def get_page_title(self) -> str:
        return _("Review")

    def get_page_subtitle(self) -> str:
        return f"{self.target} ({self.review.locale.get_display_name()})"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_read(self.request.user, self.review):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        source, language = languages_of(self.review, self.target)
        return {
            **super().get_context_data(**kwargs),
            "review": self.review,
            "rows": rows_of(self.review, self.target),
            "translation": translation_of(self.target),
            "values": rows_of_overrides(self.review, self.target, translation_of(self.target)),
            "may_preview": is_previewable(self.target),
            "source_language": source,
            "language": language,
            "waits": self.review.status == ReviewStatus.WAITING,
            "may_decide": may_decide(self.request.user, self.review),
            "edit_url": edit_url(self.request.user, self.target),
            "publication": self.publication,
            "goes_live": goes_live(self.target),
        }

    @property
    def publication(self) -> Publication:
        """The publication that an approval would make, with its findings."""
        return Publication(self.review.revision.as_object(), None, self.review.revision)

    def post(self, request: AdminRequest, **kwargs: Any) -> HttpResponse:
        action = request.POST.get("action")
        if action not in ("approve", "reject"):
            raise PermissionDenied
        try:
            with transaction.atomic():
                if action == "approve" and goes_live(self.target) and may_decide(request.user, self.review):
                    take_confirmation(self.publication, request)
                decide(self.review, request.user, action, without_controls(request.POST.get("reason", "")))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("translation_review:review", self.review.pk)
        names = {"title": self.target, "language": self.review.locale.get_display_name()}
        if action == "approve":
            messages.success(request, _("“%(title)s” in %(language)s is approved.") % names)
        else:
            messages.success(request, _("“%(title)s” in %(language)s was returned to the translator.") % names)
        return redirect("translation_review:index")


def is_previewable(target: Translatable) -> bool:
    """Return whether the object has a preview."""
    return isinstance(target, PreviewableMixin) and target.is_previewable()


@require_safe
def preview(request: AdminRequest, review_id: int) -> HttpResponse:
    """Show the submitted revision as readers would see it. Raise PermissionDenied if the user may not read the
    review, and Http404 if the object has no preview."""
    review = get_object_or_404(Review.objects.select_related("revision"), pk=review_id)
    if not may_read(request.user, review):
        raise PermissionDenied
    target = review.revision.as_object()
    if not is_previewable(target):
        raise Http404
    return target.make_preview_request(request, target.default_preview_mode)


@require_POST
def submit_for_review(request: AdminRequest, translation_id: int) -> HttpResponse:
    """Submit a translation that is not stopped for review, and return to its editor with a message. Raise
    PermissionDenied if the user may not translate into the language."""
    translation = get_object_or_404(
        Translation.objects.select_related("source", "target_locale"), pk=translation_id, enabled=True
    )
    if not may_translate(request.user, translation.target_locale_id):
        raise PermissionDenied
    target = target_of(translation)
    try:
        submit(translation, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Submitted for review. Reviewers of the language will be notified."))
        _tell_findings(request, translation)
    return redirect(edit_url(request.user, target) if target else "wagtailadmin_home")


def _tell_findings(request: AdminRequest, translation: Translation) -> None:
    """Tell the translator which findings reviewers will see."""
    found = [each for checked in checked_segments(translation).values() for each in checked if not each.waiver]
    if found:
        text = ngettext(
            "Reviewers will see one finding of the checks: %(first)s",
            "Reviewers will see %(count)d findings of the checks: %(first)s",
            len(found),
        )
        told = " ".join(dict.fromkeys(each.finding.message for each in found))
        messages.warning(request, text % {"count": len(found), "first": told})


@require_POST
def take_back(request: AdminRequest, review_id: int) -> HttpResponse:
    """Withdraw a review and return to the editor of the translation with a message. Raise PermissionDenied if the
    user may not translate into the language."""
    review = get_object_or_404(Review, pk=review_id)
    if not may_translate(request.user, review.locale_id):
        raise PermissionDenied
    try:
        withdraw(review, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Review cancelled. Submit again when the translation is ready."))
    return redirect(edit_url(request.user, review.revision.content_object))


@require_POST
def comment(request: AdminRequest, review_id: int) -> HttpResponse:
    """Add a comment, cut to LONGEST_COMMENT characters, to one unit of a review, and return to it; show an error
    if the text is empty or the unit is not in the review. Raise PermissionDenied if the user may not read the
    review."""
    review = get_object_or_404(Review, pk=review_id)
    if not may_read(request.user, review):
        raise PermissionDenied
    back = redirect("translation_review:review", review.pk)
    wanted = request.POST.get("path_id"), request.POST.get("string_hash")
    wording = next((each for each in review.wordings if (each["path_id"], each["hash"]) == wanted), None)
    text = without_controls(request.POST.get("text", "")).strip()[:LONGEST_COMMENT]
    if wording is None or not text:
        messages.error(request, _("Enter a comment."))
        return back
    SegmentComment.objects.create(
        object_key=review.object_key,
        locale_id=review.locale_id,
        path=wording["path"],
        path_id=wording["path_id"],
        string_hash=wording["hash"],
        text=text,
        author=request.user,
    )
    back["Location"] += f"#s-{wanted[0]}-{wanted[1]}"
    return back


@require_POST
def resolve(request: AdminRequest, comment_id: int) -> HttpResponse:
    """Mark a comment as resolved and return to the admin page that the request came from, or to the dashboard.
    Raise PermissionDenied unless the user translates into or reviews the language."""
    found = get_object_or_404(SegmentComment, pk=comment_id)
    user = request.user
    if not (may_review(user, found.locale_id) or may_translate(user, found.locale_id)):
        raise PermissionDenied
    found.resolved_by, found.resolved_at = user, timezone.now()
    found.save(update_fields=["resolved_by", "resolved_at"])
    came_from = request.headers.get("referer", "")
    return redirect(
        came_from if came_from.startswith(request.build_absolute_uri("/admin/")) else "wagtailadmin_home"
    )
