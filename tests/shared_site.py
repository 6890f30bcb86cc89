"""The site of `tests.site_tree`, made once for the many tests that begin with it: it stands in a transaction that
is never committed, within which each test has its own. A test that does not ask for it does not see it."""

from copy import deepcopy

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.site_tree import SiteTree, make_site


class SharedSite:
    def __init__(self) -> None:
        self._blocker: DjangoDbBlocker | None = None
        self._transaction: transaction.Atomic | None = None
        self._tree: SiteTree | None = None

    def begin(self, blocker: DjangoDbBlocker) -> None:
        """From now on there is a database."""
        self._blocker = blocker

    def suit(self, item: pytest.Item) -> None:
        """Before anything of the test is set up."""
        if not _begins_with_site(item):
            self.close()
        elif self._blocker and not self._tree:
            self._open()

    def of_a_test(self) -> SiteTree:
        """Objects of the test's own, and nothing remembered from the test before."""
        cache.clear()
        return deepcopy(self._tree) if self._tree else make_site()

    def _open(self) -> None:
        assert self._blocker is not None
        with self._blocker.unblock():
            if connection.in_atomic_block:
                return
            self._transaction = transaction.atomic()
            self._transaction.__enter__()
            self._tree = make_site()

    def close(self) -> None:
        if self._tree:
            assert self._blocker is not None
            assert self._transaction is not None
            with self._blocker.unblock():
                transaction.set_rollback(True)
                self._transaction.__exit__(None, None, None)
            self._tree = self._transaction = None


def commits(item: pytest.Item) -> bool:
    """Return whether the test works outside of a transaction."""
    marks = item.iter_markers("django_db")
    return "transactional_db" in getattr(item, "fixturenames", ()) or any(
        mark.kwargs.get("transaction") for mark in marks
    )


def _begins_with_site(item: pytest.Item) -> bool:
    return "site" in getattr(item, "fixturenames", ()) and not commits(item)
