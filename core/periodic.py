"""What a day brings with it without anybody saving anything. The apps above this one add what they have to do
then; `publish_scheduled` does it, each minute."""

from collections.abc import Callable

Deed = Callable[[], object]

_deeds: list[Deed] = []


def register(deed: Deed) -> None:
    if deed not in _deeds:
        _deeds.append(deed)


def deeds() -> list[Deed]:
    return list(_deeds)
