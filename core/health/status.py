"""The status screen for administrators, and the dashboard panel that appears while a check fails."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Min
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django_tasks_db.models import DBTaskResult
from wagtail.admin.ui.components import Component
from wagtail.models import Revision

from core import work
from core.health import checks, heartbeats
from core.internals.wagtail_admin import WagtailAdminTemplateMixin
from core.languages.site_languages import active_code
from core.mail import undelivered
from core.times import zone_of
from core.typed import AdminRequest

PER_PAGE = 50

LABELS: dict[str, Promise] = {
    "database": _("Database"),
    "migrations": _("Database version"),
    "cache": _("Cache"),
    "media": _("Stored files"),
    "disk": _("Disk space"),
    "mail": _("Mail server"),
    heartbeats.WORKER: _("Worker"),
    heartbeats.SCHEDULER: _("Scheduler"),
}
CONSEQUENCES: dict[str, Promise] = {
    "migrations": _("The database does not match this version of the site."),
    "cache": _("The site still works, but more slowly."),
    "media": _("Images and documents cannot be shown or stored."),
    "disk": _("The disk is almost full. Soon nothing can be saved."),
    "mail": _("Mails are not delivered. Delivery is retried."),
    heartbeats.WORKER: _("The worker is not running. Mails, translation jobs and search updates are delayed."),
    heartbeats.SCHEDULER: _("The scheduler is not running. Nothing is published or unpublished on schedule."),
}
ON_THE_DASHBOARD = ("disk", "mail", heartbeats.WORKER, heartbeats.SCHEDULER)
"""The checks that are cheap enough for the dashboard (three queries)."""


def is_administrator(user: User) -> bool:
    """Return whether the user is active and may see the status of the site: as a superuser or with the permission
    to change users."""
    return user.is_active and (user.is_superuser or user.has_perm("auth.change_user"))


def shown(result: checks.Result) -> dict[str, Any]:
    """Return the template context for a result: label, `ok`, time and detail; if the check has failed, also the
    consequence and the work that waits."""
    return {
        "label": LABELS[result.name],
        "ok": result.ok,
        "consequence": "" if result.ok else CONSEQUENCES.get(result.name, ""),
        "since": result.since,
        "detail": result.detail,
        "waits": waiting_for(result.name) if not result.ok else [],
    }


def waiting_for(name: str) -> list[str]:
    """Return lines about the work that waits for the worker or the scheduler, if that process does not run; none
    for other names."""
    if name == heartbeats.WORKER:
        return [*_tasks(), *_recorded_work()]
    return _scheduled() if name == heartbeats.SCHEDULER else []


def _tasks() -> list[str]:
    ready = DBTaskResult.objects.ready()
    if not (count := ready.count()):
        return []
    oldest = ready.aggregate(oldest=Min("enqueued_at"))["oldest"]
    told = ngettext("%(count)d task waiting since %(since)s", "%(count)d tasks waiting since %(since)s", count)
    return [told % {"count": count, "since": _when(oldest)}]


def _recorded_work() -> list[str]:
    return [
        gettext("%(name)s: %(count)d, since %(since)s")
        % {"name": each.name, "count": each.keys, "since": _when(each.oldest)}
        for each in work.waiting()
    ]


def _scheduled() -> list[str]:
    due = Revision.objects.filter(approved_go_live_at__lt=timezone.now())
    if not (count := due.count()):
        return []
    oldest = due.aggregate(oldest=Min("approved_go_live_at"))["oldest"]
    told = ngettext(
        "%(count)d scheduled publication waiting since %(since)s",
        "%(count)d scheduled publications waiting since %(since)s",
        count,
    )
    return [told % {"count": count, "since": _when(oldest)}]


def _when(moment: datetime.datetime) -> str:
    """Return a moment in local time with the name of the time zone."""
    local = timezone.localtime(moment)
    return f"{local:%Y-%m-%d %H:%M} ({zone_of(local, str(local.tzinfo), active_code())})"


class StatusPanel(Component):
    """A dashboard panel with the failed checks; empty if there are none."""

    name = "site_status"
    template_name = "admin/health/panel.html"
    order = 10

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        results = [checks.run(name, checks.CHECKS[name]) for name in ON_THE_DASHBOARD]
        return {"wrong": [shown(each) for each in results if not each.ok]}


class StatusView(WagtailAdminTemplateMixin, TemplateView):
    """The status screen: GET shows all checks and the undelivered mails; POST sends chosen mails again or deletes
    them."""

    request: AdminRequest
    header_icon = "cog"
    page_title = _("Site status")
    template_name = "admin/health/status.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_administrator(self.request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mails = Paginator(undelivered.undelivered(), PER_PAGE).get_page(self.request.GET.get("p"))
        results = checks.results(ask_mail_server=True)
        return {**super().get_context_data(**kwargs), "results": [shown(each) for each in results], "mails": mails}

    def post(self, request: HttpRequest) -> HttpResponse:
        pks = [int(pk) for pk in request.POST.getlist("mail") if pk.isascii() and pk.isdecimal() and len(pk) < 19]
        if "discard" in request.POST:
            count = undelivered.discard(pks)
            told = ngettext("%(count)d mail deleted.", "%(count)d mails deleted.", count)
        else:
            count = undelivered.try_again(pks)
            told = ngettext("%(count)d mail will be sent again.", "%(count)d mails will be sent again.", count)
        messages.success(request, told % {"count": count})
        return redirect("site_status")
