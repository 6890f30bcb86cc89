"""The undocumented names of Django that this project uses, and functions in place of what it has no documented
way for. The module imports no models, so that modules with models can import it."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from itertools import chain
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.admin.utils import quote, unquote
from django.contrib.auth import SESSION_KEY
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.mail import DNS_NAME
from django.core.management.color import no_style
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import SeparateDatabaseAndState
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState
from django.db.models import ManyToOneRel, Model, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.fields.files import FieldFile, ImageFieldFile
from django.db.models.lookups import In
from django.db.models.sql import AND, Query
from django.db.models.sql.compiler import SQLCompiler
from django.forms import fields_for_model
from django.urls import URLPattern, URLResolver
from django.utils.cache import get_conditional_response
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.functional import SimpleLazyObject
from django.utils.http import escape_leading_slashes, url_has_allowed_host_and_scheme
from django.utils.text import Truncator, capfirst, get_valid_filename
from django.utils.translation import get_language_from_path
from django.utils.translation.trans_real import parse_accept_lang_header
from django.utils.xmlutils import SimplerXMLGenerator

if TYPE_CHECKING:
    from django.core.cache.backends.redis import RedisCache
    from redis import Redis

__all__ = [
    "DEFAULT_TIMEOUT",  # the default of a cache's method that is overridden
    "DNS_NAME",  # the domain of a mail's id
    "MONTHS",  # translated names of months
    "SESSION_KEY",  # finding the sessions of a user
    "BaseDatabaseWrapper",  # type of a connection
    "Choose",
    "Combinable",  # type of expressions
    "ImageFieldFile",  # images of other libraries' fields are cleaned, too
    "MigrationLoader",  # whether a backup fits the code
    "MigrationRecorder",  # the migrations that a backup was made with
    "SQLCompiler",  # type of an argument of `Expression.as_sql()`
    "SimpleLazyObject",  # what most requests do not ask for
    "SimplerXMLGenerator",  # feeds and sitemaps are written by it
    "Truncator",  # shortening texts at words
    "URLPattern",  # type of URL patterns
    "URLResolver",  # type of included URL patterns
    "UnknownToDatabase",
    "adapted",
    "capfirst",  # labels that begin a line
    "compiled",
    "compiled_part",
    "compiler_of",
    "constant_time_compare",  # comparing secrets
    "count_up_to",
    "date_format",  # dates as the reader's language writes them
    "escape_leading_slashes",  # redirects that stay on the site
    "fields_for_model",  # form fields of a second model
    "forget_prefetched",
    "get_conditional_response",  # 304 where the client has the content
    "get_language_from_path",  # the language of a URL
    "get_valid_filename",  # names of files in a ZIP
    "insert_own_columns",
    "is_committed",
    "is_password_unset",
    "ordering",
    "parse_accept_lang_header",  # the languages that a browser prefers
    "quote",  # primary keys in the admin's URLs, as Wagtail writes them
    "quote_name",
    "redis_client",
    "remember_prefetched",
    "rows_by",
    "salted_hmac",  # keyed digests
    "sequence_reset_statements",
    "server_addresses",
    "unquote",  # the reverse of `quote`
    "url_has_allowed_host_and_scheme",  # "next" leads nowhere else
    "waiting_for_commit",
    "without_all_rows",
]

Waiting = list[tuple[set[str], Callable[[], object], bool]]


def adapted(value: object, using: str = "default") -> Any:
    """Return a value as Django passes it to the database: dates, datetimes and UUIDs adapted, others unchanged."""
    if isinstance(value, datetime.datetime):
        return connections[using].ops.adapt_datetimefield_value(value)
    if isinstance(value, datetime.date):
        return connections[using].ops.adapt_datefield_value(value)
    if isinstance(value, UUID) and not connections[using].features.has_native_uuid_field:
        return value.hex
    return value


def compiled(queryset: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    """Return SQL and parameters of a query, to use them in statements that Django cannot write. Raise
    EmptyResultSet if it cannot have rows."""
    sql, params = queryset.query.get_compiler(using=queryset.db).as_sql()
    return sql, tuple(params)


def compiled_part(queryset: QuerySet[Any], expression: Any) -> tuple[str, tuple[Any, ...]]:
    """Return SQL and parameters of an expression of a query of one table. The table's name stands before its
    columns, and an alias before those of subqueries."""
    sql, params = queryset.query.get_compiler(using=queryset.db).compile(expression)
    return sql, tuple(params)


def compiler_of(queryset: QuerySet[Any]) -> tuple[SQLCompiler, str, tuple[Any, ...]]:
    """Return a compiler that has compiled a query, and knows how to read its rows, with SQL and parameters."""
    compiler = queryset.query.get_compiler(using=queryset.db)
    sql, params = compiler.as_sql()
    columns = [column for column, *_rest in compiler.select[: compiler.col_count]]
    converters, is_composite = compiler.get_converters(columns), compiler.has_composite_fields(columns)
    compiler.get_converters = lambda expressions: converters
    compiler.has_composite_fields = lambda expressions: is_composite
    return compiler, sql, tuple(params)


Choose = Callable[[list[Any], dict[str, int], Callable[[Any], Any]], list[Any]]
"""A function that returns some of the rows of a query of instances, as the database returns them, before Django
converts their values and makes instances of them. It is given the places of the fields in a row, and a function
that returns a row with converted values."""


def rows_by(
    queryset: QuerySet[Any],
    compiler: SQLCompiler,
    sql: str,
    params: tuple[Any, ...],
    choose: Choose | None = None,
) -> Iterator[Any]:
    """Return the rows of a query that `compiler` has compiled before, in this or another thread, executed with
    other parameters when the first is asked for; those that `choose` returns, if it is given."""
    known = copy(compiler)
    known.connection = connections[queryset.db]
    known.as_sql = lambda *args, **kwargs: (sql, params)  # type: ignore[method-assign]
    if choose:
        own = (compiler.klass_info or {})["select_fields"]
        places = {compiler.select[place][0].target.attname: place for place in own}
        read = known.results_iter

        def chosen(results: Iterable[Any], *args: Any, **kwargs: Any) -> Iterator[Any]:
            rows = list(chain.from_iterable(results))
            return read([choose(rows, places, lambda row: next(read([[row]])))], *args, **kwargs)

        known.results_iter = chosen  # type: ignore[method-assign, assignment]
    found = queryset.all()
    found.query.get_compiler = lambda *args, **kwargs: known  # type: ignore[method-assign]
    # No queryset, of which others could be made: they would have the same compiler.
    return chain.from_iterable([found])


def remember_prefetched(row: Model, relation: ManyToOneRel, found: Any) -> None:
    """Let the manager of a relation return these rows, as after `prefetch_related_objects()`."""
    row.__dict__.setdefault("_prefetched_objects_cache", {})[relation.cache_name] = found


def forget_prefetched(row: Model, relation: ManyToOneRel) -> None:
    """Let the manager of a relation ask the database again."""
    row.__dict__.get("_prefetched_objects_cache", {}).pop(relation.cache_name, None)


def insert_own_columns(rows: Sequence[Model], at_once: int = 90) -> None:
    """Insert what a model of several tables has in its own: the rows of its parents exist. Django's
    `bulk_create()` refuses such models."""
    model = type(rows[0])
    fields = model._meta.local_concrete_fields
    for start in range(0, len(rows), at_once):
        model._base_manager._insert(  # type: ignore[attr-defined]  # not in the stubs
            rows[start : start + at_once], fields=fields, using=connection.alias
        )


def is_committed(file: FieldFile) -> bool:
    """Return whether the file of a field is in the storage; a new upload is not until its row is saved."""
    return file._committed  # type: ignore[attr-defined]  # not in the stubs


def is_password_unset(user: Model) -> bool:
    """Return whether `set_password()` was not called since the user was saved: then a changed hash is that of the
    same password."""
    return user._password is None  # type: ignore[attr-defined]  # of users alone


def ordering(queryset: QuerySet[Any]) -> tuple[Any, ...]:
    """Return the arguments of the last `order_by()`; empty if only the model orders."""
    return tuple(queryset.query.order_by)


def without_all_rows(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Return the query without the conditions that a row is among all rows of its model, as Wagtail asks for a
    superuser: SQLite would read all rows for them."""
    found = queryset.all()
    where = found.query.where
    if where.connector == AND and not where.negated:
        where.children = [each for each in where.children if not _asks_for_all(each, queryset.model)]
    return found


