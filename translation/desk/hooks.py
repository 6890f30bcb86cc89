"""The URLs of the desk."""

from django.urls import include, path
from wagtail import hooks

from core.internals.django import URLResolver
from translation.desk import answers, elsewhere, views


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLResolver]:
    unit = "unit/<int:translation_id>/<int:string_segment_id>/"
    urls = [
        path("<uuid:key>/<str:code>/", views.DeskView.as_view(), name="desk"),
        path(f"{unit}", answers.save, name="save"),
        path(f"{unit}fill/", elsewhere.fill, name="fill"),
        path(f"{unit}helps/", answers.help_for, name="helps"),
        path(f"{unit}history/", views.HistoryView.as_view(), name="history"),
        path("alt-text/<str:code>/<int:image_id>/", answers.save_alternative_text, name="save_alt_text"),
        path("<int:translation_id>/findings/", answers.findings, name="findings"),
        path("<int:translation_id>/ping/", answers.ping, name="ping"),
        path("<int:translation_id>/preview/", answers.preview, name="preview"),
    ]
    return [path("translation/desk/", include((urls, "translation_desk")))]
