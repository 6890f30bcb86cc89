"""Undocumented names of Wagtail's API for the admin, which Wagtail 8.1 does not have any more. Only modules that
are imported with earlier versions import this one; it goes with them."""

from wagtail.admin.api.actions.base import APIAction
from wagtail.admin.api.actions.copy import CopyPageAPIAction
from wagtail.admin.api.actions.copy_for_translation import CopyForTranslationAPIAction
from wagtail.admin.api.actions.delete import DeletePageAPIAction
from wagtail.admin.api.actions.move import MovePageAPIAction, MovePageAPIActionSerializer
from wagtail.admin.api.actions.publish import PublishPageAPIAction
from wagtail.admin.api.actions.unpublish import UnpublishPageAPIAction, UnpublishPageAPIActionSerializer
from wagtail.admin.api.serializers import AdminPageSerializer, PageAncestorsField, PageTranslationsField
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet

__all__ = [
    "APIAction",  # type of what our mixin is mixed into
    "AdminPageSerializer",  # pages with the translations that a user may see
    "CopyForTranslationAPIAction",  # no aliases
    "CopyPageAPIAction",  # copies are drafts
    "DeletePageAPIAction",  # deleting asks about other languages
    "DocumentsAdminAPIViewSet",  # the documents that a user may see
    "ImagesAdminAPIViewSet",  # the images that a user may see
    "MovePageAPIAction",  # moving asks about other languages
    "MovePageAPIActionSerializer",  # the same
    "PageAncestorsField",  # the ancestors that a user may see
    "PageTranslationsField",  # the translations that a user may see
    "PagesAdminAPIViewSet",  # the actions above
    "PublishPageAPIAction",  # publishing through the gate
    "UnpublishPageAPIAction",  # unpublishing asks about other languages
    "UnpublishPageAPIActionSerializer",  # the same
]
