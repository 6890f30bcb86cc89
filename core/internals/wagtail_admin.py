"""Undocumented names of Wagtail's admin, and of its other modules that cannot be imported before the models are
loaded. Models must not import this module."""

from collections.abc import Callable
from typing import Any

from wagtail import hooks
from wagtail.admin import localization
from wagtail.admin.action_menu import PageActionMenu, _get_base_page_action_menu_items
from wagtail.admin.auth import require_admin_access
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.forms.account import AvatarPreferencesForm, NameEmailForm
from wagtail.admin.forms.auth import PasswordChangeForm
from wagtail.admin.forms.choosers import PhoneLinkChooserForm
from wagtail.admin.menu import DismissibleMenuItemMixin, admin_menu, help_menu, reports_menu, settings_menu
from wagtail.admin.navigation import get_site_for_user
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.site_summary import PagesSummaryItem, SummaryItem
from wagtail.admin.templatetags import wagtailadmin_tags
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import StatusSidePanel
from wagtail.admin.utils import get_user_display_name, get_valid_next_url_from_request
from wagtail.admin.views import chooser, generic
from wagtail.admin.views.account import (
    AvatarSettingsPanel,
    ChangePasswordPanel,
    NameEmailSettingsPanel,
    notifications_tab,
)
from wagtail.admin.views.chooser import (
    BaseLinkFormView,
    BrowseView,
    ExternalLinkView,
    PageTitleColumn,
    PhoneLinkView,
    page_models_from_string,
)
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.chooser import BaseChooseView
from wagtail.admin.views.generic.mixins import HookResponseMixin, JsonPostResponseMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.admin.views.pages.bulk_actions.delete import DeleteBulkAction as DeletePagesBulkAction
from wagtail.admin.views.pages.bulk_actions.move import MoveBulkAction, MoveForm
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.admin.views.pages.bulk_actions.unpublish import UnpublishBulkAction
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.pages.edit import EditView as WagtailPageEditView
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.views.pages.utils import type_to_delete_confirmation
from wagtail.admin.views.reports.locked_pages import LockedPagesView
from wagtail.contrib.redirects import base_formats
from wagtail.contrib.redirects.signal_handlers import BatchRedirectCreator
from wagtail.documents.views.bulk_actions import AddToCollectionBulkAction as DocumentsToCollection
from wagtail.documents.views.bulk_actions import DeleteBulkAction as DeleteDocuments
from wagtail.documents.views.documents import DeleteView as DeleteDocumentView
from wagtail.documents.views.serve import authenticate_with_password
from wagtail.images.fields import WagtailImageField
from wagtail.images.formats import get_image_formats
from wagtail.images.forms import BaseImageForm
from wagtail.images.views.bulk_actions import AddToCollectionBulkAction as ImagesToCollection
from wagtail.images.views.bulk_actions import DeleteBulkAction as DeleteImages
from wagtail.images.views.images import DeleteView as DeleteImageView
from wagtail.images.views.images import EditView as WagtailImageEditView
from wagtail.log_actions import registry as log_registry
from wagtail.management.commands.publish_scheduled import Command as PublishScheduledCommand
from wagtail.rich_text import features, get_rewriter
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.snippets.action_menu import SnippetActionMenu
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction as DeleteSnippetsBulkAction
from wagtail.snippets.side_panels import SnippetStatusSidePanel
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetCreateView
from wagtail.snippets.views.snippets import EditView as WagtailSnippetEditView
from wagtail.snippets.views.snippets import IndexView as WagtailSnippetIndexView
from wagtail.snippets.views.snippets import get_snippet_model_from_url_params
from wagtail.users.utils import user_can_delete_user
from wagtail.users.views.bulk_actions.set_active_state import SetActiveStateBulkAction
from wagtail.users.views.groups import get_permission_panel_classes
from wagtail.users.views.users import EditView as WagtailUserEditView

