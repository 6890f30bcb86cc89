"""What the code of an earlier commit answers: run by upgrade.py, in that commit's folder, with its requirements.
Imports nothing of the site but what every commit has, and nothing of the tests."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from functools import partial
from importlib import import_module
from typing import Any

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.exceptions import ValidationError  # noqa: E402
from django.db import DatabaseError, connection, models, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from upgrade_forms import editor_form  # type: ignore[import-not-found]  # noqa: E402  # It stands beside this.
from wagtail.models import Locale, Page, get_page_models  # noqa: E402
from wagtail.snippets.models import get_snippet_models  # noqa: E402

from home.demo.users import demo_password  # noqa: E402

failures = 0


def tell(what: str, result: object, failed: bool) -> None:
    global failures
    failures += failed
    sys.stdout.write(f"  {'FAILED' if failed else 'ok':7} {what:58} {result}\n")
    sys.stdout.flush()


def attempt(what: str, deed: Callable[[], object]) -> None:
    """Do it, and tell what came of it. What it raises of the database or the code is a failure."""
    try:
        tell(what, deed(), failed=False)
    except Exception as error:
        first = str(error).partition("\n")[0]
        tell(what, f"{type(error).__name__}: {first[:300]}", failed=True)


def ask(client: Client, what: str, address: str, wanted: tuple[int, ...] = ()) -> None:
    """`wanted`: the only statuses that are right; else all but those of errors of the server."""

    def get() -> str:
        status = client.get(address).status_code
        if status >= 500 or (wanted and status not in wanted):
            raise RuntimeError(f"{status} {address}")
        return f"{status} {address}"

    attempt(what, get)


def own_models() -> list[type[models.Model]]:
    return [
        each for each in apps.get_models(include_auto_created=True) if each._meta.managed and not each._meta.proxy
    ]


def compare_schema() -> None:
    """Tell of each table of this code whether it can be read and written: no column is missing, and none has
    come that must be filled and fills itself with nothing."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        findings = [finding for model in own_models() for finding in _differences(cursor, model, tables)]
    for finding in findings:
        tell("the schema", finding, failed=True)
    if not findings:
        tell("the schema", f"all {len(own_models())} tables of this code can be read and written", failed=False)


def _differences(cursor: Any, model: type[models.Model], tables: set[str]) -> Iterator[str]:
    table = model._meta.db_table
    if table not in tables:
        yield f"{table} is not there"
        return
    there = {each.name: each for each in connection.introspection.get_table_description(cursor, table)}
    known: dict[str, Any] = {str(field.column): field for field in model._meta.local_concrete_fields}
    # The key of SQLite's full-text tables, which its descriptions leave out.
    known.pop("rowid", None)
    yield from (f"{table}.{name} is not there" for name in sorted(known.keys() - there.keys()))
    for name, column in sorted(there.items()):
        if name not in known and not column.null_ok and column.default is None:
            yield f"{table}.{name} must be filled, which this code does not do"
        elif name in known and known[name].null and not column.null_ok:
            yield f"{table}.{name} may not be empty any more"


def page_types() -> list[type[Page]]:
    return [each for each in get_page_models() if each is not Page]


def samples(model: type[models.Model]) -> list[Any]:
    """Return a live one of each language. What cannot be read at all is told as a failure."""
    found: list[Any] = []
    try:
        for locale in Locale.objects.order_by("pk"):
            found += model._default_manager.filter(locale=locale, live=True).order_by("pk")[:1]
    except DatabaseError as error:
        tell(model.__name__, str(error).partition("\n")[0], failed=True)
    return found


def read_pages(client: Client) -> None:
    for model in page_types():
        found = samples(model)
        for page in found:
            ask(client, f"{model.__name__} in {page.locale.language_code}", page.get_url() or "/", (200, 301, 302))
        if not found:
            tell(model.__name__, "none was asked", failed=False)


def read_others(client: Client) -> None:
    for code in dict(settings.LANGUAGES):
        ask(client, f"home in {code}", f"/{code}/", (200, 302, 404))
        ask(client, f"search in {code}", f"/{code}/search/?q=migration", (200,))
        ask(client, f"suggestions in {code}", f"/{code}/search/suggestions/?q=mig")
    for address in ("/", "/sitemap.xml", "/sitemap-en-1.xml", "/sitemap-news.xml", "/robots.txt", "/readyz"):
        ask(client, "for machines" if address != "/" else "the front door", address)
    for name in ("news_feed", "calendar"):
        ask(client, f"the {name.replace('_', ' ')}", reverse(name), (200,))
    for model in page_types():
        if model.__name__ == "CampaignPage":
            for page in samples(model)[:1]:
                ask(client, "the feed of a campaign", reverse("campaign_feed", args=[page.slug]), (200,))
    for name in ("pages", "images", "documents"):
        ask(client, "a list of the API", f"/api/v2/{name}/", (200,))
    ask(client, "what is not there", "/en/nothing-of-this-name/", (404,))
    ask(client, "the log-in page", reverse("wagtailadmin_login"), (200,))


