from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from core.references.files import differences, source_label, sources, write_rows
from core.references.models import ShownFile


class Command(BaseCommand):
    help = (
        "Rebuilds the table of images and documents that each page and person shows. Needed only after content "
        "was added without saving it in the site (loaddata, SQL)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Change nothing; list differences and fail if there are any."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        check, changed, known = options["check"], 0, set()
        for source in sources():
            known.add((source_label(source), source.pk))
            missing, superfluous = differences(source)
            for word, files in (("missing", missing), ("superfluous", superfluous)):
                changed += len(files)
                for model, key in sorted(files):
                    self.stdout.write(f"{word}: {model} {key}, shown by {source_label(source)} {source.pk}")
            if not check and (missing or superfluous):
                write_rows(source)
        changed += self._without_source(known, check)
        if check and changed:
            raise CommandError(f"{changed} rows differ. Run it without --check.")
        self.stdout.write(
            f"{'Compared' if check else 'Wrote'} {len(known)} pages and people, {changed} rows changed."
        )

    @transaction.atomic
    def _without_source(self, known: set[tuple[str, int]], check: bool) -> int:
        """Delete the rows whose source is not among `known`, as it does not exist any more, list them, and return
        how many. With `check` only list and count them."""
        rows = ShownFile.objects.values_list("pk", "source_model", "source_id").iterator()
        gone = [pk for pk, model, key in rows if (model, key) not in known]
        for pk in gone:
            self.stdout.write(f"superfluous: row {pk}, source does not exist")
        if not check:
            ShownFile.objects.filter(pk__in=gone).delete()
        return len(gone)
