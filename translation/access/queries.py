"""Queries on the rights of users in languages."""

from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.db.models import Exists, OuterRef, Q, QuerySet

from core.languages.site_languages import LocaleCodes
from core.prepared import Prepared
from translation.models import LanguageAction, LanguageRight

_RIGHTS, _OTHER_WORK = "_language_rights", "_has_other_work"


def locales_for(user: User | AnonymousUser, action: str) -> set[int]:
    """Return the ids of the languages in which the user's groups may `translate` or `review`; none for inactive
    users. Superusers have no such groups: ask `may_translate` and `may_review` for them. Cached on the user, as
    Django caches permissions."""
    if not user.is_active or not user.is_authenticated:
        return set()
    if not hasattr(user, _RIGHTS):
        rights = list(_rights.rows(user=user.pk))
        setattr(user, _RIGHTS, {(right.action, right.locale_id) for right in rights})
        setattr(user, _OTHER_WORK, any(right.other_work for right in rights))
    known_rights: set[tuple[str, int]] = getattr(user, _RIGHTS)
    return {locale_id for known, locale_id in known_rights if known == action}


def may_translate(user: User, locale_id: int) -> bool:
    return user.is_active and (user.is_superuser or locale_id in locales_for(user, LanguageAction.TRANSLATE))


def may_review(user: User, locale_id: int) -> bool:
    return user.is_active and (user.is_superuser or locale_id in locales_for(user, LanguageAction.REVIEW))


def reviews_somewhere() -> Exists:
    """Return a condition for querysets of users: the user reviews at least one language."""
    return Exists(LanguageRight.objects.filter(group__user=OuterRef("pk"), action=LanguageAction.REVIEW))


def works_in(user: User | AnonymousUser) -> set[int]:
    """Return the ids of the languages that the user translates into or reviews. Cached as `locales_for`."""
    return locales_for(user, LanguageAction.TRANSLATE) | locales_for(user, LanguageAction.REVIEW)


def languages_of(user: User) -> set[str]:
    """Return the codes of the languages that the user translates into or reviews; of all for an active
    superuser."""
    if user.is_active and user.is_superuser:
        return set(LocaleCodes.ids())
    return {LocaleCodes.code(locale_id) for locale_id in works_in(user)}


def only_locales(user: User | AnonymousUser) -> set[int] | None:
    """Return the ids of the languages of a user who only translates: none of the user's groups, except those of
    translators, has rights on pages or models beyond access to the admin. Return None for all other users,
    superusers included."""
    if user.is_superuser:
        return None
    locales = locales_for(user, LanguageAction.TRANSLATE)
    return None if not locales or getattr(user, _OTHER_WORK) else locales


def _build_rights(user: int) -> QuerySet[LanguageRight]:
    """Return the rights of the user's groups in languages, with `other_work`: whether one of the groups has rights
    on pages or models, beyond access to the admin, and translates no language."""
    translators = LanguageRight.objects.filter(action=LanguageAction.TRANSLATE).values("group")
    work = Permission.objects.exclude(content_type__app_label="wagtailadmin")
    of_groups = Q(page_permissions__isnull=False) | Q(permissions__in=work)
    other_work = Group.objects.filter(user=user).exclude(pk__in=translators).filter(of_groups)
    return LanguageRight.objects.filter(group__user=user).annotate(other_work=Exists(other_work))


_rights = Prepared(_build_rights, user=-1)
