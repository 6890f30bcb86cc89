from django.contrib.auth.base_user import AbstractBaseUser
from wagtail.models import GroupPagePermission, PagePermissionTester


def only_locales(user: AbstractBaseUser) -> set[int] | None:
    """The languages a translator is held to: all the page rights are on pages of these. None where a user is
    held to none: a superuser, somebody with rights on the root, somebody without any on pages."""
    if user.is_superuser:
        return None
    pages = GroupPagePermission.objects.filter(group__user=user).values_list("page__depth", "page__locale_id")
    if not pages or any(depth == 1 for depth, _locale in pages):
        return None
    return {locale for _depth, locale in pages}


class PagePermissions(PagePermissionTester):
    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Wagtail lets whoever may change a draft delete and move it; a translator may only change."""
        may_make = self.user.is_superuser or "add" in getattr(self, "permissions", ())
        return may_make and super().can_delete(ignore_bulk)
