"""Filling of Wagtail's lazily filled registries before threads start.

These registries can be read while they are being filled: of two simultaneous first requests, one may get a page
editor without some of its actions, or a form without some of its panels. The database is not used.
"""

from django.apps import apps
from wagtail import hooks
from wagtail.admin.action_menu import _get_base_page_action_menu_items
from wagtail.admin.menu import admin_menu, help_menu, reports_menu, settings_menu
from wagtail.fields import StreamField
from wagtail.images.formats import get_image_formats
from wagtail.log_actions import registry
from wagtail.rich_text import features, get_rewriter
from wagtail.users.views.groups import get_permission_panel_classes

from core.blocks import StreamBlock


def warm_up() -> None:
    """Fill the registries of this process; called before the server starts its threads."""
    hooks.search_for_hooks()
    features.get_default_features()
    get_rewriter()
    get_image_formats()
    registry.scan_for_actions()
    _get_base_page_action_menu_items()
    get_permission_panel_classes()
    for menu in (admin_menu, settings_menu, reports_menu, help_menu):
        menu.registered_menu_items  # noqa: B018 - a cached property, filled by reading it
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, StreamField) and isinstance(field.stream_block, StreamBlock):
                field.stream_block.prepare_for_drafts()
