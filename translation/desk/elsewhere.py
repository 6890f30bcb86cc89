"""The other places of a string that is repeated, which are given the text of a unit in one act."""

from collections.abc import Collection
from uuid import UUID

from django.contrib.auth.models import User
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from core.typed import AdminRequest
from translation.desk import access
from translation.desk.saving import lock_message
from translation.memory import Elsewhere, count_elsewhere, fill_elsewhere, same_elsewhere
from translation.units.segments import target_of


def elsewhere(translation: Translation, segment: StringSegment) -> list[Elsewhere]:
    """Return the first of the other places of a unit's string in its language that have no text."""
    return same_elsewhere(*_named(translation, segment))


def _named(translation: Translation, segment: StringSegment) -> tuple[UUID, Locale, int]:
    return segment.string.data_hash, translation.target_locale, segment.pk


def offer(request: AdminRequest, translation: Translation, segment: StringSegment) -> str:
    """Return the form that gives the other places of a unit's string its text, as HTML; empty if there are none.
    If they are too many for one form, it says so."""
    places = elsewhere(translation, segment)
    if not places:
        return ""
    total = count_elsewhere(*_named(translation, segment))
    context = {"places": places, "total": total, "translation_id": translation.pk, "segment_id": segment.pk}
    return render_to_string("admin/translation/desk/elsewhere.html", context, request)


@require_POST
def fill(request: AdminRequest, translation_id: int, string_segment_id: int) -> HttpResponse:
    """Give the chosen ones of the other places of a unit's string its text, and return to where the form was. If
    the form could not name all places, the next ones are offered there."""
    translation = access.translation_to_write(request.user, translation_id)
    segment = access.segment_of(translation, string_segment_id)
    chosen = {int(each) for each in request.POST.getlist("segment") if each.isdecimal()}
    count = _fill(translation, segment, request.user, chosen)
    told = ngettext("%(count)d string filled.", "%(count)d strings filled.", count) % {"count": count}
    tell = messages.success if count else messages.warning
    tell(request, told if count else _("No string was filled: other texts were stored meanwhile."))
    came_from = request.headers.get("referer", "")
    if not came_from.startswith(request.build_absolute_uri(reverse("wagtailadmin_home"))):
        place = translation.source.object_id, translation.target_locale.language_code
        came_from = reverse("translation_desk:desk", args=place)
    unit = f"s{translation.pk}-{segment.pk}"
    if count and request.POST.get("more"):
        address, _mark, query = came_from.partition("?")
        asked = QueryDict(query, mutable=True)
        asked["saved"] = unit
        came_from = f"{address}?{asked.urlencode()}"
    return redirect(f"{came_from}#{unit}")


def _fill(translation: Translation, segment: StringSegment, user: User, chosen: Collection[int]) -> int:
    """Store the unit's text at the chosen places, without those of objects that somebody else has locked, and
    return at how many. All are of the language of `translation`."""
    wording = (
        StringTranslation.objects.filter(
            translation_of_id=segment.string_id,
            context_id=segment.context_id,
            locale_id=translation.target_locale_id,
        )
        .select_related("context", "translation_of", "locale")
        .first()
    )
    if wording is None:
        return 0
    places = [each for each in elsewhere(translation, segment) if each.segment in chosen]
    translations = Translation.objects.select_related("source", "target_locale").in_bulk(
        {each.translation for each in places}
    )
    targets = {pk: target_of(each) for pk, each in translations.items()}
    locked = {pk for pk, target in targets.items() if target and lock_message(user, target)}
    free = {each.segment for each in places if each.translation not in locked}
    return fill_elsewhere(wording, user, free)
