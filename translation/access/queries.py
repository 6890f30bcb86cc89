"""Who may do what in which language."""

from typing import Any

from django.contrib.auth.models import Permission, User
from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Locale

from translation.models import LanguageAction, LanguageRight


def locales_for(user: User, action: str) -> set[int]:
    """The ids of the languages in which the user may `translate` or `review`; a superuser's rights are asked by
    `may_translate` and `may_review`, which know of them. Kept with the user, as Django keeps permissions: one
    query a request."""
    if not user.is_active or not user.is_authenticated:
        return set()
    if not hasattr(user, "_language_rights"):
        rights = LanguageRight.objects.filter(group__user=user).annotate(other_work=Exists(_other_work(user)))
        rows = list(rights.values_list("action", "locale_id", "other_work"))
        user._language_rights = {(known, locale_id) for known, locale_id, _other_work in rows}
        user._has_other_work = any(other_work for *_right, other_work in rows)
    return {locale_id for known, locale_id in user._language_rights if known == action}


def may_translate(user: User, locale_id: int) -> bool:
    return user.is_active and (user.is_superuser or locale_id in locales_for(user, LanguageAction.TRANSLATE))


def may_review(user: User, locale_id: int) -> bool:
    return user.is_active and (user.is_superuser or locale_id in locales_for(user, LanguageAction.REVIEW))


def reviews_somewhere() -> Exists:
    """Return a condition on users: they review a language."""
    return Exists(LanguageRight.objects.filter(group__user=OuterRef("pk"), action=LanguageAction.REVIEW))


def languages_of(user: User) -> set[str]:
    """The codes of the languages that somebody translates into or reviews."""
    locales = locales_for(user, LanguageAction.TRANSLATE) | locales_for(user, LanguageAction.REVIEW)
    every = user.is_active and user.is_superuser
    found = Locale.objects.all() if every else Locale.objects.filter(pk__in=locales)
    return set(found.values_list("language_code", flat=True))


def only_locales(user: User) -> set[int] | None:
    """The languages that somebody is held to who translates and has no other work here: no group of theirs but
    translators' has rights on pages or models. None for everybody else."""
    if user.is_superuser:
        return None
    locales = locales_for(user, LanguageAction.TRANSLATE)
    return None if not locales or user._has_other_work else locales


def _other_work(user: User) -> QuerySet[Any]:
    """The groups that give the user more than a language to translate into."""
    translators = LanguageRight.objects.filter(action=LanguageAction.TRANSLATE).values("group")
    work = Permission.objects.exclude(content_type__app_label="wagtailadmin")
    of_groups = Q(page_permissions__isnull=False) | Q(permissions__in=work)
    return user.groups.exclude(pk__in=translators).filter(of_groups)
