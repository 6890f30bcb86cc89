from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem

from core.rights import only_locales
from translation.guard import refused
from translation.publication import translation_of
from translation.submit import SubmitPage, SubmitSnippet


@hooks.register("register_admin_urls", order=-100)
def submit_before_wagtail_localize() -> list[URLPattern]:
    """On the paths of wagtail-localize's own, which are therefore never reached."""
    return [
        path("localize/submit/page/<int:page_id>/", SubmitPage.as_view()),
        path("localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/", SubmitSnippet.as_view()),
    ]


@hooks.register("construct_page_action_menu", order=100)
def offer_no_alias(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict) -> None:
    menu_items[:] = [item for item in menu_items if item.name != "localize-convert-to-alias"]


@hooks.register("before_edit_snippet", order=-100)
def keep_translators_to_their_language(request: HttpRequest, instance: Model) -> None:
    """Before wagtail-localize's own, which answers with its editor."""
    locales = only_locales(request.user)
    if locales is not None and getattr(instance, "locale_id", None) not in locales:
        raise PermissionDenied


@hooks.register("before_edit_page", order=-50)
def publish_translations_only(request: HttpRequest, target: Model) -> HttpResponse | None:
    """Before wagtail-localize's editor."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    translation = translation_of(target)
    return refused(request, translation) if translation else None


hooks.register("before_edit_snippet", publish_translations_only, order=-50)
