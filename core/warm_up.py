"""Filling of lazily filled registries before threads start.

These registries can be read while they are being filled: of two simultaneous first requests, one may get a page
editor without some of its actions, or a form without some of its panels. The database is not used.
"""

from django.apps import apps
from django.urls import reverse
from wagtail.fields import StreamField

from core.blocks import StreamBlock
from core.internals.wagtail_admin import fill_registries


def warm_up() -> None:
    """Fill the registries of this process; called before the server starts its threads."""
    # Loads all addresses: with them, the viewsets register their menu items.
    reverse("wagtailadmin_home")
    fill_registries()
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, StreamField) and isinstance(field.stream_block, StreamBlock):
                field.stream_block.prepare_for_drafts()
