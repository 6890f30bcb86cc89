"""The groups' rights in the languages. Run again after a language was added; it adds what is missing."""

from django.apps import apps as current_apps
from django.apps.registry import Apps
from django.conf import settings

TRANSLATE, REVIEW = "translate", "review"


def grant(apps: Apps = current_apps) -> None:
    """Each translators' group its own language, the reviewers all but the site's own."""
    groups = apps.get_model("auth", "Group").objects
    rights = apps.get_model("translation", "LanguageRight").objects
    for locale in apps.get_model("wagtailcore", "Locale").objects.exclude(language_code=settings.LANGUAGE_CODE):
        for name, action in ((f"Translator {locale.language_code}", TRANSLATE), ("Reviewer", REVIEW)):
            if group := groups.filter(name=name).first():
                rights.get_or_create(group_id=group.pk, locale_id=locale.pk, action=action)
