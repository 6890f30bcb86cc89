"""Sending of one object: creates the records of wagtail-localize, and a draft in each language that has none."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from core.languages.bidi import embedded
from core.typed import Translatable
from translation.access.permissions import may_start
from translation.sending.rules import check_place, check_target, may_send, refusals
from translation.sync.source import follow, refresh


@dataclass
class Sent:
    """The result of sending an object: its translations, new or not, and messages about languages that failed."""

    source: TranslationSource
    translations: list[Translation] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@transaction.atomic
def send(instance: Translatable, locales: Iterable[Locale], user: User | None) -> Sent:
    """Create the translations of an object into `locales` that do not exist yet, from its source as it is now,
    with a draft each. Languages that fail are reported in `problems` of the result. Raise PermissionDenied if
    `user` may not send it, and ValidationError if `refusals` has a reason against it in all languages."""
    # Serialize requests that send the same object.
    instance = type(instance)._base_manager.select_for_update().get(pk=instance.pk)
    if not may_send(user, instance):
        raise PermissionDenied(
            _("This person does not have permission to send “%(title)s”.") % {"title": embedded(instance)}
        )
    if reason := refusals([instance]).get(instance):
        raise ValidationError(reason)
    sent = Sent(_fresh_source(instance))
    for locale in locales:
        if locale.pk == instance.locale_id:
            continue
        try:
            with transaction.atomic():
                translation = _into(sent.source, instance, locale, user)
        except ValidationError as error:
            sent.problems += error.messages
        else:
            sent.translations += [translation] if translation else []
    return sent


def target_in(instance: Translatable, locale: Locale) -> Translatable | None:
    """Return the object's version in another language, or None if it does not exist there."""
    return type(instance)._base_manager.filter(translation_key=instance.translation_key, locale=locale).first()


def _fresh_source(instance: Translatable) -> TranslationSource:
    """Return the translation source of an object, created or updated to the object as it is now."""
    source, created = TranslationSource.get_or_create_from_instance(instance)
    if created:
        return source
    if source.schema_out_of_date():
        refresh(source)
    else:
        follow(instance)
    source.refresh_from_db()
    return source


def _into(
    source: TranslationSource, instance: Translatable, locale: Locale, user: User | None
) -> Translation | None:
    """Return the translation into a language, created if necessary with a draft. Return None if the object exists
    there but has no translation, because it was created by hand. Raise ValidationError if `user` may not create
    it, the place is not free, or the object there is an alias or a stopped translation."""
    translation = source.translations.filter(target_locale=locale).first()
    target = target_in(instance, locale)
    if target is not None:
        check_target(target, translation, locale)
        return translation
    if user and not may_start(user, instance, locale):
        names = {"title": embedded(instance), "language": embedded(locale.get_display_name())}
        raise ValidationError(_("You do not have permission to create “%(title)s” in %(language)s.") % names)
    if isinstance(instance, Page):
        _lock_place(instance, locale)
        check_place(instance, locale)
    translation, _created = Translation.objects.update_or_create(
        source=source, target_locale=locale, defaults={"enabled": True}
    )
    translation.save_target(user=user, publish=False)
    return translation


def _lock_place(page: Page, locale: Locale) -> None:
    """Lock the parents of the new page until the transaction ends: treebeard would give pages that are created at
    the same time the same path."""
    parent = page.get_parent()
    beneath = Page.objects.filter(translation_key=parent.translation_key)
    beneath = beneath if parent.is_root() else beneath.filter(locale=locale)
    list(beneath.select_for_update().values_list("pk"))
