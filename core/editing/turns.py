"""Serialisation of saves: only one at a time for each page or snippet."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

from core.internals.django import unquote
from core.typed import Translatable


def lock_row(model: type[Translatable], pk: object) -> None:
    """Lock the row of a page or snippet until the end of the transaction, which is required: wait for other
    transactions that write it, and make later ones wait. Do nothing if there is no such row."""
    rows = (Page if issubclass(model, Page) else model)._base_manager
    rows.select_for_update().filter(pk=pk).order_by().values_list("pk", flat=True).first()


def in_turn(view: Callable[..., Any], model: type[Translatable], key: str) -> Callable[..., Any]:
    """Return the view, wrapped so that each POST runs in a transaction that locks the row of `model` before the
    view reads it. `key` is the name of the view's argument with the primary key."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            lock_row(model, unquote(str(kwargs[key])))
            return view(request, *args, **kwargs)

    return wrapped
