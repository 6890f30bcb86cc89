import re
from collections.abc import Iterable

from django import template
from django.contrib.auth.models import User
from django.db import models
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from core.typed import Translatable
from translation.lifecycle.copying import copy_question
from translation.lifecycle.questions import FIELD, Question, consequence, question

register = template.Library()
TEMPLATE = "admin/translation/others.html"
FIRST_BUTTON = re.compile(r"<(?:input|button)\b[^>]*\btype=\"submit\"")


@register.simple_tag
def ask_of_others(
    instance: Translatable, deed: str, user: User, destination: Page | None = None
) -> Question | None:
    return question([instance], deed, user, destination)


@register.simple_tag
def consequences(instances: Iterable[Translatable] | Translatable, deed: str) -> str:
    instances = [instances] if isinstance(instances, models.Model) else instances
    told = [consequence(instance, deed) for instance in instances]
    return render_to_string("admin/translation/consequences.html", {"lines": list(filter(None, told))})


@register.simple_tag
def ask_of_copies(page: Page, user: User) -> Question | None:
    return copy_question(page, user)


@register.simple_tag
def others_form(asked: Question | None) -> str:
    return render_to_string(TEMPLATE, {"question": asked, "field": FIELD}) if asked else ""


@register.simple_block_tag
def with_question(content: str, asked: Question | None, told: str = "") -> SafeString:
    """Puts it before the button of the form, after what is told: Wagtail's templates have no block there."""
    start = content.find("csrfmiddlewaretoken")
    button = FIRST_BUTTON.search(content, max(start, 0))
    if not (asked or told) or start < 0 or button is None:
        return mark_safe(content)
    return mark_safe(content[: button.start()] + told + others_form(asked) + content[button.start() :])
