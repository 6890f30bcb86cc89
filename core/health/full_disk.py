"""What whoever saves is told while the disk is full. Nothing that they have typed is lost: the answer holds it."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

SECRET = "password"


def full_disk(request: HttpRequest) -> HttpResponse:
    """Answer a request that could not be written (status 507). A form comes back as a page that sends it again; a
    script is answered as Wagtail's editor answers its autosave, and goes on with the next change."""
    if request.headers.get("x-requested-with") == "XMLHttpRequest" or not request.accepts("text/html"):
        answer = {"success": False, "error_code": "validation_error", "error_message": said()}
        return JsonResponse(answer, status=HTTPStatus.INSUFFICIENT_STORAGE)
    context = {"said": said(), "fields": _fields(request), "action": request.get_full_path()}
    return render(request, "admin/health/full_disk.html", context, status=HTTPStatus.INSUFFICIENT_STORAGE)


def said() -> str:
    return _("The server's disk is full. Nothing was saved. Tell an administrator, and save again afterwards.")


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
