"""Copies of menu items that hold state or the language of the current user."""

from copy import copy

from django.http import HttpRequest
from django.utils.translation import gettext as localized  # Its text is in the catalogues of Wagtail.
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from core.internals.wagtail_admin import DismissibleMenuItemMixin

NEWS = "whats-new-in-wagtail-"


@hooks.register("construct_main_menu")
@hooks.register("construct_help_menu")
def give_each_request_its_own_items(request: HttpRequest, items: list[MenuItem]) -> None:
    """Replace the dismissible items of a menu by copies, in place. Wagtail stores on the item, which all threads
    share, whether the current user has dismissed it."""
    for place, item in enumerate(items):
        if isinstance(item, DismissibleMenuItemMixin):
            items[place] = copy(item)
            items[place].attrs = dict(item.attrs)
            version = item.name.removeprefix(NEWS)
            if version != item.name:
                # Wagtail has translated it for whoever was shown the menu first.
                items[place].label = localized("What's new in Wagtail %(version)s") % {"version": version}
