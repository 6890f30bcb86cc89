"""The groups' rights in the languages. It adds what is missing and takes nothing away."""

from django.apps import apps as current_apps
from django.apps.registry import Apps
from django.conf import settings

from core.typed import Translatable

TRANSLATE, REVIEW = "translate", "review"
REVIEWER, TRANSLATOR = "Reviewer", "Translator "


def grant(apps: Apps = current_apps) -> None:
    """Each translators' group its own language, the reviewers all but the site's own."""
    for locale in apps.get_model("wagtailcore", "Locale").objects.all():
        grant_in(locale, apps)


def grant_in(locale: Translatable, apps: Apps = current_apps) -> None:
    code = locale.language_code
    if code == settings.LANGUAGE_CODE:
        return
    groups = apps.get_model("auth", "Group").objects
    for name, action in ((f"{TRANSLATOR}{code}", TRANSLATE), (REVIEWER, REVIEW)):
        if group := groups.filter(name=name).first():
            _give(apps, group, locale, action)


def grant_to(group: Translatable, apps: Apps = current_apps) -> None:
    locales = apps.get_model("wagtailcore", "Locale").objects.exclude(language_code=settings.LANGUAGE_CODE)
    if group.name == REVIEWER:
        action = REVIEW
    elif group.name.startswith(TRANSLATOR):
        action = TRANSLATE
        locales = locales.filter(language_code=group.name.removeprefix(TRANSLATOR))
    else:
        return
    for locale in locales:
        _give(apps, group, locale, action)


def _give(apps: Apps, group: Translatable, locale: Translatable, action: str) -> None:
    rights = apps.get_model("translation", "LanguageRight").objects
    rights.get_or_create(group_id=group.pk, locale_id=locale.pk, action=action)
