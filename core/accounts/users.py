"""Wagtail's views for users, with the form that asks for the editor's own password."""

from typing import Any

from wagtail.users.views.users import UserViewSet

from core.accounts.passwords import EditUserForm
from core.internals.wagtail_admin import WagtailUserEditView


class EditUserView(WagtailUserEditView):
    """Edit view for users that tells the form who is editing."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}


class SiteUserViewSet(UserViewSet):
    """Wagtail's views for users, with the edit view and form that ask for the editor's own password."""

    edit_view_class = EditUserView

    def get_form_class(self, for_update: bool = False) -> type:
        return EditUserForm if for_update else super().get_form_class(for_update)
