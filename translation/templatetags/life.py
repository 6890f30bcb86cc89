"""Template tags for questions about the other languages of an object: unpublish, delete, move, copy."""

from collections.abc import Iterable

from django import template
from django.contrib.auth.models import User
from django.db import models
from django.template.loader import render_to_string
from wagtail.models import Page

from core.typed import Translatable
from translation.lifecycle.copying import copy_question
from translation.lifecycle.questions import FIELD, Question, consequence, question
from translation.lifecycle.siblings import Deed

register = template.Library()
TEMPLATE = "admin/translation/others.html"


@register.simple_tag
def ask_of_others(
    instance: Translatable, deed: str, user: User, destination: Page | None = None
) -> Question | None:
    """Return the question about the other languages of an object before the action `deed` (a value of `Deed`), or
    None if there is nothing to ask. `destination` is the new parent of a move."""
    return question([instance], Deed(deed), user, destination)


@register.simple_tag
def consequences(instances: Iterable[Translatable] | Translatable, deed: str) -> str:
    """Return as HTML what readers see if only these translations are unpublished or deleted, as `deed` says; no
    line for sources."""
    instances = [instances] if isinstance(instances, models.Model) else instances
    told = [consequence(instance, Deed(deed)) for instance in instances]
    return render_to_string("admin/translation/consequences.html", {"lines": list(filter(None, told))})


@register.simple_tag
def ask_of_copies(page: Page, user: User) -> Question | None:
    """Return the question about the other languages of a page that is copied, or None if it has none."""
    return copy_question(page, user)


@register.simple_tag
def others_form(asked: Question | None) -> str:
    """Return the form fields of a question as HTML, or an empty string if there is no question."""
    return render_to_string(TEMPLATE, {"question": asked, "field": FIELD}) if asked else ""
