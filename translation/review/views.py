"""Views for reviewers, and those by which translators submit and withdraw."""

from contextlib import ExitStack, nullcontext
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail_localize.models import Translation

from core.internals.wagtail_admin import get_valid_next_url_from_request
from core.languages.bidi import embedded
from core.publishing.as_published import as_published
from core.publishing.forms import CONFIRMED
from core.publishing.gate import confirmed
from core.publishing.people import people_digest
from core.publishing.views import take_confirmation
from core.typed import AdminRequest, Translatable
from translation.access.queries import locales_for, may_review, may_translate
from translation.alt_texts.drafts import decidable_by as decidable_texts
from translation.campaign_contents.portions import portion_number
from translation.checks.alt_texts import checked_drafts
from translation.checks.units import checked_segments
from translation.control_characters import without_controls
from translation.models import LanguageAction, Review, ReviewStatus, SegmentComment
from translation.named_view import NamedView
from translation.notices.people import reviewers_of
from translation.review.acts import ACTS, FIELDS, FINISHING
from translation.review.approvers import left_without, nobody_left
from translation.review.comments import add_comment, answer, comment_on, resolve_thread
from translation.review.decide import open_to
from translation.review.screen import Screen, is_previewable
from translation.review.submit import UNFINISHED, Submission, submit_together, withdraw
from translation.review.units import Finished, changed_units, finish, reject
from translation.review.workflow import require_waiting
from translation.units.segments import Segment, segments_of, target_of, translation_of

MOST = 200


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
    """The list of what the reviewer may decide, the oldest first, at most MOST: all that was submitted together in
    one row, and alternative texts that were submitted alone."""

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
        user = self.request.user
        waiting = Review.objects.filter(pk__in=open_to(user)).order_by("submitted_at", "pk")
        together: dict[Any, list[Review]] = {}
        for review in waiting.select_related("locale", "submitted_by", "revision")[:MOST]:
            together.setdefault(review.submission or review.pk, []).append(review)
        texts = decidable_texts(user).order_by("written_at")
        submissions = {each[0].submission for each in together.values() if each[0].submission}
        pictures = texts.filter(Q(submission=None) | ~Q(submission__in=submissions))
        return {
            **super().get_context_data(**kwargs),
            "reviews": [(reviews[0], len(reviews) - 1) for reviews in together.values()],
            "pictures": list(pictures.select_related("image", "locale", "written_by")[:MOST]),
        }


