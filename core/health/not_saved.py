"""The response to a request that could not be saved because the disk is full or the file storage is unavailable.
It contains the submitted data, so that nothing is lost."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.health.errors import is_disk_full
from core.media.storage import is_storage_away, storage_away_message

SECRET = "password"


def not_saved(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """Return the response to a request that could not be saved: 507 if the disk is full, 503 if the file storage
    is unavailable, None for any other error. A form gets a page that can send it again. A script gets JSON like
    that of Wagtail's editor for a failed autosave, so that it tries again with the next change; on the page for
    multiple uploads the status is 200."""
    if is_disk_full(error):
        status = HTTPStatus.INSUFFICIENT_STORAGE
        said = _("The server's disk is full. Nothing was saved. Tell an administrator, then save again.")
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
    """Return whether the request comes from the page for multiple uploads, whose script shows messages only of
    responses with status 200."""
    match = request.resolver_match
    return match is not None and match.url_name == "add_multiple"


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the submitted fields as pairs of name and value in their order, without files, which browsers send
    only if the user chooses them again. Return nothing if there is a password among them, the request is no POST,
    or its data could not be read."""
    if request.method != "POST":
        return []
    try:
        sent = [(name, value) for name, values in request.POST.lists() for value in values]
    except Exception:
        # The request was not read completely, as the disk had no space for a large file.
        return []
    if any(SECRET in name for name, _value in sent):
        return []
    return [(name, value) for name, value in sent if name != "csrfmiddlewaretoken"]
