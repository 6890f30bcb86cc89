"""URLs of the checks."""

from django.urls import include, path
from wagtail import hooks

from core.internals.django import URLResolver
from translation.checks import views


@hooks.register("register_admin_urls")
def checks_urls() -> list[URLResolver]:
    urls = [
        path("waive/<int:translation_id>/", views.waive, name="waive"),
        path("take-back/<int:waiver_id>/", views.take_back, name="take_back"),
    ]
    return [path("translation/checks/", include((urls, "translation_checks")))]
