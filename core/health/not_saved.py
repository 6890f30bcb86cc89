"""What whoever saves is told while the disk is full or the storage for files is away. Nothing that they have typed
is lost: the answer holds it."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.health.errors import is_disk_full
from core.media.storage import is_storage_away, storage_away_message

SECRET = "password"


def not_saved(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """Answer a request that could not be written: 507 where the disk is full, 503 where the storage for files is
    away; None where the error says something else. A form comes back as a page that sends it again; a script is
    answered as Wagtail's editor answers its autosave, and goes on with the next change."""
    if is_disk_full(error):
        status = HTTPStatus.INSUFFICIENT_STORAGE
        said = _("The server's disk is full. Nothing was saved. Tell an administrator, and save again afterwards.")
    elif is_storage_away(error):
        status, said = HTTPStatus.SERVICE_UNAVAILABLE, storage_away_message()
    else:
        return None
    if request.headers.get("x-requested-with") == "XMLHttpRequest" or not request.accepts("text/html"):
        answer = {"success": False, "error_code": "validation_error", "error_message": said}
        return JsonResponse(answer, status=HTTPStatus.OK if _shows_success(request) else status)
    context = {"said": said, "fields": _fields(request), "action": request.get_full_path()}
    return render(request, "admin/health/not_saved.html", context, status=status)


def _shows_success(request: HttpRequest) -> bool:
    """Return whether the script shows the message of answers with status 200 alone, as the upload of several."""
    return bool(request.resolver_match) and request.resolver_match.url_name == "add_multiple"


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was sent, in its order, without files, which a browser sends only where somebody chooses them;
    nothing where it holds a password."""
    if request.method != "POST":
        return []
    try:
        sent = [(name, value) for name, values in request.POST.lists() for value in values]
    except Exception:
        # It was not read to its end: the disk had no place for a large file.
        return []
    if any(SECRET in name for name, _value in sent):
        return []
    return [(name, value) for name, value in sent if name != "csrfmiddlewaretoken"]
