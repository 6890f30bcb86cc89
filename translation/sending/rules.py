"""Permission to send objects for translation, and reasons why objects cannot be sent."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation, TranslationSource

from core.addresses.siblings import rivals
from core.languages.bidi import embedded
from core.typed import Translatable
from translation.localize.names import SUBMIT


def may_submit(user: User | None) -> bool:
    """Return whether a user may send objects for translation at all: active, with the permission SUBMIT. False for
    None."""
    return bool(user and user.is_active and user.has_perm(SUBMIT))


def may_send(user: User | None, instance: Translatable) -> bool:
    """Return whether a user may send an object: `may_submit`, and the user may change the object."""
    if not may_submit(user):
        return False
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_edit()
    policy = policy_registry.get_by_type(type(instance))
    return policy.user_has_permission_for_instance(user, "change", instance)


def refusals(instances: Iterable[Translatable]) -> dict[Translatable, str]:
    """Return the reasons why objects cannot be sent, by object, only for those that cannot (two queries, and one
    for each model): aliases, translations, and objects that are translated from another language already. An
    object may have one source language only, since wagtail-localize's editor fails on a translation of a
    translation."""
    by_model: dict[type[Translatable], list[Translatable]] = defaultdict(list)
    for instance in instances:
        by_model[type(instance)].append(instance)
    names = {locale.pk: locale.get_display_name() for locale in Locale.objects.all()}
    rows = [row for of_model in by_model.values() for row in of_model]
    first = _first_made(by_model)
    sources = _source_locales({row.translation_key for row in rows})
    found = {}
    for row in rows:
        key = row.translation_key
        pk, locale_id = first[key]
        words = {"title": embedded(row), "language": embedded(names[row.locale_id])}
        if getattr(row, "alias_of_id", None):
            found[row] = _("“%(title)s” is an alias. Send its source page.") % words
        elif pk != row.pk:
            message = _("“%(title)s” in %(language)s is a translation. Send its source in %(original)s.")
            found[row] = message % {**words, "original": names[locale_id]}
        elif others := sources[key] - {row.locale_id}:
            message = _("“%(title)s” is already translated from %(original)s, not from %(language)s.")
            found[row] = message % {**words, "original": ", ".join(sorted(names[each] for each in others))}
    return found


def check_place(page: Page, locale: Locale) -> None:
    """Raise ValidationError if the parent of a page is missing in a language, or has another child with the same
    slug there. Do nothing for a page below the root."""
    parent = page.get_parent()
    if parent.is_root():
        return
    names = {"title": embedded(page.title), "slug": page.slug, "language": embedded(locale.get_display_name())}
    if not parent.has_translation(locale):
        message = _(
            "The parent page “%(parent)s” does not exist in %(language)s yet. Send it for translation first."
        )
        raise ValidationError(message % {**names, "parent": parent.title})
    if rival := rivals(page, parent).filter(locale=locale).first():
        message = _("The address “%(slug)s” of “%(title)s” is already used by “%(rival)s” in %(language)s.")
        raise ValidationError(message % {**names, "rival": rival.title})


def check_target(target: Translatable, translation: Translation | None, locale: Locale) -> None:
    """Raise ValidationError if `target`, an object in the target language, is an alias, or `translation` was
    stopped."""
    names = {"title": embedded(target), "language": embedded(locale.get_display_name())}
    if getattr(target, "alias_of_id", None):
        message = _("“%(title)s” in %(language)s is an alias. Delete it first.")
        raise ValidationError(message % names)
    if translation and not translation.enabled:
        message = _("The translation “%(title)s” in %(language)s was stopped. Restart it in its editor.")
        raise ValidationError(message % names)


def _first_made(by_model: dict[type[Translatable], list[Translatable]]) -> dict[UUID, tuple[int, int]]:
    """Return the primary key and the language of the object that was created first, by translation key."""
    found: dict[UUID, tuple[int, int]] = {}
    for model, rows in by_model.items():
        keys = {row.translation_key for row in rows}
        of_keys = model._base_manager.filter(translation_key__in=keys).order_by("-pk")
        found.update(
            (key, (pk, locale)) for key, pk, locale in of_keys.values_list("translation_key", "pk", "locale")
        )
    return found


def _source_locales(keys: set[UUID]) -> dict[UUID, set[int]]:
    """Return the ids of the languages from which objects have translations, by translation key."""
    found = defaultdict(set)
    rows = TranslationSource.objects.filter(object_id__in=keys, translations__isnull=False)
    for key, locale_id in rows.values_list("object_id", "locale_id"):
        found[key].add(locale_id)
    return found
