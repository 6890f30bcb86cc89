"""The URLs of the desk."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import include, path
from wagtail import hooks

from core.internals.django import URLPattern, URLResolver
from translation.desk import access, answers, elsewhere, views


def _path(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    return path(route, access.gone_while_answering(view), name=name)


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLResolver]:
    unit = "unit/<int:translation_id>/<int:string_segment_id>/"
    urls = [
        _path("<uuid:key>/<str:code>/", views.DeskView.as_view(), "desk"),
        _path(f"{unit}", answers.save, "save"),
        _path(f"{unit}fill/", elsewhere.fill, "fill"),
        _path(f"{unit}helps/", answers.help_for, "helps"),
        _path(f"{unit}history/", views.HistoryView.as_view(), "history"),
        _path("alt-text/<str:code>/<int:image_id>/", answers.save_alternative_text, "save_alt_text"),
        _path("<int:translation_id>/findings/", answers.findings, "findings"),
        _path("<int:translation_id>/ping/", answers.ping, "ping"),
        _path("<int:translation_id>/preview/", answers.preview, "preview"),
    ]
    return [path("translation/desk/", include((urls, "translation_desk")))]