class ReviewView(NamedView, TemplateView):
    """The view in which all that was submitted together is read and, on POST, decided, for translators and
    reviewers of the language. What was typed and is not sent yet is in the answer again."""

    request: AdminRequest
    header_icon = "tasks"
    template_name = "admin/translation/review.html"

    @cached_property
    def review(self) -> Review:
        return get_object_or_404(
            Review.objects.select_related("revision", "locale", "submitted_by", "decided_by"),
            pk=self.kwargs["review_id"],
        )

    def get_page_title(self) -> str:
        return _("Review")

    def get_page_subtitle(self) -> str:
        return f"{embedded(self.review.revision.as_object())} ({embedded(self.review.locale.get_display_name())})"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_read(self.request.user, self.review):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        screen, typed = Screen(self.review, self.request.user), kwargs.get("typed") or {}
        for section in screen.sections:
            for row in section.rows:
                row.typed = {name: typed.get(f"{name}-{row.id}", "") for name in FIELDS}
                row.error = kwargs.get("error", "") if row.act == kwargs.get("unit") else ""
        first = screen.sections[0]
        return {
            **super().get_context_data(**kwargs),
            "screen": screen,
            "review": first.review,
            "rows": first.rows,
            "values": first.values,
            "edit_url": edit_url(self.request.user, first.target),
            "may_decide": bool(screen.open or screen.open_pictures),
            "reason": typed.get("reason", ""),
            "confirmed_name": CONFIRMED,
            "digest": people_digest(screen.people),
        }

    def post(self, request: AdminRequest, **kwargs: Any) -> HttpResponse:
        act, _slash, rest = request.POST.get("action", "").partition("/")
        if act not in (*ACTS, *FINISHING):
            raise PermissionDenied
        used = error = ""
        try:
            if act in FINISHING:
                return self._finish(act)
            used = ACTS[act](request, rest)
        except ValidationError as refused:
            error = " ".join(refused.messages)
            messages.error(request, error)
        typed = {name: value for name, value in request.POST.items() if name != used}
        # The deed may have changed what was read before.
        self.__dict__.pop("review", None)
        return self.render_to_response(self.get_context_data(typed=typed, unit=rest, error=error))

    def _finish(self, act: str) -> HttpResponse:
        """Approve or return what was submitted, and redirect to the list, or to the screen if something is left
        there. Raise PermissionDenied if the user may not, ValidationError if a reason is missing, nothing waits
        any more, or nothing could be approved."""
        screen, user = Screen(self.review, self.request.user), self.request.user
        if not screen.waiting and not screen.pictures:
            require_waiting(self.review)
        if not (screen.open or screen.open_pictures):
            raise PermissionDenied
        with transaction.atomic():
            if act == "reject":
                reason = without_controls(self.request.POST.get("reason", ""))
                done = reject([section.review for section in screen.open], user, reason)
            else:
                done = self._approve(screen)
        if done.errors and not (done.approved or done.returned):
            raise ValidationError(done.errors)
        for error in done.errors:
            messages.error(self.request, error)
        messages.success(self.request, self._told(screen, done))
        self._tell_what_is_left(screen, done)
        if done.waiting:
            return redirect("translation_review:review", self.review.pk)
        return redirect("translation_review:index")

    def _tell_what_is_left(self, screen: Screen, done: Finished) -> None:
        """Add a warning for marked strings, and one for strings that are in no review."""
        if done.marked:
            text = ngettext(
                "One marked string was left: approve or return it by itself.",
                "%(count)d marked strings were left: approve or return each by itself.",
                done.marked,
            )
            messages.warning(self.request, text % {"count": done.marked})
        if done.approved and (added := sum(section.added for section in screen.open)):
            text = ngettext(
                "The translation is not complete: one string was added to the source since the submission.",
                "The translation is not complete: %(count)d strings were added to the source since the "
                "submission.",
                added,
            )
            messages.warning(self.request, text % {"count": added})

    def _approve(self, screen: Screen) -> Finished:
        """Approve what the user may approve and is not marked. People come before what shows them, and a page
        last."""
        sections = {section.review.pk: section for section in screen.open}
        together = len(screen.showing_people) > 1
        people = [item for section in screen.showing_people for item in section.publication.people]
        is_read = together and self.request.POST.get(CONFIRMED) == people_digest(screen.people)

        def confirm(review: Review) -> None:
            if not together and sections[review.pk].goes_live:
                take_confirmation(sections[review.pk].publication, self.request)

        with confirmed(self.request.user, people) if is_read else nullcontext():
            pictures = [each for each in screen.open_pictures if not each.is_marked]
            done = finish(
                [section.review for section in reversed(screen.open)],
                [picture.draft for picture in pictures],
                self.request.user,
                {pk: section.marked for pk, section in sections.items()},
                confirm,
            )
            left = len(screen.open_pictures) - len(pictures)
            done.waiting += left
            done.marked += left
            return done

    def _told(self, screen: Screen, done: Finished) -> str:
        """Return what is said of what was done."""
        names = {
            "title": embedded(screen.sections[0].target),
            "language": embedded(self.review.locale.get_display_name()),
        }
        if done.approved + done.returned + done.waiting > 1 or done.waiting:
            counts = {"approved": done.approved, "returned": done.returned, "waiting": done.waiting}
            text = _(
                "“%(title)s” in %(language)s: %(approved)d approved, %(returned)d returned, %(waiting)d waiting."
            )
            return text % {**names, **counts}
        if done.approved:
            return _("“%(title)s” in %(language)s is approved.") % names
        return _("“%(title)s” in %(language)s was returned to the translator.") % names


@require_safe
def preview(request: AdminRequest, review_id: int) -> HttpResponse:
    """Show the submitted revision as readers would see it, with what waits of the same submission as it was
    submitted. Raise PermissionDenied if the user may not read the
    review, and Http404 if the object has no preview."""
    review = get_object_or_404(Review.objects.select_related("revision"), pk=review_id)
    if not may_read(request.user, review):
        raise PermissionDenied
    target = review.revision.as_object()
    if not is_previewable(target):
        raise Http404
    with ExitStack() as together:
        for other in _waiting_with(review):
            together.enter_context(as_published(other.revision.as_object()))
        return target.make_preview_request(request, target.default_preview_mode)


def _waiting_with(review: Review) -> QuerySet[Review]:
    """Return the other reviews of the submission that wait, people first, as they were submitted last."""
    if not review.submission:
        return Review.objects.none()
    others = Review.objects.filter(submission=review.submission, status=ReviewStatus.WAITING)
    return others.exclude(pk=review.pk).select_related("revision").order_by("-pk")


@require_POST
def submit_for_review(request: AdminRequest, translation_id: int) -> HttpResponse:
    """Submit a translation that is not stopped for review, with what belongs to it, and return to where the form
    was, or to its editor, with a message. Raise PermissionDenied if the user may not translate into the
    language."""
    translation = get_object_or_404(
        Translation.objects.select_related("source", "target_locale"), pk=translation_id, enabled=True
    )
    if not may_translate(request.user, translation.target_locale_id):
        raise PermissionDenied
    target = target_of(translation)
    try:
        made = submit_together(translation, request.user, portion_number(request.POST.get("part")))
    except ValidationError as error:
        # The desk takes it away once nothing is unfinished.
        is_unfinished = any(each.code == UNFINISHED for each in error.error_list)
        messages.error(request, " ".join(error.messages), extra_tags=UNFINISHED if is_unfinished else "")
    else:
        messages.success(request, _("Submitted for review. Reviewers of the language will be notified."))
        _tell_findings(request, made, translation.target_locale_id)
        for each in made.left_out:
            messages.warning(request, _("Not submitted with it: %(what)s") % {"what": each})
        _tell_if_nobody_can_approve(request, made.reviews)
    came_from = get_valid_next_url_from_request(request)
    return redirect(came_from or (edit_url(request.user, target) if target else "wagtailadmin_home"))


