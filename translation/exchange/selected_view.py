"""The view that exports the objects selected on the board."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail_localize.models import Translation

from core.typed import AdminRequest
from translation.exchange.export_view import as_download
from translation.exchange.formats import with_strings
from translation.exchange.records import Format
from translation.exchange.scope import exportable
from translation.exchange.strings import files_of
from translation.exchange.wording import NOTHING_TO_EXPORT
from translation.sending.selection import back_url, pairs_in, sent_back


@require_POST
def export_selected(request: AdminRequest) -> HttpResponse:
    """Return the translations that are named as on the board as one ZIP file of XLIFF. Those that do not exist or
    that the user may not export are counted in a message. Raise PermissionDenied if the user may export none of
    those that exist."""
    if nothing := sent_back(request):
        return nothing
    pairs = set(pairs_in(request))
    translations = [
        each
        for each in exportable(request.user, {key for key, _locale in pairs})
        if (each.source.object_id, each.target_locale_id) in pairs
    ]
    left_out = len(pairs) - len(translations)
    if left_out:
        message = ngettext(
            "One item is not in the file: it has not been sent for translation, or you may not export it.",
            "%(count)d items are not in the file: they have not been sent for translation, or you may not export "
            "them.",
            left_out,
        )
        messages.warning(request, message % {"count": left_out})
    if not translations:
        keys = {key for key, _locale in pairs}
        if Translation.objects.filter(source__object_id__in=keys, enabled=True).exists():
            raise PermissionDenied
        return redirect(back_url(request))
    files = with_strings(files_of(translations), Format.XLIFF)
    if not files:
        messages.warning(request, NOTHING_TO_EXPORT)
        return redirect(back_url(request))
    return as_download(files, Format.XLIFF)
