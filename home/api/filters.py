"""What a list can be narrowed by beyond its fields, and what a value has to be like."""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.views import View
from rest_framework.request import Request
from wagtail.api.v2.filters import SearchFilter
from wagtail.api.v2.utils import BadRequestError

OPERATORS = ("and", "or")


class Search(SearchFilter):
    """Through the search of the settings, among what the other filters have left."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: View) -> QuerySet[Any]:
        if request.GET.get("search_operator", "and") not in OPERATORS:
            raise BadRequestError(f"search_operator must be one of {', '.join(OPERATORS)}")
        if "search" not in request.GET:
            return queryset
        # One condition that every search can be asked with, whatever has narrowed the list.
        left = type(queryset)(queryset.model).filter(id__in=queryset.order_by().values("id"))
        left = left.select_related(*view.related)
        order = queryset.query.order_by if "order" in request.GET else ()
        return super().filter_queryset(request, left.order_by(*order), view)


def check_keys(parameters: QueryDict, names: Iterable[str]) -> None:
    """Raises BadRequestError where one of them is neither the number of a row nor the root."""
    for name in ("id", *names):
        value = parameters.get(name)
        is_root = value == "root" and name not in ("id", "ancestor_of")
        if value is not None and not is_root and not re.fullmatch(r"[0-9]{1,30}", value):
            raise BadRequestError(f"{name} must be the id of a row")


def year_of(value: str) -> int:
    """Raises BadRequestError."""
    if not re.fullmatch(r"[0-9]{4}", value):
        raise BadRequestError("year must be a year of four digits")
    return int(value)


def slug_of(name: str, value: str) -> str:
    """Raises BadRequestError."""
    if not re.fullmatch(r"[-a-zA-Z0-9_]{1,255}", value):
        raise BadRequestError(f"{name} must be the last part of an address")
    return value
