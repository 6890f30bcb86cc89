"""Users who translate or review, by language."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Page
from wagtail.permissions import policy_registry

from translation.models import LanguageAction, LanguageRight


def translators_of(*locale_ids: int) -> QuerySet[User]:
    """Return the active users whose groups may translate into all of these languages, not those who may as
    superusers."""
    return _with_right(LanguageAction.TRANSLATE, locale_ids)


def reviewers_of(*locale_ids: int) -> QuerySet[User]:
    """Return the active users whose groups may review all of these languages, not those who may as superusers."""
    return _with_right(LanguageAction.REVIEW, locale_ids)


def publishers_of(page: Page) -> list[User]:
    """Return the active users whose groups may publish a page, not those who may as superusers."""
    policy = policy_registry.get(page)
    people = policy.users_with_permission_for_instance("publish", page, include_superusers=False)
    return [person for person in people if person.is_active]


def people_by_id(pks: Iterable[int | None]) -> dict[int, User]:
    """Return the active users with these ids, by id. None is ignored."""
    people = get_user_model().objects.filter(pk__in={pk for pk in pks if pk is not None}, is_active=True)
    return people.select_related("wagtail_userprofile").in_bulk()


def name_of(person: User) -> str:
    """Return the full name of a user, or the username if there is none."""
    return person.get_full_name() or person.get_username()


def _with_right(action: str, locale_ids: tuple[int, ...]) -> QuerySet[User]:
    people = get_user_model().objects.filter(is_active=True).select_related("wagtail_userprofile")
    for locale_id in locale_ids:
        rights = LanguageRight.objects.filter(group__user=OuterRef("pk"), locale_id=locale_id, action=action)
        people = people.filter(Exists(rights))
    return people.order_by("last_name", "first_name", "pk")
