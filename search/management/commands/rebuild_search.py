"""Rebuilds the search indexes."""

import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from modelsearch.backends.base import BaseIndex
from wagtail.models import Page
from wagtail.search.index import Indexed

from core import work
from core.internals.modelsearch.indexing import get_indexed_models
from core.internals.wagtail_models import get_search_backends
from core.visibility import public_pages
from search import following, indexer, vocabulary
from search.engines import engine
from search.models import Entry

AT_ONCE = 200
"""Objects that are written together."""
WIDTH = 30
"""Characters of the progress bar."""


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--due", action="store_true", help="only pages with a consent that has ended since")
        what.add_argument("--readers", action="store_true", help="only the readers' search, not the admin's")

    def handle(self, *args: Any, due: bool, readers: bool, **options: Any) -> None:
        self.quiet = options["verbosity"] == 0
        if due:
            ended = following.record_ended()
            work.perform(following.ENTRIES)
            self.say(f"{ended} pages written.")
            return
        if not readers:
            self.rebuild_admin()
        # Pages with recorded work are not found. The rebuild does the work that is recorded now; what is recorded
        # from now on is left to the worker.
        recorded = work.rows_of(following.NAMES)
        self.rebuild_entries()
        engine().merge()
        work.forget(recorded)

    def say(self, line: str) -> None:
        """Print a line, unless the verbosity is 0."""
        if not self.quiet:
            self.stdout.write(line)

    def rebuild_admin(self) -> None:
        """Rebuild the indexes of all search backends that can be rebuilt, as Wagtail's `update_index` does."""
        for backend in get_search_backends():
            if not backend.rebuilder_class:
                continue
            indexes = {index.get_key(): index for index in backend.all_indexes()}
            for key, index in indexes.items():
                models = [
                    each for each in get_indexed_models() if backend.get_index_for_model(each).get_key() == key
                ]
                rebuilder = backend.rebuilder_class(index)
                index = rebuilder.start()
                for model in models:
                    index.add_model(model)
                    self.rebuild_model(index, model)
                rebuilder.finish()

    def rebuild_model(self, index: BaseIndex, model: type[Indexed]) -> None:
        """Index all objects of a model that are to be indexed, AT_ONCE at a time."""
        rows = model.get_indexed_objects()
        ids = list(rows.order_by("pk").values_list("pk", flat=True))
        for some in self.progress(str(model._meta.verbose_name_plural), ids):
            index.add_items(model, list(rows.filter(pk__in=some)))

    def rebuild_entries(self) -> None:
        """Write all entries of the readers' index, delete those of pages that are not public, and replace the
        vocabulary."""
        pages = public_pages(Page.objects.filter(depth__gt=1))
        keys = sorted(set(pages.order_by().values_list("translation_key", flat=True)))
        Entry.objects.exclude(translation_key__in=pages.order_by().values("translation_key")).delete()
        counts: vocabulary.Counts = Counter()
        written = 0
        for some in self.progress("for readers", keys):
            written += indexer.update(some, counts)
        vocabulary.replace(counts)
        self.say(f"{written} pages for readers, {len(counts)} words.")

    def progress(self, name: str, ids: list[Any]) -> Iterator[list[Any]]:
        """Yield slices of AT_ONCE `ids` and show the progress under a name: a bar on a terminal, one line at the
        end elsewhere; nothing if the verbosity is 0."""
        began = time.monotonic()
        bar = sys.stdout.isatty() and not self.quiet
        for start in range(0, len(ids), AT_ONCE):
            yield ids[start : start + AT_ONCE]
            if bar:
                done = min(start + AT_ONCE, len(ids))
                full = WIDTH * done // len(ids)
                line = f"\r{name[:24]:24} [{'#' * full}{' ' * (WIDTH - full)}] {done}/{len(ids)}"
                self.stdout.write(line, ending="")
                self.stdout.flush()
        if ids:
            text = f"{name[:24]:24} {len(ids)} in {time.monotonic() - began:.1f} s"
            self.say(f"\r{text:80}" if bar else text)
