"""Names in the database that texts may put in quotation marks without quoting anybody, such as those of campaigns,
themes, projects, organisations and pages."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from wagtail.models import DraftStateMixin

from core.quotations import persons
from core.quotations.passages import Passage
from core.quotations.words import bare_words, fold
from core.typed import Translatable

LONGEST = 255


def known_names(subject: Translatable, passages: Iterable[Passage]) -> set[str]:
    """Return the words of those passages that are names of other live objects, but for names that read like speech
    (one query for each model with `name_fields`, none without passages). Passages of more than LONGEST characters
    are no names."""
    written = {form for passage in passages if len(passage.text) <= LONGEST for form in _forms(passage.text)}
    if not written:
        return set()
    found: set[str] = set()
    for model in apps.get_models():
        if fields := getattr(model, "name_fields", ()):
            named = Q(*((f"{name}__in", written) for name in fields), _connector=Q.OR)
            rows = _seen(model).filter(named).exclude(translation_key=subject.translation_key)
            found |= {
                bare_words(value)
                for row in rows.values_list(*fields)
                for value in row
                if value in written and not _is_speech(value)
            }
    return found


def _seen(model: type[models.Model]) -> models.QuerySet[Any]:
    """Return the rows of a model, only the live ones if it has drafts: somebody could create a draft to exempt a
    passage."""
    rows = model._base_manager.all()
    return rows.filter(live=True) if issubclass(model, DraftStateMixin) else rows


def _is_speech(name: str) -> bool:
    """Return whether a stored name reads like words that somebody has said: it is in the first person or the past
    tense, or tells what somebody went through."""
    folded = fold(name)
    return persons.is_first_person(folded) or persons.is_told(folded) or persons.is_past(folded)


def _forms(text: str) -> set[str]:
    """Return a text as it is, without the punctuation at its end, with ".", "!" or "?" instead, and with a capital
    letter."""
    bare = text.strip().rstrip(".,;:!?…")
    return {text, bare, f"{bare}.", f"{bare}!", f"{bare}?", bare[:1].upper() + bare[1:]}
