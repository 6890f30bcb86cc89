from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.backup import runs
from core.backup.errors import BackupError
from core.backup.restoring import Restored, restore


class Command(BaseCommand):
    help = (
        "Restores the site from a backup into an empty database and an empty media storage, then withdraws, "
        "unpublishes and deletes again what was since the backup. The site must be stopped."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("run", nargs="?", type=Path, help="folder of a backup; default: the newest in BACKUPS")
        parser.add_argument("--check", action="store_true", help="only compare the backup with its checksums")
        parser.add_argument(
            "--without-journal",
            action="store_true",
            help="restore without the journal: content withdrawn since the backup becomes public again",
        )

    def handle(self, *args: Any, run: Path | None, check: bool, without_journal: bool, **options: Any) -> None:
        found = run or next(reversed(runs.all_runs(Path(settings.BACKUPS))), None)
        if found is None:
            raise CommandError(f"There is no backup in {settings.BACKUPS}.")
        try:
            if check:
                runs.check(found)
                self.stdout.write(f"{found} is complete.")
                return
            restored = restore(found.resolve(), self.stdout.write, without_journal)
        except (BackupError, OSError) as error:
            raise CommandError(f"{error} Nothing was restored.") from error
        self._tell(restored)

    def _tell(self, restored: Restored) -> None:
        manifest = restored.manifest
        self.stdout.write(f"Restored: {len(manifest.tables)} tables, {len(manifest.media)} files.")
        if restored.lines:
            self.stdout.write("Removed again:")
        for line in restored.lines:
            self.stdout.write(f"  {line}")
        if restored.uncertain:
            self.stdout.write("Check these: the journal does not say whether they were done.")
        for entry in restored.uncertain:
            self.stdout.write(f"  {entry}")
