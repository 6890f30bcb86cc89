"""Views that send campaigns and show the progress of jobs."""

from collections import Counter

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.models import Page

from campaigns.models import CampaignPage, EditionPage
from core.internals.django import capfirst
from core.typed import AdminRequest
from translation.campaign_contents.due import due_date
from translation.campaign_contents.to_translate import members
from translation.models import SendJob
from translation.sending.forms import SendForm
from translation.sending.jobs import request_send
from translation.sending.rules import may_send, may_submit
from translation.sending.tasks import send_some
from translation.units.segments import original_of

WHOLE = (CampaignPage, EditionPage)


@require_http_methods(["GET", "POST"])
def send_campaign(request: AdminRequest, pk: int) -> HttpResponse:
    """Send a campaign or an edition, given in any language, with all its contents for translation, and redirect to
    the job; show the form before. Raise Http404 for another page, PermissionDenied if the user may not send it."""
    page = original_of(get_object_or_404(Page, pk=pk).specific)
    if not isinstance(page, WHOLE):
        raise Http404
    if not may_send(request.user, page):
        raise PermissionDenied
    form = SendForm(request.POST or None, source_locale_ids=[page.locale_id])
    things = members(page)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        ordered = [page, *(thing for thing in things if thing.pk != page.pk or type(thing) is not type(page))]
        job = request_send(ordered, cleaned["locales"], request.user, page.title, form.people, cleaned["due"])
        return redirect("translation_sending:job", job.pk)
    kinds = Counter(capfirst(thing._meta.verbose_name_plural) for thing in things)
    campaign = page if isinstance(page, CampaignPage) else page.get_parent().specific
    context = {
        "page_title": _("Send for translation"),
        "page_subtitle": page.title,
        "header_icon": "globe",
        "form": form,
        "kinds": sorted(kinds.items()),
        "due": due_date(campaign, timezone.localdate()),
        "back_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }
    return TemplateResponse(request, "admin/sending/campaign.html", context)


@never_cache
@require_GET
def show_job(request: AdminRequest, pk: int) -> HttpResponse:
    """Show the progress of a job. Raise PermissionDenied for users who may not send anything."""
    job = _job(request, pk)
    context = {
        "page_title": _("Send for translation"),
        "page_subtitle": job.title,
        "header_icon": "globe",
        "job": job,
        "locales": ", ".join(locale.get_display_name() for locale in job.locales.all()),
        "text": _progress(job),
    }
    return TemplateResponse(request, "admin/sending/job.html", context)


@never_cache
@require_GET
def job_progress(request: AdminRequest, pk: int) -> JsonResponse:
    """Return the progress and the problems of a job as JSON (two queries beside those of the session). Raise
    PermissionDenied for users who may not send anything."""
    job = _job(request, pk)
    return JsonResponse(
        {
            "done": job.done,
            "total": job.total,
            "status": job.status,
            "finished": job.is_finished,
            "text": _progress(job),
            "problems": [{"title": each["title"], "reason": each["reason"]} for each in job.problems],
        }
    )


@require_POST
def resume_job(request: AdminRequest, pk: int) -> HttpResponse:
    """Enqueue an unfinished job again, in case its worker was killed, and redirect to it. Two workers with the
    same job take turns. Do nothing to a finished job."""
    job = _job(request, pk)
    if not job.is_finished:
        send_some.enqueue(job.pk)
        messages.success(request, _("Restarted."))
    return redirect("translation_sending:job", job.pk)


def _job(request: AdminRequest, pk: int) -> SendJob:
    if not may_submit(request.user):
        raise PermissionDenied
    return get_object_or_404(SendJob, pk=pk)


def _progress(job: SendJob) -> str:
    if job.is_finished:
        return _("Finished: %(done)d of %(total)d.") % {"done": job.done, "total": job.total}
    return _("%(done)d of %(total)d are done.") % {"done": job.done, "total": job.total}