def log_in(client: Client, user: User) -> str:
    """With a password that this code has hashed: a newer one hashes it anew only when somebody logs in there."""
    user.set_password(demo_password("admin"))
    user.save(update_fields=["password"])
    address = reverse("wagtailadmin_login")
    client.post(address, {"username": "admin", "password": demo_password("admin")})
    if "_auth_user_id" not in client.session:
        raise RuntimeError("The password of the demo is not taken.")
    return address


def read_admin(client: Client) -> None:
    root = Page.objects.get(depth=1)
    ask(client, "the dashboard", reverse("wagtailadmin_home"), (200,))
    ask(client, "the page explorer", reverse("wagtailadmin_explore", args=[root.pk]), (200,))
    for model in page_types():
        for page in samples(model)[:1]:
            ask(
                client,
                f"the explorer at {model.__name__}",
                reverse("wagtailadmin_explore", args=[page.pk]),
                (200,),
            )
    for model in get_snippet_models():
        views = model.snippet_viewset
        ask(client, f"the list of {model.__name__}", reverse(views.get_url_name("list")), (200,))
        for row in model._default_manager.order_by("pk")[:1]:
            ask(
                client,
                f"the editor of {model.__name__}",
                reverse(views.get_url_name("edit"), args=[row.pk]),
                (200,),
            )
    for name in (
        "wagtailimages:index",
        "wagtaildocs:index",
        "wagtailusers_users:index",
        "wagtailadmin_reports:site_history",
    ):
        ask(client, "the admin", reverse(name), (200,))


def _saved(row: Any) -> int:
    return row.revisions.count()


def write(client: Client, user: models.Model) -> None:
    for model in page_types():
        for page in samples(model)[:1]:
            address = reverse("wagtailadmin_pages:edit", args=[page.pk])
            ask(client, f"the editor of {model.__name__}", address, (200,))
            attempt(f"a draft of {model.__name__} is saved", partial(draft, client, address, page))
            attempt(f"a {model.__name__} is published", partial(publish, page, user))
            attempt(f"a copy of {model.__name__} is inserted", partial(insert, page, user))
            attempt(f"a {model.__name__} is deleted", partial(delete, page))
    for model in get_snippet_models():
        for row in model._default_manager.order_by("pk")[:1]:
            attempt(f"a {model.__name__} is saved, and deleted", partial(save_snippet, row, user))


def draft(client: Client, address: str, page: Page) -> str:
    before = _saved(page)
    answer = client.post(address, editor_form(client.get(address), page.get_latest_revision_as_object()))
    if _saved(page) == before:
        form = answer.context and answer.context.get("form")
        raise RuntimeError(f"{answer.status_code}, not saved: {form.errors.as_json() if form else ''}")
    return f"{answer.status_code} {address}"


def publish(page: Page, user: models.Model) -> str:
    with confirmed():
        revision = page.get_latest_revision_as_object().save_revision(user=user)
        revision.publish(user=user)
    page.refresh_from_db()
    if page.live_revision_id != revision.pk:
        raise RuntimeError("It is not what readers see.")
    return f"version {revision.pk}"


def insert(page: Page, user: models.Model) -> str:
    """A page with all that belongs to it, which the database has to take as new; it is taken back."""
    with transaction.atomic(), confirmed():
        names: dict[str, object] = {"slug": "2099"}
        if any(field.name == "year" for field in page._meta.get_fields()):
            names["year"] = 2099
        copy = page.copy(update_attrs=names, keep_live=False, user=user)
        # What is checked at the commit, which does not come.
        connection.check_constraints()
        transaction.set_rollback(True)
    return f"as page {copy.pk}"


def delete(page: Page) -> str:
    """With what this code knows to belong to it: rows of newer tables must not hold it; it is taken back."""
    key = page.pk
    with transaction.atomic(), confirmed():
        Page.objects.get(pk=key).specific.delete()
        connection.check_constraints()
        transaction.set_rollback(True)
    return f"page {key}"


def save_snippet(row: models.Model, user: models.Model) -> str:
    with transaction.atomic(), confirmed():
        if hasattr(row, "save_revision"):
            row.save_revision(user=user)
        row.save()
        key = row.pk
        # A rule of the site that keeps what live pages show is no failure.
        with suppress(ValidationError), transaction.atomic():
            type(row)._default_manager.get(pk=key).delete()
        connection.check_constraints()
        transaction.set_rollback(True)
    return f"number {key}"


def confirmed() -> ExitStack:
    """Publish as a command does, where this code asks before people become public."""
    stack = ExitStack()
    with suppress(ImportError, AttributeError):
        stack.enter_context(import_module("core.publishing.gate").confirmed())
    return stack


def main() -> None:
    # What is not there is asked for on purpose.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    user = get_user_model().objects.get(username="admin")
    readers = Client(headers={"host": "localhost"}, raise_request_exception=False)
    admin = Client(headers={"host": "localhost"}, raise_request_exception=False)
    compare_schema()
    read_pages(readers)
    read_others(readers)
    attempt("the administrator logs in", lambda: log_in(admin, user))
    read_admin(admin)
    write(admin, user)
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()
