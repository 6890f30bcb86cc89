"""Wagtail's screens for users, with what this site asks for."""

from typing import Any

from wagtail.users.views.users import EditView, UserViewSet

from core.accounts.passwords import EditUserForm


class EditUserView(EditView):
    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}


class SiteUserViewSet(UserViewSet):
    edit_view_class = EditUserView

    def get_form_class(self, for_update: bool = False) -> type:
        return EditUserForm if for_update else super().get_form_class(for_update)
