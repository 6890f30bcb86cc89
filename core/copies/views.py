"""The admin view in which an editor confirms the parts that a copied page has taken over."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.models import Page

from core.copies.checks import confirm, unconfirmed
from core.typed import AdminRequest

ACTION = "campaigns.confirm_copied"
"""The name is that of older log entries, from when only editions were checked."""


@require_http_methods(["GET", "POST"])
def confirm_copied(request: AdminRequest, pk: int) -> HttpResponse:
    """Show the unconfirmed parts of a copied page's latest draft; by POST record that the selected ones are
    confirmed and redirect to the editor, or show an error if none is selected. Raise Http404 if there is no such
    page, PermissionDenied if the user may not edit it."""
    page = get_object_or_404(Page, pk=pk).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    taken = unconfirmed(page.get_latest_revision_as_object())
    if request.method == "POST":
        chosen = set(request.POST.getlist("part")) & {part.digest for part, _source in taken}
        if count := confirm(page, chosen, request.user):
            log(page, ACTION, user=request.user, data={"count": count})
            text = ngettext("%(count)d part is confirmed.", "%(count)d parts are confirmed.", count)
            messages.success(request, text % {"count": count})
            return redirect("wagtailadmin_pages:edit", page.pk)
        messages.error(request, _("Select at least one part."))
    context = {
        "page_title": _("Copied content"),
        "header_title": f"{_('Copied content')}: {page.get_admin_display_title()}",
        "page_subtitle": page.get_admin_display_title(),
        "header_icon": "copy",
        "copy": page,
        "taken": taken,
    }
    return TemplateResponse(request, "admin/copies/confirm.html", context)