def _tell_findings(request: AdminRequest, made: Submission, locale_id: int) -> None:
    """Add a warning with the number of findings on what was submitted that nobody has waived, and their messages;
    none if there are none."""
    translations = filter(None, (translation_of(review.revision.content_object) for review in made.reviews))
    checked = [of_unit for each in translations for of_unit in checked_segments(each).values()]
    checked += checked_drafts(made.drafts, locale_id).values()
    found = [each for of_unit in checked for each in of_unit if not each.waiver]
    if found:
        text = ngettext(
            "Reviewers will see one finding of the checks: %(first)s",
            "Reviewers will see %(count)d findings of the checks: %(first)s",
            len(found),
        )
        told = " ".join(dict.fromkeys(each.finding.message for each in found))
        messages.warning(request, text % {"count": len(found), "first": told})


def _tell_if_nobody_can_approve(request: AdminRequest, reviews: list[Review]) -> None:
    """Tell the translator if all reviewers of the language are authors of some texts."""
    reviewers = list(reviewers_of(reviews[0].locale_id)) if reviews and settings.TRANSLATION_FOUR_EYES else []
    if reviewers and any(left_without(each, changed_units(each), reviewers) for each in reviews):
        messages.warning(request, nobody_left())


@require_POST
def take_back(request: AdminRequest, review_id: int) -> HttpResponse:
    """Withdraw a review and return to where the form was, or to the editor of the translation, with a message.
    Raise PermissionDenied if the user may not translate into the language."""
    review = get_object_or_404(Review, pk=review_id)
    if not may_translate(request.user, review.locale_id):
        raise PermissionDenied
    try:
        withdraw(review, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Review cancelled. Submit again when the translation is ready."))
    came_from = get_valid_next_url_from_request(request)
    return redirect(came_from or edit_url(request.user, review.revision.content_object))


@require_POST
def comment(request: AdminRequest, review_id: int) -> HttpResponse:
    """Add a comment, cut to LONGEST_COMMENT characters, to one unit of a review, and return to it; show an error
    if the text is empty or the unit is not in the review. Raise PermissionDenied if the user may not read the
    review."""
    review = get_object_or_404(Review, pk=review_id)
    if not may_read(request.user, review):
        raise PermissionDenied
    back = redirect("translation_review:review", review.pk)
    place = request.POST.get("path_id", ""), request.POST.get("string_hash", "")
    try:
        add_comment(review, place, request.user, request.POST.get("text", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return back
    back["Location"] += f"#s-{review.object_key}-{place[0]}-{place[1]}"
    return back


@require_POST
def comment_in_editor(request: AdminRequest, translation_id: int) -> HttpResponse:
    """Add a comment to one unit of a translation, or an answer to the comment named in `parent`, and redirect to
    the page with the form. Show an error if the text is empty or there is no such unit. Raise PermissionDenied
    unless the user may translate into the language or review it."""
    translation = get_object_or_404(Translation.objects.select_related("source"), pk=translation_id)
    locale_id, key = translation.target_locale_id, translation.source.object_id
    if not (may_review(request.user, locale_id) or may_translate(request.user, locale_id)):
        raise PermissionDenied
    sent = request.POST
    text, parent = sent.get("text", ""), sent.get("parent", "")
    try:
        if parent.isdecimal():
            found = get_object_or_404(SegmentComment, pk=parent, object_key=key, locale_id=locale_id)
            answer(found, request.user, text)
        else:
            segment = _segment_named(translation, sent.get("path_id", ""), sent.get("string_hash", ""))
            comment_on(key, locale_id, segment.path, segment.place, request.user, text)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return _back(request)


def _segment_named(translation: Translation, path_id: str, string_hash: str) -> Segment:
    """Return a unit of a translation by its hashes. Raise ValidationError if there is none."""
    for segment in segments_of(translation):
        if (str(segment.path_id), str(segment.string_hash)) == (path_id, string_hash):
            return segment
    raise ValidationError(_("The text has changed in the meantime. Check it again."))


@require_POST
def resolve(request: AdminRequest, comment_id: int) -> HttpResponse:
    """Mark the thread of a comment as resolved and return to where the form was. Raise PermissionDenied unless the
    user translates into or reviews the language."""
    found = get_object_or_404(SegmentComment, pk=comment_id)
    user = request.user
    if not (may_review(user, found.locale_id) or may_translate(user, found.locale_id)):
        raise PermissionDenied
    resolve_thread(found, user)
    return _back(request)


def _back(request: AdminRequest) -> HttpResponse:
    """Redirect to the place that the request names, such as a unit of the desk, else to the admin page that it
    came from, or to the dashboard."""
    if place := get_valid_next_url_from_request(request):
        return redirect(place)
    came_from = request.headers.get("referer", "")
    return redirect(
        came_from if came_from.startswith(request.build_absolute_uri("/admin/")) else "wagtailadmin_home"
    )
