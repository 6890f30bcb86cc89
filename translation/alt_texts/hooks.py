"""The URL of alternative texts."""

from django.urls import include, path
from wagtail import hooks

from core.internals.django import URLResolver
from translation.alt_texts.texts import AltTextView


@hooks.register("register_admin_urls")
def alt_text_urls() -> list[URLResolver]:
    urls = [path("<str:code>/<int:image_id>/", AltTextView.as_view(), name="edit")]
    return [path("translation/alt-texts/", include((urls, "translation_alt_texts")))]
