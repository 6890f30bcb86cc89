"""Full-text filter of the lists, and checks of the values of parameters."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import QueryDict
from rest_framework.request import Request

from core.internals.django import ordering
from core.internals.wagtail_api import BadRequestError, SearchFilter

if TYPE_CHECKING:
    from home.api.files import Endpoint

OPERATORS = ("and", "or")


class Search(SearchFilter):
    """Full-text search with the backend of WAGTAILSEARCH_BACKENDS among the rows that the other filters have
    left."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: "Endpoint") -> QuerySet[Any]:
        if request.GET.get("search_operator", "and") not in OPERATORS:
            raise BadRequestError(f"search_operator must be one of {', '.join(OPERATORS)}")
        if "search" not in request.GET:
            return queryset
        # Search backends understand only simple conditions. A list of primary keys works with each of them,
        # whatever the other filters were.
        left = type(queryset)(queryset.model).filter(id__in=queryset.order_by().values("id"))
        left = left.select_related(*view.related)
        order = ordering(queryset) if "order" in request.GET else ()
        return super().filter_queryset(request, left.order_by(*order), view)


def check_keys(parameters: QueryDict, names: Iterable[str]) -> None:
    """Raise BadRequestError if `id` or one of these parameters is given and is not a number. "root" is allowed
    too, except for `id` and `ancestor_of`. Whether the row exists is not checked."""
    for name in ("id", *names):
        value = parameters.get(name)
        is_root = value == "root" and name not in ("id", "ancestor_of")
        if value is not None and not is_root and not re.fullmatch(r"[0-9]{1,30}", value):
            raise BadRequestError(f"{name} must be the id of a row")


def year_of(value: str) -> int:
    """Return the value as a year. Raise BadRequestError if it does not consist of four digits."""
    if not re.fullmatch(r"[0-9]{4}", value):
        raise BadRequestError("year must be a year of four digits")
    return int(value)


def slug_of(name: str, value: str) -> str:
    """Return the value as it is. Raise BadRequestError, with the `name` of the parameter, if it cannot be a
    slug."""
    if not re.fullmatch(r"[-a-zA-Z0-9_]{1,255}", value):
        raise BadRequestError(f"{name} must be the last part of an address")
    return value
