"""The names of other libraries that are used here and that their documentation does not promise still exist, with
the arguments that they are called with. docs/upgrading.md says what each is for."""

import importlib
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.cache.backends.redis import RedisCache
from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import reverse
from rest_framework.request import Request
from wagtail import VERSION
from wagtail.documents.models import Document
from wagtail.models import Page, Site

from tests.other_libraries import LIBRARIES, OVERRIDDEN, in_adapter, is_private, private_attributes
from translation.localize import names

APPS = {"core", "campaigns", "home", "search", "translation"}
HERE = Path(__file__).parent
# Each name, and of what is called or overridden the names of its arguments.
CONTRACTS: dict[str, tuple[str, ...]] = {
    path: tuple(re.findall(r"\w+", arguments))
    for path, _bracket, arguments in (
        line.partition("(") for line in (HERE / "contracts.txt").read_text().splitlines()
    )
}
# Attributes that only objects have.
OF_OBJECTS: dict[str, Callable[[], Any]] = {
    "_committed": lambda: vars(Document(file="a.pdf").file)["_committed"],
    "_servers": lambda: vars(RedisCache("redis://localhost", {}))["_servers"],
    "_wagtail_route_for_request": lambda: vars(_routed())["_wagtail_route_for_request"],
    "_wagtail_site": lambda: vars(_with_site())["_wagtail_site"],
    "_request": lambda: vars(Request(HttpRequest()))["_request"],
    "_current_workflow_states": lambda: vars(Page.objects.prefetch_workflow_states()[0])[
        "_current_workflow_states"
    ],
    "_prefetched_objects_cache": lambda: vars(_with_children())["_prefetched_objects_cache"],
    "_cached_parent_obj": lambda: vars(_with_parent())["_cached_parent_obj"],
    "ops": lambda: connection.ops,
    "run_on_commit": lambda: connection.run_on_commit,
}
SQLITE = "modelsearch.backends.database.sqlite"
ADMIN_API = re.compile(r"wagtail\.(admin\.api|(images|documents)\.api\.admin)\.")


def _routed() -> HttpRequest:
    request = RequestFactory().get("/")
    Page.route_for_request(request, "/")
    return request


def _with_site() -> HttpRequest:
    request = RequestFactory().get("/")
    Site.find_for_request(request)
    return request


def _with_children() -> Page:
    return Page.objects.filter(depth=2).prefetch_related("sites_rooted_here")[0]


def _with_parent() -> Page:
    page = Page.objects.filter(depth=2).first()
    assert page is not None
    page.get_parent()
    return page


def found(path: str) -> Any:
    """Return what is there. Raises AttributeError or ImportError."""
    *parts, last = path.split(".")
    for count in range(len(parts), 0, -1):
        try:
            subject: object = importlib.import_module(".".join(parts[:count]))
        except ModuleNotFoundError:
            continue
        for part in [*parts[count:], last]:
            subject = getattr(subject, part)
        return subject
    raise ModuleNotFoundError(path)


@pytest.mark.parametrize("path", CONTRACTS)
def test_name__is_there_with_its_arguments(path: str):
    if path.startswith(SQLITE) and connection.vendor != "sqlite":
        pytest.skip("modelsearch has these on SQLite only")
    if ADMIN_API.match(path) and VERSION >= (8, 1):
        pytest.skip("Wagtail 8.1 does not have the admin's API any more")
    subject = found(path)
    if CONTRACTS[path]:
        assert tuple(inspect.signature(subject).parameters) == CONTRACTS[path]


def test_missing_name__is_found():
    with pytest.raises(AttributeError):
        found("wagtail.models.Page.no_such_name")
    with pytest.raises(ModuleNotFoundError):
        found("wagtail_no_such_package.name")


@pytest.mark.parametrize("name", LIBRARIES)
def test_adapters__have_a_contract_for_each_name(name: str):
    without = {
        path for path in in_adapter(name) if not any(f"{each}.".startswith(f"{path}.") for each in CONTRACTS)
    }
    assert without == set()


@pytest.mark.parametrize("name", LIBRARIES)
def test_adapters__are_in_the_document(name: str):
    document = (HERE.parent / "docs" / "upgrading.md").read_text()
    assert {path for path in in_adapter(name) if f"{path.rpartition('.')[2]}`" not in document} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("name", OF_OBJECTS)
def test_attribute__is_set(name: str):
    assert OF_OBJECTS[name]() is not None


def test_adapters__have_a_contract_for_each_private_attribute():
    files = [file for library in LIBRARIES.values() for file in (HERE.parent / library.adapter).rglob("*.py")]
    used = {name for file in files for name in private_attributes(file.read_text())}
    known = {path.rpartition(".")[2] for path in CONTRACTS} | set(OF_OBJECTS)

    assert used - known == set()


def classes_of_ours() -> set[type]:
    """Return the classes of all modules that the server imports."""
    importlib.import_module(settings.ROOT_URLCONF)
    modules = [module for name, module in sys.modules.items() if _is_ours(name)]
    return {each for module in modules for each in vars(module).values() if inspect.isclass(each)}


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] in APPS


def methods(kind: type) -> Iterator[str]:
    for name, method in vars(kind).items():
        if isinstance(method, FunctionType | classmethod | staticmethod) and not name.startswith("__"):
            yield name


def test_overridden_methods__have_a_contract():
    paths = {path for name in ("wagtail", "django") for path in in_adapter(name)}
    known = {id(found(path)): path for path in paths if not (ADMIN_API.match(path) and VERSION >= (8, 1))}
    without = set()
    for kind in classes_of_ours():
        bases = [base for base in kind.__mro__ if id(base) in known]
        ours = [each for each in kind.__mro__ if _is_ours(each.__module__)]
        for name in {name for each in ours for name in methods(each)}:
            base = next((base for base in bases if inspect.isroutine(getattr(base, name, None))), None)
            if base and f"{known[id(base)]}.{name}" not in CONTRACTS:
                without.add(f"{known[id(base)]}.{name}")
    assert without == set()


def test_overridden_private_methods__are_named():
    overridden = {
        name
        for kind in classes_of_ours()
        if _is_ours(kind.__module__) and ".internals." not in kind.__module__
        for name in methods(kind)
        if is_private(name)
        for base in kind.__mro__
        if not _is_ours(base.__module__) and name in vars(base)
    }
    gone = {"_action_from_data"} if VERSION >= (8, 1) else set()
    assert overridden == set(OVERRIDDEN) - gone
    assert set(OVERRIDDEN) <= {path.rpartition(".")[2] for path in CONTRACTS}


@pytest.mark.django_db
def test_names_of_wagtail_localize__are_used_by_it():
    label, codename = names.SUBMIT.split(".")
    assert Permission.objects.filter(content_type__app_label=label, codename=codename).exists()
    assert reverse(names.SUBMIT_PAGE, args=[1])
    assert reverse(names.SUBMIT_SNIPPET, args=["core", "helpline", "1"])
    hooks = inspect.getsource(importlib.import_module("wagtail_localize.wagtail_hooks"))
    assert f'"{names.RESTART}" in request.POST' in hooks
    assert f'"{names.TO_ALIAS}" in request.POST' in hooks
