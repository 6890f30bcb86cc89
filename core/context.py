"""Values of context variables during a block."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Value = TypeVar("Value")


@contextmanager
def held(variable: ContextVar[Value], value: Value) -> Iterator[None]:
    """Set the variable inside the context, and set it back at the end."""
    token = variable.set(value)
    try:
        yield
    finally:
        variable.reset(token)
