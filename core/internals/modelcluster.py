"""Undocumented names of django-modelcluster."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.db.models import Model
from modelcluster import models

MOST = 200
"""For how many classes relations are kept: more than there are, besides those of migrations."""
Found = list[Any]


def install() -> None:
    """Let the child relations of a class be found once in a process. modelcluster looks through all fields of the
    class for each instance that is made."""
    models.get_all_child_relations = _found_once(models.get_all_child_relations)
    models.get_all_child_m2m_relations = _found_once(models.get_all_child_m2m_relations)


def _found_once(find: Callable[[type[Model]], Found]) -> Callable[[Model | type[Model]], Found]:
    known = lru_cache(maxsize=MOST)(find)
    return lambda model: known(model._meta.model)
