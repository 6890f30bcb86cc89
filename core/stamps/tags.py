"""The names of dependency tags. A tag is a short ASCII string."""

from typing import Any

from django.db.models import Model
from wagtail.models import Page

EVERYTHING = "*"
"""The tag of every page: menus, languages, view restrictions and the like."""
ANYTHING = "any"
"""A tag that each stamping stamps: of sitemaps and whatever else sums up the whole site."""


def row(instance: Model) -> str:
    """Return the tag of the fields of a row that more than its own page shows. The row of a page of any class has
    one tag."""
    return row_of(type(instance), instance.pk)


def row_of(model: type[Model], pk: Any) -> str:
    """Return the tag of the row of a model with this primary key."""
    return f"{'page' if issubclass(model, Page) else model._meta.label_lower}:{pk}"


def body(page: Page) -> str:
    """Return the tag of everything that a page contains, its body included."""
    return body_of(page.pk)


def body_of(pk: int) -> str:
    """Return the tag of everything that the page with this primary key contains."""
    return f"body:{pk}"


def menu(locale: int) -> str:
    """Return the tag of which pages the menu of a language (primary key) shows."""
    return f"menu:{locale}"


def key(translation_key: Any) -> str:
    """Return the tag of the languages in which an object is shown: stamped when one of them appears or goes."""
    return f"key:{translation_key}"


def below(path: str) -> str:
    """Return the tag of the list of pages directly below the page with this tree path."""
    return f"below:{path}"


def listed(scope: Any, locale: int | None, year: int | None = None) -> str:
    """Return the tag of what a list, or one year of it, shows to readers of one language (primary key), and in
    which order. `scope` is what the list belongs to."""
    return f"list:{scope}:{locale}:{year or ''}"


def content(scope: Any, locale: int, part: str | int = "") -> str:
    """Return the tag of everything that a list shows to readers of one language, or of a part of it: a year, or a
    kind. It is stamped also when something of it is edited. Sitemaps ask it, pages do not."""
    return f"content:{scope}:{locale}:{part}"


def table(name: str) -> str:
    """Return the tag of the choice of rows of a table: stamped when a row appears, goes, or changes in a field by
    which rows are chosen or sorted."""
    return f"table:{name}"
