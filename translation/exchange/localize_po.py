"""Download and upload of PO files in wagtail-localize's editor, in place of its own views: their files have no
states, and they take each text in a file as final."""

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail_localize.models import Translation

from core.typed import AdminRequest
from translation.exchange import po
from translation.exchange.archive import LARGEST, too_large
from translation.exchange.pending import keep
from translation.exchange.plan import plan_of
from translation.exchange.records import InFile, Refused
from translation.exchange.scope import exportable
from translation.exchange.strings import files_of
from translation.units.segments import target_of


def download(request: AdminRequest, translation_id: int) -> HttpResponse:
    """Return the translation as a PO file to download. Raise PermissionDenied if the user may not export it, and
    Http404 if it does not exist."""
    translation = _translation(request, translation_id)
    if translation not in exportable(request.user, [translation.source.object_id]):
        raise PermissionDenied
    [file] = files_of([translation])
    name = f"{file.name}.{file.target_language}.po"
    return HttpResponse(
        po.write(file),
        content_type="text/x-gettext-translation",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def upload(request: AdminRequest, translation_id: int) -> HttpResponse:
    """Store the uploaded PO file and redirect to the view that shows what it would change. If it is refused,
    redirect to the editor with the reason."""
    translation = _translation(request, translation_id)
    try:
        files = _files(request, translation)
        plan_of(files, request.user)
    except Refused as error:
        messages.error(request, " ".join(error.messages))
        target = target_of(translation)
        return redirect((target and AdminURLFinder(request.user).get_edit_url(target)) or "wagtailadmin_home")
    return redirect("translation_exchange:review", keep(files[0].name, files, request.user).pk)


def _files(request: HttpRequest, translation: Translation) -> list[InFile]:
    """Return the records of the uploaded file. Raise Refused if there is none, it is larger than LARGEST, is not a
    valid PO file, or is of another translation. A file that does not say which it is of is taken for one of this
    translation, with a question."""
    file = request.FILES.get("file")
    if not file:
        raise Refused(_("Choose a PO file first."))
    if (file.size or 0) > LARGEST:
        raise Refused(too_large())
    files = [
        read if read.translation else replace(read, translation=str(translation.uuid), is_guessed=True)
        for read in po.read(file.name or "", file.read())
    ]
    if any(each.translation != str(translation.uuid) for each in files):
        raise Refused(_("The PO file belongs to another translation."))
    return files


def _translation(request: HttpRequest, translation_id: int) -> Translation:
    """Return the translation. Raise PermissionDenied if the user has no access to the admin, and Http404 if it
    does not exist."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    return get_object_or_404(Translation.objects.select_related("source", "target_locale"), pk=translation_id)
