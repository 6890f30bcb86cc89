"""What a transaction has changed, gathered while it runs and dealt with once, when it is certain to stay."""

from typing import Self

from django.db import connection


class AfterCommit:
    """A subclass gathers in its attributes, and says in `__call__` what is to be done with them."""

    def __call__(self) -> None:
        raise NotImplementedError

    @classmethod
    def of_transaction(cls) -> Self:
        """Outside of one it is to be told by whoever asked for it: `certain`."""
        for _savepoints, waiting, _robust in connection.run_on_commit:
            if isinstance(waiting, cls):
                return waiting
        gathered = cls()
        if connection.in_atomic_block:
            # Belongs to no savepoint: where one is rolled back, what stayed as it was is dealt with as well.
            # And whoever saves does not fail for it.
            connection.run_on_commit.append((set(), gathered, True))
        return gathered

    def certain(self) -> None:
        """Nothing is going to be rolled back where there is no transaction."""
        if not connection.in_atomic_block:
            self()
