"""Errors as they come from a database that is away."""

import psycopg2
from django.db import OperationalError


def as_django(error: psycopg2.Error, kind: type[Exception] = OperationalError) -> Exception:
    """Return what Django's wrapper raises for an error of psycopg2."""
    wrapped = kind(*error.args)
    wrapped.__cause__ = error
    return wrapped


def coded(code: str) -> psycopg2.Error:
    error = psycopg2.OperationalError("FATAL:  …")
    error.__setstate__({"pgcode": code})
    return error


CLOSED = psycopg2.OperationalError("server closed the connection unexpectedly\n\tThis probably means …")