def count_up_to(queryset: QuerySet[Any], most: int) -> int:
    """Return the number of rows of a query, or `most` if it has more; the rows of a sliced query are all counted.
    Annotations are not computed."""
    if queryset.query.is_sliced:
        return queryset.count()
    found = queryset.order_by()
    if not (found.query.combinator or found.query.values_select or found.query.distinct):
        found = found.values("pk")
    return found[:most].count()


def _asks_for_all(condition: Any, model: type[Model]) -> bool:
    rows = getattr(condition, "rhs", None)
    if not isinstance(condition, In) or not isinstance(rows, Query) or rows.model is not model:
        return False
    if rows.where or rows.is_sliced or len(rows.alias_map) > 1:
        return False
    return bool(
        getattr(condition.lhs, "target", None) == model._meta.pk and rows.values_select in (("pk",), ("id",))
    )


def quote_name(name: str) -> str:
    """Return the name of a table as it stands in a statement."""
    return connection.ops.quote_name(name)


def redis_client(cache: "RedisCache") -> "Redis":
    """Return the client of the server that a cache writes to."""
    return cache._cache.get_client(write=True)


def sequence_reset_statements(models: Iterable[type[Model]]) -> list[str]:
    """Return the statements that move the sequences of primary keys past those of the rows."""
    return connection.ops.sequence_reset_sql(no_style(), list(models))


def server_addresses(cache: "RedisCache") -> list[str]:
    """Return the URLs of the servers of a cache."""
    return cache._servers  # type: ignore[attr-defined]  # not in the stubs


def waiting_for_commit() -> Waiting:
    """Return the functions that the default connection calls after its commit, each with the savepoints that it
    depends on, and whether its errors are only logged. What is added to the list is called, too."""
    return connection.run_on_commit  # type: ignore[return-value]  # django-stubs leave out the third part


class UnknownToDatabase(SeparateDatabaseAndState):
    """Change what the database does not know, as are labels and help texts (operation of a migration).

    The models of a migration are made once after all these changes. Django makes a model, with all that it is
    related to, anew after each of them.
    """

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        # Django does so itself where it has put off making models.
        vars(state).pop("apps", None)
        super().state_forwards(app_label, state)
