"""Items of the admin's menu that tell something about the user who looks."""

from copy import copy

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import DismissibleMenuItemMixin, MenuItem


@hooks.register("construct_main_menu")
@hooks.register("construct_help_menu")
def give_each_request_its_own_items(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail notes on such an item, which all threads share, whether the user has dismissed it."""
    for place, item in enumerate(items):
        if isinstance(item, DismissibleMenuItemMixin):
            items[place] = copy(item)
            items[place].attrs = dict(item.attrs)
