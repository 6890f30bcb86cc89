from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from campaigns.listings import writing


class Command(BaseCommand):
    help = (
        "Compares the table of what lists show with the content, and fails if they differ. Needed only after "
        "content was added without saving it in the site (loaddata, SQL)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--repair", action="store_true", help="Write what differs.")
        what.add_argument("--rebuild", action="store_true", help="Write the whole table anew.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rebuild"]:
            writing.rebuild()
        elif options["repair"]:
            writing.repair()
        superfluous, missing = 0, 0
        for keys in writing.slices(writing.all_keys()):
            gone, new = writing.differences(keys)
            superfluous, missing = superfluous + len(gone), missing + len(new)
        if superfluous or missing:
            raise CommandError(f"{superfluous} rows are wrong, {missing} are missing. Run it with --repair.")
        if writing.months_differ():
            raise CommandError("The numbers of stories by month are wrong. Run it with --repair.")
        self.stdout.write("The lists are as they must be.")
