from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.log_actions import log

from campaigns import copies
from campaigns.models import EditionPage

ACTION = "campaigns.confirm_copied"


@require_http_methods(["GET", "POST"])
def confirm_copied(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a copied edition took over, and record which parts somebody confirms."""
    page = get_object_or_404(EditionPage, pk=pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    edition = page.get_latest_revision_as_object()
    taken = copies.unconfirmed(edition)
    if request.method == "POST":
        chosen = set(request.POST.getlist("part")) & {part.digest for part, _source in taken}
        if count := copies.confirm(edition, chosen, request.user):
            log(page, ACTION, user=request.user, data={"count": count})
            text = ngettext("%(count)d part is confirmed.", "%(count)d parts are confirmed.", count)
            messages.success(request, text % {"count": count})
            return redirect("wagtailadmin_pages:edit", page.pk)
        messages.error(request, _("Select what you confirm."))
    context = {
        "page_title": _("Taken over by the copy"),
        "header_title": f"{_('Taken over by the copy')}: {page.get_admin_display_title()}",
        "page_subtitle": page.get_admin_display_title(),
        "header_icon": "copy",
        "edition": page,
        "taken": taken,
    }
    return TemplateResponse(request, "admin/copied.html", context)
