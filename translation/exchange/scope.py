"""The objects and translations that a user asks to export, and those that the user may export."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models
from django.http import QueryDict
from wagtail.models import Page, TranslatableMixin
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation

from campaigns.models import CampaignPage, EditionPage
from core.typed import Translatable
from translation.access.queries import locales_for, only_locales
from translation.access.visible import seen_of
from translation.campaign_contents.to_translate import beneath, members, originals_of, with_all
from translation.exchange.strings import site_identities
from translation.models import LanguageAction

MOST_OBJECTS = 2_000


class Asked(NamedTuple):
    """An object that is asked for."""

    model: type[Translatable]
    pk: int
    title: str


def asked_for(data: QueryDict) -> dict[UUID, Asked]:
    """Return the objects that a request asks for by translation key, whether or not the user may see them.
    Parameters are `page=5&page=6` and `object=campaigns.quote:7`, at most MOST_OBJECTS of each; malformed and
    unknown ones are skipped."""
    pages = [pk for pk in data.getlist("page") if pk.isdecimal()][:MOST_OBJECTS]
    rows = Page.objects.filter(pk__in=pages).values_list("translation_key", "pk", "title") if pages else ()
    found = {key: Asked(Page, pk, title) for key, pk, title in rows}
    wanted = defaultdict(list)
    for each in data.getlist("object")[:MOST_OBJECTS]:
        label, _colon, pk = each.partition(":")
        if pk.isdecimal():
            wanted[label].append(pk)
    for label, pks in wanted.items():
        if model := _translatable(label):
            rows = model._default_manager.filter(pk__in=pks)
            found.update({row.translation_key: Asked(model, row.pk, str(row)) for row in rows})
    return found


def titles(asked: dict[UUID, Asked], translations: list[Translation], user: User) -> dict[UUID, str]:
    """Return the titles, by translation key, of the objects that the user may see: those of `translations`, which
    the user may export, and of the rest those that `seen_of` returns."""
    exported = {each.source.object_id for each in translations}
    rest: dict[type[Translatable], dict[int, UUID]] = defaultdict(dict)
    for key, each in asked.items():
        if key not in exported:
            rest[each.model][each.pk] = key
    seen = {by_pk[pk] for model, by_pk in rest.items() for pk in seen_of(model, by_pk, user)}
    return {key: each.title for key, each in asked.items() if key in exported or key in seen}


def _translatable(label: str) -> type[Translatable] | None:
    """Return the model with this label, or None if there is none or it is not translatable."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    return model if issubclass(model, TranslatableMixin) else None


def with_members(keys: Collection[UUID]) -> set[UUID]:
    """Return the translation keys with those of the members of campaigns and editions among them, of the pages
    beneath any page among them, and of all that any of these refers to (`with_all`)."""
    found = originals_of(keys)
    for thing in found[:]:
        if isinstance(thing, CampaignPage | EditionPage):
            found += members(thing)
    found += beneath(keys)
    return {*keys, *(row.translation_key for row in with_all(found, []))}


def exportable(user: User, keys: Collection[UUID], codes: Collection[str] | None = None) -> list[Translation]:
    """Return the enabled translations of the objects `keys` that the user may export, in the languages `codes` or
    in all: into the languages of which the user has any right, and into all languages of sources that the user may
    change (three queries, and one for each kind). A superuser may export all, an inactive user none."""
    translations = (
        Translation.objects.filter(source__object_id__in=keys, enabled=True)
        .select_related("source__locale", "source__specific_content_type", "target_locale")
        .annotate(site=models.Subquery(site_identities()[:1]))
        .order_by("target_locale__language_code", "source__object_repr", "pk")
    )
    if codes is not None:
        translations = translations.filter(target_locale__language_code__in=codes)
    if not user.is_active or user.is_superuser:
        return list(translations) if user.is_active else []
    # Each right in a language includes the right to read.
    languages = {locale_id for action in LanguageAction for locale_id in locales_for(user, action)}
    others = [each for each in translations if each.target_locale_id not in languages]
    may_change = changeable(user, others)
    return [
        each
        for each in translations
        if each.target_locale_id in languages or (each.source.object_id, each.source.locale_id) in may_change
    ]


def changeable(user: User, translations: list[Translation]) -> set[tuple[UUID, int]]:
    """Return translation key and locale id of each source of these translations that the user may change; for a
    user who only translates, out of those in the user's languages."""
    held_to = only_locales(user) if translations else None
    by_kind = defaultdict(set)
    for each in translations:
        source = each.source
        if held_to is None or source.locale_id in held_to:
            by_kind[source.specific_content_type.model_class()].add((source.object_id, source.locale_id))
    found = set()
    for model, places in by_kind.items():
        policy = policy_registry.get_by_type(model)
        keys, locales = zip(*places, strict=True)
        for row in model._default_manager.filter(translation_key__in=keys, locale_id__in=locales):
            if policy.user_has_permission_for_instance(user, "change", row):
                found.add((row.translation_key, row.locale_id))
    return found & {place for places in by_kind.values() for place in places}
