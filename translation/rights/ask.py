"""Who may do what in which language."""

from django.contrib.auth.base_user import AbstractBaseUser

from translation.models import LanguageAction, LanguageRight


def locales_for(user: AbstractBaseUser, action: str) -> set[int]:
    """The ids of the languages in which the user may `translate` or `review`; a superuser's rights are asked by
    `may_translate` and `may_review`, which know of them."""
    if not user.is_active:
        return set()
    rights = LanguageRight.objects.filter(group__user=user, action=action)
    return set(rights.values_list("locale_id", flat=True))


def may_translate(user: AbstractBaseUser, locale_id: int) -> bool:
    return user.is_active and (user.is_superuser or locale_id in locales_for(user, LanguageAction.TRANSLATE))


def may_review(user: AbstractBaseUser, locale_id: int) -> bool:
    return user.is_active and (user.is_superuser or locale_id in locales_for(user, LanguageAction.REVIEW))
