from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.backup import runs
from core.backup.errors import BackupError
from core.backup.restoring import Restored, restore


class Command(BaseCommand):
    help = (
        "Restores the site from a backup into an empty database and an empty media storage, without what was "
        "withdrawn, unpublished or deleted since. The site must not run meanwhile."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("run", nargs="?", type=Path, help="folder of one backup; the newest of BACKUPS")
        parser.add_argument("--check", action="store_true", help="only compare the backup with its checksums")
        parser.add_argument(
            "--without-journal",
            action="store_true",
            help="the journal is lost: what was withdrawn since comes back",
        )

    def handle(self, *args: Any, run: Path | None, check: bool, without_journal: bool, **options: Any) -> None:
        found = run or next(reversed(runs.all_runs(Path(settings.BACKUPS))), None)
        if found is None:
            raise CommandError(f"There is no backup in {settings.BACKUPS}.")
        try:
            if check:
                runs.check(found)
                self.stdout.write(f"{found} is whole.")
                return
            restored = restore(found.resolve(), self.stdout.write, without_journal)
        except (BackupError, OSError) as error:
            raise CommandError(f"{error} Nothing was restored.") from error
        self._tell(restored)

    def _tell(self, restored: Restored) -> None:
        manifest = restored.manifest
        self.stdout.write(f"Restored: {len(manifest.tables)} tables, {len(manifest.media)} files.")
        if restored.lines:
            self.stdout.write("Taken away again:")
        for line in restored.lines:
            self.stdout.write(f"  {line}")
        if restored.uncertain:
            self.stdout.write("Of these nobody knows whether they had happened. Look at them:")
        for entry in restored.uncertain:
            self.stdout.write(f"  {entry}")
