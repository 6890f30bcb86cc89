"""Hooks of the app: URLs in place of wagtail-localize's, publishing of approved texts, and the hooks of its
packages."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLResolver, include, path
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem

from core.typed import AdminRequest, Translatable
from translation.access import hooks as rights_hooks  # noqa: F401
from translation.access.choosers import snippets_api_urls
from translation.alt_texts.texts import AltTextView
from translation.board import hooks as board_hooks  # noqa: F401
from translation.exchange import hooks as exchange_hooks  # noqa: F401
from translation.launch import hooks as launch_hooks  # noqa: F401
from translation.lifecycle import hooks as life_hooks  # noqa: F401
from translation.notices import hooks as notices_hooks  # noqa: F401
from translation.review import hooks as review_hooks  # noqa: F401
from translation.review.publish import publish_approved
from translation.sending import hooks as sending_hooks  # noqa: F401
from translation.submit import SubmitPage, SubmitSnippet
from translation.sync.update import UpdateTranslations
from translation.units.segments import translation_of


@hooks.register("register_admin_urls", order=-100)
def before_wagtail_localize() -> list[URLResolver]:
    """Hook: return URLs with the paths of wagtail-localize's own, before which these are found."""
    snippet = "submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/"
    urls = [
        path("submit/page/<int:page_id>/", SubmitPage.as_view(), name="submit_page"),
        path(snippet, SubmitSnippet.as_view(), name="submit_snippet"),
        path("update/<int:translation_source_id>/", UpdateTranslations.as_view(), name="update"),
        *snippets_api_urls(),
    ]
    return [path("localize/", include((urls, "translation_localize")))]


@hooks.register("register_admin_urls")
def alt_text_urls() -> list[URLResolver]:
    urls = [path("<str:code>/<int:image_id>/", AltTextView.as_view(), name="edit")]
    return [path("translation/alt-texts/", include((urls, "translation_alt_texts")))]


@hooks.register("construct_page_action_menu", order=100)
def offer_no_alias(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Hook: remove the menu item of wagtail-localize that turns a translation into an alias."""
    menu_items[:] = [item for item in menu_items if item.name != "localize-convert-to-alias"]


@hooks.register("before_edit_page", order=-50)
def publish_what_is_approved(request: AdminRequest, target: Translatable) -> HttpResponse | None:
    """Hook: on POST with the action "publish" for a translation that follows its source, publish what is approved
    and redirect, in place of wagtail-localize's editor, which publishes all draft texts. Return None for other
    requests. Raise PermissionDenied if the user may not publish."""
    if request.method != "POST" or request.POST.get("action") != "publish" or not translation_of(target):
        return None
    try:
        publish_approved(target, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        names = {"title": target, "language": target.locale.get_display_name()}
        messages.success(request, _("“%(title)s” is published in %(language)s.") % names)
    return redirect(request.path)


hooks.register("before_edit_snippet", publish_what_is_approved, order=-50)
