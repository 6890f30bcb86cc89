"""The button of the desk and of wagtail-localize's editor that asks the machine translator, in place of that
editor's own view, which takes what the machine answers for translated."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail_localize.models import Translation

from core.internals.wagtail_admin import get_valid_next_url_from_request
from core.typed import AdminRequest
from translation.machine.suggest import suggest
from translation.units.segments import target_of


def machine_translate(request: AdminRequest, translation_id: int) -> HttpResponse:
    """Fill what a translation lacks, add a message with the outcome, and redirect to where the form was, or to the
    editor. Whether the user may translate is the caller's to check."""
    related = ("source__locale", "target_locale")
    translation = get_object_or_404(Translation.objects.select_related(*related), pk=translation_id, enabled=True)
    try:
        made = suggest(translation, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        tell = messages.success if made.count else messages.warning
        told = ngettext(
            "%(count)d string filled by %(tool)s. Confirm each before you submit.",
            "%(count)d strings filled by %(tool)s. Confirm each before you submit.",
            made.count,
        ) % {"count": made.count, "tool": made.tool}
        tell(request, told if made.count else _("Nothing is left to translate."))
    if came_from := get_valid_next_url_from_request(request):
        return redirect(came_from)
    target = target_of(translation)
    return redirect((target and AdminURLFinder(request.user).get_edit_url(target)) or "wagtailadmin_home")
