"""Views that list and open notices, and mark them as seen."""

from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail_localize.models import TranslationSource

from campaigns.models import CampaignPage, EditionPage
from core.internals.wagtail_admin import get_valid_next_url_from_request
from core.typed import AdminRequest, Translatable
from translation.models import AltTextDraft, Notice, NoticeKind
from translation.notices.events import awaited
from translation.units.segments import translation_of

PER_PAGE = 50


@require_GET
def index(request: AdminRequest) -> HttpResponse:
    """List the notices of the user, page by page."""
    page = Paginator(notices_of(request.user), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "page": page,
        "elided_page_range": page.paginator.get_elided_page_range(page.number),
        "page_title": _("Notices about translations"),
        "header_icon": "mail",
    }
    return TemplateResponse(request, "admin/notices/index.html", context)


@require_GET
def open_notice(request: AdminRequest, pk: int) -> HttpResponse:
    """Mark a notice as seen and redirect to what it is about: the alternative text, the waiting review, the
    translator's desk, the launch, the edit view of a source or of a page to publish, or the board if the user may
    not edit it. Raise Http404 for a notice to somebody else."""
    notice = get_object_or_404(notices_of(request.user), pk=pk)
    notices_of(request.user).filter(pk=pk, seen_at=None).update(seen_at=timezone.now())
    if notice.image_id:
        return redirect("translation_alt_texts:edit", notice.locale.language_code, notice.image_id)
    waits = awaited(notice.object_key, notice.locale_id) if notice.kind == NoticeKind.SUBMITTED else None
    if isinstance(waits, AltTextDraft):
        return redirect("translation_alt_texts:edit", notice.locale.language_code, waits.image_id)
    if waits:
        return redirect("translation_review:review", waits.pk)
    target = _target(notice)
    if notice.kind == NoticeKind.READY and isinstance(target, (CampaignPage, EditionPage)):
        return redirect("translation_launch:launch", target.pk, notice.locale.language_code)
    edit_url = target and AdminURLFinder(request.user).get_edit_url(target)
    # What waits to be published has its button in Wagtail's editor.
    if target and edit_url and translation_of(target) and notice.kind != NoticeKind.READY:
        return redirect("translation_desk:desk", notice.object_key, notice.locale.language_code)
    return redirect(edit_url or _board())


@require_POST
def mark_seen(request: AdminRequest) -> HttpResponse:
    """Mark the notices to the user that are named in `notice` as seen, or all if none is named, and redirect."""
    notices = notices_of(request.user).filter(seen_at=None)
    pks = [pk for pk in request.POST.getlist("notice") if pk.isdecimal()]
    if pks:
        notices = notices.filter(pk__in=pks)
    notices.update(seen_at=timezone.now())
    messages.success(request, _("Marked as seen."))
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")


def notices_of(user: User) -> QuerySet[Notice]:
    """Return all notices to a user, the newest first."""
    return Notice.objects.filter(person=user).select_related("locale")


def _target(notice: Notice) -> Translatable | None:
    """Return the object of a notice in the notice's language; None if it does not exist or was never sent for
    translation."""
    source = TranslationSource.objects.filter(object_id=notice.object_key).first()
    if source is None:
        return None
    model = source.specific_content_type.model_class()
    rows = model._base_manager.filter(translation_key=notice.object_key)
    return rows.filter(locale=notice.locale_id).first()


def _board() -> str:
    """Return the URL of the board, or of the dashboard if the board is not installed."""
    try:
        return reverse("translation_board:index")
    except NoReverseMatch:
        return reverse("wagtailadmin_home")
