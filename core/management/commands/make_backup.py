import logging
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.backup import runs
from core.backup.errors import BackupError
from core.backup.files import locked
from core.backup.making import make
from core.backup.manifest import Manifest

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Makes a complete backup of the database and the stored files while the site runs, then removes old "
        "backups. Leaves no incomplete backup behind."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=Path(settings.BACKUPS), help="folder of all backups")
        parser.add_argument(
            "--keep-days", type=int, default=settings.BACKUP_DAYS, help="days to keep backups; 0: forever"
        )
        parser.add_argument("--prune-only", action="store_true", help="only remove old backups")
        parser.add_argument("--check", action="store_true", help="read the new backup again and verify it")

    def handle(self, *args: Any, to: Path, keep_days: int, prune_only: bool, check: bool, **options: Any) -> None:
        if keep_days < 0:
            raise CommandError("--keep-days must be 0 or more.")
        os.umask(0o077)  # backups hold people's words
        try:
            if not prune_only:
                self._make(to, check)
            if keep_days:
                with locked(to):
                    for name in runs.prune(to, keep_days, timezone.now()):
                        self.stdout.write(f"Removed {name}")
        except (BackupError, OSError) as error:
            logger.error("No backup was made: %s", error)
            raise CommandError(str(error)) from error

    def _make(self, to: Path, check: bool) -> None:
        run = make(to)
        manifest = runs.check(run) if check else Manifest.read(run)
        rows = sum(count for count, _checksum in manifest.tables.values())
        self.stdout.write(f"{run}: {len(manifest.tables)} tables, {rows} rows, {len(manifest.media)} files")
