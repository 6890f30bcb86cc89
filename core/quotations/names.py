"""Names in the database that a text may set in quotation marks: of campaigns, themes, projects, organisations
and pages."""

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
    """Return the words of those passages that are names of other live objects (one query a kind of thing that has
    names, and none without passages)."""
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


def _seen(model: type[Translatable]) -> models.QuerySet[Any]:
    """The rows that readers see: a draft could be made for the sake of a passage."""
    rows = model._base_manager.all()
    return rows.filter(live=True) if issubclass(model, DraftStateMixin) else rows


def _is_speech(name: str) -> bool:
    """Whether somebody may have said what is stored as a name."""
    folded = fold(name)
    return persons.is_first_person(folded) or persons.is_told(folded) or persons.is_past(folded)


def _forms(text: str) -> set[str]:
    bare = text.strip().rstrip(".,;:!?…")
    return {text, bare, f"{bare}.", f"{bare}!", f"{bare}?", bare[:1].upper() + bare[1:]}
