"""Hooks that replace what wagtail-localize offers: its URLs and a menu item. The hooks of this app's packages are
imported here."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem

from core.internals.django import URLResolver
from translation.access.choosers import snippets_api_urls
from translation.alt_texts import hooks as alt_text_hooks  # noqa: F401
from translation.board import hooks as board_hooks  # noqa: F401
from translation.checks import hooks as checks_hooks  # noqa: F401
from translation.desk import hooks as desk_hooks  # noqa: F401
from translation.exchange import hooks as exchange_hooks  # noqa: F401
from translation.glossary import hooks as glossary_hooks  # noqa: F401
from translation.guard import hooks as guard_hooks  # noqa: F401
from translation.launch import hooks as launch_hooks  # noqa: F401
from translation.lifecycle import hooks as life_hooks  # noqa: F401
from translation.localize import buttons, reading, report, texts
from translation.localize.names import TO_ALIAS
from translation.notices import hooks as notices_hooks  # noqa: F401
from translation.progress import hooks as progress_hooks  # noqa: F401
from translation.review import hooks as review_hooks  # noqa: F401
from translation.review.update import UpdateTranslations
from translation.sending import hooks as sending_hooks  # noqa: F401
from translation.sending.submit import SubmitPage, SubmitSnippet

buttons.install()
reading.install()
report.install()
texts.install()


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


@hooks.register("construct_page_action_menu", order=100)
def offer_no_alias(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Hook: remove the menu item of wagtail-localize that turns a translation into an alias."""
    menu_items[:] = [item for item in menu_items if item.name != TO_ALIAS]