__all__ = [
    "AvatarPreferencesForm",  # profile pictures are cleaned
    "AvatarSettingsPanel",  # its form is replaced by ours
    "BaseChooseView",  # its paginator does not count all rows
    "BaseImageForm",  # the form of images, with the questions of the publishing checks
    "BaseLinkFormView",  # links of choosers that translators may set
    "BaseListingView",  # the same
    "BatchRedirectCreator",  # redirects never cover an existing page
    "BrowseView",  # finds the children of a page by their paths
    "ChangePasswordPanel",  # its form is replaced by ours
    "ChooseResultsView",  # choosers that list what may be chosen in a language
    "ChooseView",  # the same
    "CopyView",  # copying a page asks about other languages
    "DateRangePickerWidget",  # the filter of the audit log
    "DeleteDocumentView",  # deleting a file that is in use is refused
    "DeleteDocuments",  # the same, of several documents
    "DeleteImageView",  # as `DeleteDocumentView`
    "DeleteImages",  # as `DeleteDocuments`
    "DeletePagesBulkAction",  # the question about other languages, of several pages
    "DeleteSnippetsBulkAction",  # the same, of snippets
    "DismissibleMenuItemMixin",  # menu items that are left out
    "DocumentsToCollection",  # moving files into a private collection, or out of one
    "ExplorableIndexView",  # finds the children of a page by an index
    "ExternalLinkView",  # links to pages that are written as external ones
    "HookResponseMixin",  # answers of hooks, before somebody else's version is overwritten
    "ImagesToCollection",  # as `DocumentsToCollection`
    "JsonPostResponseMixin",  # answers to autosave
    "LockedPagesView",  # its rows are read with what they ask for
    "MediaContainer",  # in place of the buttons that an autosave does not draw
    "MoveBulkAction",  # as `DeletePagesBulkAction`
    "MoveForm",  # the same
    "NameEmailForm",  # a new e-mail address asks for the password
    "NameEmailSettingsPanel",  # its form is replaced by ours
    "PageActionMenu",  # left out of the answer to an autosave
    "PageTitleColumn",  # of the page chooser, whose rows share their parents
    "PagesSummaryItem",  # the dashboard counts some pages only
    "PasswordChangeForm",  # ends the other sessions of the user
    "PermissionCheckedMixin",  # views of helplines for those who may change them
    "PhoneLinkChooserForm",  # telephone numbers that can be dialled
    "PhoneLinkView",  # the same
    "PublishBulkAction",  # publishing through the gate, of several pages
    "PublishScheduledCommand",  # scheduled publishing that goes on after a failure
    "RevisionsRevertView",  # "somebody else has saved"
    "SetActiveStateBulkAction",  # deactivating accounts ends their sessions
    "SetPrivacyView",  # privacy of a page in all languages
    "SnippetActionMenu",  # as `PageActionMenu`
    "SnippetCreateView",  # choosers that create drafts
    "SnippetStatusSidePanel",  # shown in its place
    "SpreadsheetExportMixin",  # times in exports name their zone
    "StatusSidePanel",  # the general panel, which fails on a snippet in a workflow
    "SummaryItem",  # type of what the dashboard counts
    "UnpublishBulkAction",  # as `DeletePagesBulkAction`
    "WagtailAdminTemplateMixin",  # heading and breadcrumbs of a screen
    "WagtailImageEditView",  # says what the checks find in alternative texts
    "WagtailImageField",  # the form field of a profile picture
    "WagtailPageEditView",  # "somebody else has saved"
    "WagtailPaginator",  # the paginator of lists
    "WagtailSnippetEditView",  # the same
    "WagtailSnippetIndexView",  # exports are read in portions
    "WagtailUserEditView",  # tells the form of a user who is editing
    "authenticate_with_password",  # passwords of private documents
    "base_formats",  # lists of redirects as offices save them
    "chooser",  # its paginator does not count all rows
    "disable_reference_index_auto_update",  # loading the demo
    "fill_registries",
    "generic",  # the views of a viewset
    "get_site_for_user",  # the pages whose number the dashboard shows
    "get_snippet_model_from_url_params",  # the kind of snippet that a request is about
    "get_user_display_name",  # names of users, as Wagtail writes them
    "get_valid_next_url_from_request",  # where to go after a form
    "localization",  # its `override_tz` is replaced: every time names its zone
    "notifications_tab",  # the tab for our settings of an account
    "page_models_from_string",  # the kinds of pages that a chooser asks for
    "replace_hook",
    "require_admin_access",  # views of the admin that stand before Wagtail's
    "type_to_delete_confirmation",  # whether the site's name was typed
    "user_can_delete_user",  # as Wagtail's own screen decides
    "wagtailadmin_tags",  # its tag for times is replaced: every time names its zone
    "wagtailuserbar",  # the user bar in previews
]


def fill_registries() -> None:
    """Fill the registries that Wagtail fills when they are first read. The database is not used."""
    hooks.search_for_hooks()
    features.get_default_features()
    get_rewriter()
    get_image_formats()
    log_registry.scan_for_actions()
    _get_base_page_action_menu_items()
    get_permission_panel_classes()
    for menu in (admin_menu, settings_menu, reports_menu, help_menu):
        menu.registered_menu_items  # noqa: B018 - a cached property, filled by reading it


def replace_hook(name: str, function: Callable[..., Any], by: Callable[..., Any]) -> None:
    """Put another function in the place of one that a library has registered for a hook."""
    hooks._hooks[name] = [(by if each is function else each, order) for each, order in hooks._hooks[name]]
