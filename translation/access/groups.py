"""Rights of groups in languages. The functions add missing rights and never remove any."""

from django.apps import apps as current_apps
from django.apps.registry import Apps
from django.conf import settings
from django.contrib.auth.models import Group
from wagtail.models import Locale

TRANSLATE, REVIEW = "translate", "review"
REVIEWER, TRANSLATOR = "Reviewer", "Translator "


def grant(apps: Apps = current_apps) -> None:
    """Grant each group of translators its own language, and the reviewers all languages except the site's default
    one. Groups that do not exist are skipped; nothing is removed. `apps` may be the historical registry of a
    migration."""
    for locale in apps.get_model("wagtailcore", "Locale").objects.all():
        grant_in(locale, apps)


def grant_in(locale: Locale, apps: Apps = current_apps) -> None:
    """Grant the rights in one language to its translators and to the reviewers. Do nothing for the site's default
    language and for groups that do not exist."""
    code = locale.language_code
    if code == settings.LANGUAGE_CODE:
        return
    groups = apps.get_model("auth", "Group").objects
    for name, action in ((f"{TRANSLATOR}{code}", TRANSLATE), (REVIEWER, REVIEW)):
        if group := groups.filter(name=name).first():
            _give(apps, group, locale, action)


def grant_to(group: Group, apps: Apps = current_apps) -> None:
    """Grant a group the rights that its name stands for: "Reviewer" all languages except the site's default one,
    "Translator <code>" its language. Do nothing for other names, and for languages that do not exist."""
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


def _give(apps: Apps, group: Group, locale: Locale, action: str) -> None:
    rights = apps.get_model("translation", "LanguageRight").objects
    rights.get_or_create(group_id=group.pk, locale_id=locale.pk, action=action)
