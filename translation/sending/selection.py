"""Objects and languages that are selected on the board, and what a user may do with them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Locale

from core.internals.wagtail_admin import get_valid_next_url_from_request
from core.typed import AdminRequest, Translatable
from translation.campaign_contents.to_translate import originals_of
from translation.sending.rules import may_send, may_submit
from translation.units.summaries import Key

MOST_ITEMS = 2_000


@dataclass(frozen=True)
class Selection:
    """The selected objects, by translation key in their source languages, with the languages of each, as pairs of
    key and locale id. `refused` are the titles of those left out because the user may not change them."""

    items: list[Key]
    objects: dict[UUID, Translatable]
    refused: list[str]

    @property
    def titles(self) -> dict[UUID, str]:
        return {key: title_of(instance) for key, instance in self.objects.items()}

    @property
    def locale_ids(self) -> set[int]:
        return {locale_id for _key, locale_id in self.items}

    def by_languages(self, locale_ids: Collection[int]) -> dict[frozenset[int], list[Translatable]]:
        """Return the objects by the languages, out of these, that are selected for them, without those with
        none."""
        languages: dict[UUID, set[int]] = {}
        for key, locale_id in self.items:
            if locale_id in locale_ids:
                languages.setdefault(key, set()).add(locale_id)
        found: dict[frozenset[int], list[Translatable]] = {}
        for key, chosen in languages.items():
            found.setdefault(frozenset(chosen), []).append(self.objects[key])
        return found


def title_of(instance: Translatable) -> str:
    return str(getattr(instance, "title", instance))


def pairs_in(request: HttpRequest) -> list[Key]:
    """Return the pairs of a translation key and a locale id among the first MOST_ITEMS that a request names as
    `item`, separated by a colon, each once. Raise Http404 if one is malformed."""
    given = request.POST.getlist("item") or request.GET.getlist("item")
    try:
        pairs = [(UUID(key), int(locale)) for key, locale in (each.split(":") for each in given[:MOST_ITEMS])]
    except ValueError as error:
        raise Http404 from error
    return list(dict.fromkeys(pairs))


def back_url(request: HttpRequest) -> str:
    """Return where a request came from, by default the board."""
    return str(get_valid_next_url_from_request(request) or reverse("translation_board:index"))


def sent_back(request: HttpRequest) -> HttpResponse | None:
    """Return a redirect with a message if a form was sent in which nothing is selected, else None."""
    if request.method != "POST" or request.POST.getlist("item") or request.GET.getlist("item"):
        return None
    messages.warning(request, _("Select at least one item."))
    return redirect(back_url(request))


def tell_refused(request: HttpRequest, refused: Collection[str]) -> None:
    """Add a warning with the titles of objects that were left out for lack of rights, if there are any."""
    if refused:
        names = {"titles": ", ".join(refused)}
        messages.warning(request, _("Left out, since you may not change them: %(titles)s.") % names)


def selected(request: AdminRequest) -> Selection:
    """Return the existing objects that a request names, those that the user may send. Raise PermissionDenied if
    the user may send none of them, Http404 if none exists."""
    if not may_submit(request.user):
        raise PermissionDenied
    pairs = pairs_in(request)
    objects = {each.translation_key: each for each in originals_of({key for key, _locale in pairs})}
    locales = set(Locale.objects.values_list("pk", flat=True))
    items = [(key, locale) for key, locale in pairs if key in objects and locale in locales]
    if not items:
        raise Http404
    allowed = may_coordinate(request.user, objects.values())
    if not allowed:
        raise PermissionDenied
    refused = [title_of(each) for key, each in objects.items() if key not in allowed]
    return Selection([item for item in items if item[0] in allowed], allowed, refused)


def may_coordinate(user: User, instances: Iterable[Translatable]) -> dict[UUID, Translatable]:
    """Return by translation key those of these sources that the user may send, and so assign."""
    return {each.translation_key: each for each in instances if may_send(user, each)}
