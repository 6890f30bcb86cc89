"""What the script of the desk asks for: saving, findings, help for one unit, presence, preview."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Locale, PreviewableMixin
from wagtail_localize.models import Translation

from core.drafts_drawn import drawn_with
from core.languages.site_languages import language
from core.models import SiteImage
from core.typed import AdminRequest
from translation.access.queries import may_translate
from translation.access.visible import visible
from translation.alt_texts.drafts import SourceReplaced
from translation.campaign_contents.portions import portion_number
from translation.desk import access, helps
from translation.desk.elsewhere import offer
from translation.desk.presence import others_at, visit
from translation.desk.preview import drafts_of, preview_instance, woven
from translation.desk.saving import Conflict, lock_message, save_alt_text, save_text
from translation.desk.units import State, has_changed, unit_of, version_of, version_of_alt_text
from translation.desk.wording import editable, stored
from translation.units.segments import target_of

MOST_TEXTS = 400
"""How many texts are checked in one request at most."""


@require_POST
def save(request: AdminRequest, translation_id: int, string_segment_id: int) -> JsonResponse:
    """Save the text of a unit. Answer with the stored text, its version and the state of the unit; with status 409
    and the other's text if somebody else has saved meanwhile, 422 and the reason if it cannot be stored, 404 if
    the string is gone."""
    translation = access.translation_to_write(request.user, translation_id)
    segment = access.segment_of(translation, string_segment_id)
    target = target_of(translation)
    if target and (locked := lock_message(request.user, target)):
        return JsonResponse({"why": locked}, status=423)
    sent = request.POST
    tool = sent.get("tool", "")
    try:
        row = save_text(
            translation,
            segment,
            sent.get("text", ""),
            sent.get("version"),
            request.user,
            tool if tool in helps.TOOLS else "",
        )
    except Conflict as conflict:
        return _conflict(conflict)
    except ValidationError as error:
        return JsonResponse({"why": " ".join(error.messages)}, status=422)
    unit = unit_of(translation, segment)
    state = unit.state if unit else State.MISSING
    found = helps.remarks_on(translation, {segment.pk: row.data if row else ""})
    if segment.pk not in found:
        # The source has lost the string since the text was stored.
        raise Http404
    return JsonResponse(
        {
            "text": editable(row.data) if row else "",
            "version": version_of(row),
            "state": state,
            "label": str(State(state).label),
            "origin": unit.origin if unit else "",
            "findings": [_as_dict(remark) for remark in found[segment.pk]],
            "elsewhere": offer(request, translation, segment) if row else "",
        }
    )


@require_POST
def save_alternative_text(request: AdminRequest, code: str, image_id: int) -> JsonResponse:
    """Propose the alternative text of an image. Answer as `save` does; with status 404, as for a string that the
    source has lost, if the version is that of a text for another source."""
    locale = get_object_or_404(Locale, language_code=code)
    if not may_translate(request.user, locale.pk):
        raise PermissionDenied
    image = get_object_or_404(visible(SiteImage.objects.all(), request.user), pk=image_id)
    sent = request.POST
    try:
        draft = save_alt_text(image, locale, sent.get("text", ""), sent.get("version"), request.user)
    except Conflict as conflict:
        return _conflict(conflict)
    except SourceReplaced as error:
        return JsonResponse({"why": " ".join(error.messages)}, status=404)
    except ValidationError as error:
        return JsonResponse({"why": " ".join(error.messages)}, status=422)
    image.refresh_from_db()
    text = draft.text if draft else image.alt_texts.get(code, "")
    state = State.TRANSLATED if draft else State.APPROVED
    found = helps.remarks_on_pictures([(image, text)], locale.pk)
    return JsonResponse(
        {
            "text": text,
            "version": version_of_alt_text(image, text),
            "state": state,
            "label": str(state.label),
            "findings": [_as_dict(remark) for remark in found.get(image.pk, ())],
        }
    )


def _conflict(conflict: Conflict) -> JsonResponse:
    content = {
        "why": str(conflict),
        "person": str(conflict.person),
        "text": conflict.text,
        "version": conflict.version,
    }
    return JsonResponse(content, status=409)


def _as_dict(remark: helps.Remark) -> dict[str, Any]:
    return {
        "text": remark.text,
        "blocking": remark.is_blocking,
        "code": remark.code,
        "waived": remark.waived,
    }


@require_POST
def findings(request: AdminRequest, translation_id: int) -> JsonResponse:
    """Answer with the findings about texts of a translation, by the primary key of the segment, and about
    alternative texts in its language, by “i” and the primary key of the image. `units` is JSON: pairs of this key
    and the text as it is typed."""
    translation = access.translation_to_read(request.user, translation_id)
    try:
        sent = {str(key): str(text) for key, text in json.loads(request.POST.get("units", "[]"))[:MOST_TEXTS]}
        asked = {int(key): stored(text) for key, text in sent.items() if not key.startswith("i")}
        pictures = {int(key[1:]): " ".join(text.split()) for key, text in sent.items() if key.startswith("i")}
    except (TypeError, ValueError):
        return JsonResponse({"why": _("The request is not valid.")}, status=400)
    found = {str(pk): remarks for pk, remarks in helps.remarks_on(translation, asked).items()}
    if pictures:
        images = visible(SiteImage.objects.filter(pk__in=pictures), request.user)
        texts = [(image, pictures[image.pk]) for image in images]
        of_images = helps.remarks_on_pictures(texts, translation.target_locale_id)
        found |= {f"i{pk}": remarks for pk, remarks in of_images.items()}
    return JsonResponse({"findings": {pk: [_as_dict(each) for each in remarks] for pk, remarks in found.items()}})


@require_safe
def help_for(request: AdminRequest, translation_id: int, string_segment_id: int) -> HttpResponse:
    """Show the suggestions of the memory and the terms for a unit, as a part of the screen."""
    translation = access.translation_to_read(request.user, translation_id)
    segment = access.segment_of(translation, string_segment_id)
    terms, marked = helps.terms_for(translation, segment)
    context = {
        "suggestions": helps.suggestions_for(translation, segment),
        "terms": terms,
        "marked": marked,
        "language": language(translation.target_locale.language_code),
        "source_language": language(translation.source.locale.language_code),
        "may_write": may_translate(request.user, translation.target_locale_id),
    }
    return render(request, "admin/translation/desk/helps.html", context)


@require_POST
def ping(request: AdminRequest, translation_id: int) -> JsonResponse:
    """Note on which unit the user works. Answer with the others who work on the translations of the screen, and
    whether a source has changed since the screen was made: `seen` is the `stamp_of` of its sources then."""
    translation = access.translation_to_read(request.user, translation_id)
    sent = request.POST
    pks = [int(each) for each in sent.get("translations", "").split(",") if each.isdecimal()]
    own = Translation.objects.filter(pk__in=pks, target_locale_id=translation.target_locale_id)
    updated = {translation.pk: translation.source.last_updated_at}
    updated |= dict(own.values_list("pk", "source__last_updated_at"))
    unit = sent.get("unit", "")[:60]
    visit(list(updated), translation.pk, unit, request.user)
    changed = has_changed(sent.get("seen", ""), updated.values())
    return JsonResponse({"others": others_at(list(updated), request.user), "changed": changed})


@require_safe
def preview(request: AdminRequest, translation_id: int) -> HttpResponse:
    """Show the translated object with the draft texts of all that stands on the desk, each in an element that
    names its segment, for the frame beside the units. Raise Http404 if it has no preview."""
    translation = access.translation_to_read(request.user, translation_id)
    instance = preview_instance(translation)
    if not (isinstance(instance, PreviewableMixin) and instance.is_previewable()):
        raise Http404
    # Marked texts are never written, not even in a transaction that is rolled back.
    attributes = {"is_only_drawn": True}
    with drawn_with(drafts_of(translation, portion_number(request.GET.get("part")))):
        response: HttpResponse = instance.make_preview_request(request, instance.default_preview_mode, attributes)
    response.content = woven(response.content.decode(response.charset)).encode(response.charset)
    if response.has_header("Content-Length"):
        response["Content-Length"] = str(len(response.content))
    response["X-Frame-Options"] = "SAMEORIGIN"
    for header in ("ETag", "Last-Modified"):
        response.headers.pop(header, None)
    patch_cache_control(response, private=True, no_store=True)
    return response
