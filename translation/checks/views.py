"""Views that waive a finding on a unit, and that take this back."""

from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail_localize.models import Translation

from core.typed import AdminRequest
from translation.access.queries import may_review, may_translate
from translation.checks import units
from translation.checks.alt_texts import draft_at, waive_in
from translation.models import Waiver


def _check_rights(user: User, locale_id: int) -> None:
    if not (may_translate(user, locale_id) or may_review(user, locale_id)):
        raise PermissionDenied


def _back(request: AdminRequest) -> HttpResponse:
    """Return to the admin page that the form was on, or to the dashboard."""
    came_from = request.headers.get("referer", "")
    return redirect(
        came_from if came_from.startswith(request.build_absolute_uri("/admin/")) else "wagtailadmin_home"
    )


@require_POST
def waive(request: AdminRequest, translation_id: int) -> HttpResponse:
    """Waive a finding with a reason, for a translator or reviewer of the language, and return to where the form
    was."""
    translation = get_object_or_404(
        Translation.objects.select_related("source__specific_content_type", "target_locale"),
        pk=translation_id,
        enabled=True,
    )
    _check_rights(request.user, translation.target_locale_id)
    sent = request.POST
    try:
        place = UUID(sent.get("path_id", "")), UUID(sent.get("string_hash", ""))
        code, reason = sent.get("code", ""), sent.get("reason", "")
        if draft := draft_at(place, translation.target_locale_id):
            waive_in(draft, code, reason, request.user)
        else:
            units.waive(translation, place, code, reason, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except ValueError:
        messages.error(request, _("The text has changed in the meantime. Check it again."))
    else:
        messages.success(request, _("The finding is waived. Reviewers see it with your reason."))
    return _back(request)


@require_POST
def take_back(request: AdminRequest, waiver_id: int) -> HttpResponse:
    """Delete a waiver, for a translator or reviewer of the language, and return to where the form was."""
    waiver = get_object_or_404(Waiver, pk=waiver_id)
    _check_rights(request.user, waiver.locale_id)
    waiver.delete()
    messages.success(request, _("The finding counts again."))
    return _back(request)
