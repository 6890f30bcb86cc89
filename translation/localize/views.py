"""Views of wagtail-localize, from which this project derives its own. They cannot be imported before there are
models."""

from wagtail_localize.views.snippets_api import SnippetViewSet
from wagtail_localize.views.submit_translations import (
    SubmitPageTranslationView,
    SubmitSnippetTranslationView,
    SubmitTranslationForm,
    SubmitTranslationView,
)
from wagtail_localize.views.update_translations import UpdateTranslationsView

__all__ = [
    "SnippetViewSet",  # shows every snippet to every user
    "SubmitPageTranslationView",  # writes live objects in the target language
    "SubmitSnippetTranslationView",  # the same
    "SubmitTranslationForm",  # does not check whether the object can be sent
    "SubmitTranslationView",  # the type of both views
    "UpdateTranslationsView",  # publishes draft texts that nobody has approved
]
