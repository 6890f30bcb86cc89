"""Who is concerned in a language."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet

from translation.models import LanguageAction, LanguageRight


def translators_of(*locale_ids: int) -> QuerySet[Any]:
    """Who translates into all of these languages; superusers, who may everywhere, are not among them."""
    return _with_right(LanguageAction.TRANSLATE, locale_ids)


def reviewers_of(*locale_ids: int) -> QuerySet[Any]:
    return _with_right(LanguageAction.REVIEW, locale_ids)


def people_by_id(pks: Iterable[int | None]) -> dict[int, User]:
    people = get_user_model().objects.filter(pk__in=set(pks) - {None}, is_active=True)
    return people.select_related("wagtail_userprofile").in_bulk()


def name_of(person: User) -> str:
    return person.get_full_name() or person.get_username()


def _with_right(action: str, locale_ids: tuple[int, ...]) -> QuerySet[Any]:
    people = get_user_model().objects.filter(is_active=True).select_related("wagtail_userprofile")
    for locale_id in locale_ids:
        rights = LanguageRight.objects.filter(group__user=OuterRef("pk"), locale_id=locale_id, action=action)
        people = people.filter(Exists(rights))
    return people.order_by("last_name", "first_name", "pk")
