"""Who may do what in which language."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import Permission
from django.db.models import Q

from translation.models import LanguageAction, LanguageRight


def locales_for(user: AbstractBaseUser, action: str) -> set[int]:
    """The ids of the languages in which the user may `translate` or `review`; a superuser's rights are asked by
    `may_translate` and `may_review`, which know of them. Kept with the user, as Django keeps permissions: one
    query a request."""
    if not user.is_active or not user.is_authenticated:
        return set()
    if not hasattr(user, "_language_rights"):
        rights = LanguageRight.objects.filter(group__user=user)
        user._language_rights = set(rights.values_list("action", "locale_id"))
    return {locale_id for known, locale_id in user._language_rights if known == action}


def may_translate(user: AbstractBaseUser, locale_id: int) -> bool:
    return user.is_active and (user.is_superuser or locale_id in locales_for(user, LanguageAction.TRANSLATE))


def may_review(user: AbstractBaseUser, locale_id: int) -> bool:
    return user.is_active and (user.is_superuser or locale_id in locales_for(user, LanguageAction.REVIEW))


def only_locales(user: AbstractBaseUser) -> set[int] | None:
    """The languages that somebody is held to who translates and has no other work here: no group of theirs but
    translators' has rights on pages or models. None for everybody else (at most two queries)."""
    if user.is_superuser:
        return None
    locales = locales_for(user, LanguageAction.TRANSLATE)
    if not locales or _has_other_work(user):
        return None
    return locales


def _has_other_work(user: AbstractBaseUser) -> bool:
    translators = LanguageRight.objects.filter(action=LanguageAction.TRANSLATE).values("group")
    work = Permission.objects.exclude(content_type__app_label="wagtailadmin")
    of_groups = Q(page_permissions__isnull=False) | Q(permissions__in=work)
    return user.groups.exclude(pk__in=translators).filter(of_groups).exists()
