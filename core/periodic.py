"""Registry of periodic jobs, which `publish_scheduled` runs each minute."""

from collections.abc import Callable

Deed = Callable[[], object]

_deeds: list[Deed] = []


def register(deed: Deed) -> None:
    """Register a function to be called each minute by `publish_scheduled`, in a transaction of its own."""
    if deed not in _deeds:
        _deeds.append(deed)


def deeds() -> list[Deed]:
    """Return the registered functions."""
    return list(_deeds)
