"""The view in which editors see what has changed in a source since it was translated, and call changes minor."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from core.languages.bidi import embedded
from core.languages.site_languages import LocaleCodes
from core.typed import AdminRequest, Translatable
from translation.models import Review, ReviewStatus, Unit
from translation.named_view import NamedView
from translation.sync.minor_changes import keep_valid, new_sources
from translation.sync.source import has_new_strings
from translation.units.chips import with_chips
from translation.units.difference import difference
from translation.units.states import Status, states_of


@dataclass
class Change:
    """A changed string of a source: the old and the new string, their difference as HTML, and the languages in
    which it is stale. `id` consists of the hashes of path and string."""

    id: str
    old: str
    new: str
    shown: SafeString
    languages: list[str] = field(default_factory=list)


def may_change(user: User, instance: Translatable) -> bool:
    """Return whether `user` may edit the page or snippet."""
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_edit()
    return policy_registry.get(instance).user_has_permission_for_instance(user, "change", instance)


def changes_of(key: UUID) -> list[Change]:
    """Return the changed strings of the object with this translation key that are stale in some language, each
    once (two queries)."""
    units = list(Unit.objects.stale().filter(object_key=key).select_related("locale").order_by("pk"))
    now = new_sources(units)
    found: dict[str, Change] = {}
    for unit in units:
        name = f"{unit.path_id}:{unit.string_hash}"
        new = now.get(unit.string_hash, "")
        change = found.setdefault(name, Change(name, unit.old_source, new, difference(unit.old_source, new)))
        change.languages.append(unit.locale.get_display_name())
    return list(found.values())


@dataclass
class Addition:
    """A string of a source and the languages in which it has no text."""

    text: str
    languages: list[str] = field(default_factory=list)


def additions_of(key: UUID) -> list[Addition]:
    """Return the strings of the object with this translation key that have no text in a language in which it has
    been approved before and still follows its source (three queries)."""
    reviewed = Review.objects.filter(object_key=key, status=ReviewStatus.APPROVED).values("locale_id")
    translations = Translation.objects.filter(source__object_id=key, enabled=True, target_locale_id__in=reviewed)
    locales = [translation.target_locale for translation in translations.select_related("target_locale")]
    rows = StringTranslation.objects.filter(context__object_id=key, locale__in=locales)
    worded = set(rows.values_list("context_id", "translation_of_id", "locale_id"))
    found = []
    for segment in StringSegment.objects.filter(source__object_id=key).select_related("string").order_by("order"):
        place = segment.context_id, segment.string_id
        languages = [locale.get_display_name() for locale in locales if (*place, locale.pk) not in worded]
        if languages:
            found.append(Addition(with_chips(segment.string.data), languages))
    return found


class ChangesView(NamedView, TemplateView):
    """Lists what has changed in a source since it was translated, for users who may edit the source. POST calls
    the chosen changes minor."""

    request: AdminRequest
    header_icon = "history"
    template_name = "admin/translation/changes.html"

    @cached_property
    def source(self) -> Translatable:
        """The object in its source language. Raise Http404 if it was never sent for translation or no longer
        exists."""
        found = TranslationSource.objects.filter(object_id=self.kwargs["key"]).first()
        try:
            return found.get_source_instance()
        except (AttributeError, models.ObjectDoesNotExist) as error:
            raise Http404 from error

    def get_page_title(self) -> str:
        return _("Changes since translation")

    def get_page_subtitle(self) -> str:
        return f"{embedded(self.source)} ({embedded(self.source.locale.get_display_name())})"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_change(self.request.user, self.source):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "changes": changes_of(self.kwargs["key"]),
            "additions": additions_of(self.kwargs["key"]),
            "edit_url": AdminURLFinder(self.request.user).get_edit_url(self.source),
        }

    def post(self, request: AdminRequest, **kwargs: Any) -> HttpResponse:
        wanted = defaultdict(bool, dict.fromkeys(request.POST.getlist("minor"), True))
        units = [
            unit
            for unit in Unit.objects.stale().filter(object_key=self.kwargs["key"])
            if wanted[f"{unit.path_id}:{unit.string_hash}"]
        ]
        kept = keep_valid(units, request.user)
        if kept:
            message = ngettext("%d translation stays valid.", "%d translations stay valid.", kept) % kept
            messages.success(request, message)
        else:
            messages.error(request, _("Select the minor changes first."))
        return redirect("translation_review:changes", self.kwargs["key"])


def tell_editor(request: HttpRequest, instance: Translatable) -> None:
    """Warn the editor who has published a source in which languages translations are stale, with a link to the
    changes. Do nothing if none is stale or the object is not a source that was sent for translation."""
    source = TranslationSource.objects.filter(
        object_id=instance.translation_key, locale_id=instance.locale_id
    ).first()
    languages = _outdated_languages(instance, source) if source else []
    if not languages:
        return
    url = reverse("translation_review:changes", args=[instance.translation_key])
    messages.warning(
        request,
        _("Translations are out of date: %(languages)s. For minor changes, you can keep them valid.")
        % {"languages": ", ".join(languages)},
        buttons=[messages.button(url, _("View changes"))],
    )


def _outdated_languages(instance: Translatable, source: TranslationSource) -> list[str]:
    """Return the names of the languages in which the object is stale, as a whole or in some unit, or will be when
    the worker has taken its new strings into the source."""
    rows = type(instance)._base_manager.filter(translation_key=instance.translation_key)
    key = instance.translation_key
    live = {(key, locale): value for locale, value in rows.values_list("locale_id", "live")}
    states = states_of([key], LocaleCodes.ids().values(), live)
    found = {locale for (_key, locale), state in states.items() if state.status == Status.STALE}
    found |= set(Unit.objects.stale().filter(object_key=key).values_list("locale_id", flat=True))
    approved = Review.objects.filter(object_key=key, status=ReviewStatus.APPROVED).values("locale_id")
    followed = source.translations.filter(enabled=True, target_locale__in=approved)
    others = set(followed.values_list("target_locale_id", flat=True)) - found
    if others and has_new_strings(source, instance):
        found |= others
    return [locale.get_display_name() for locale in Locale.objects.filter(pk__in=found)] if found else []
