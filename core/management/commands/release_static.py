import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.core.management import call_command
from django.core.management.base import BaseCommand

from core.whole_files import whole_file

BEFORE = "staticfiles.before.json"
"""The manifest of the previous release."""
UNDER_WAY = "staticfiles.under-way.json"
"""A copy of the previous manifest during a run, with which the next run completes one that was killed."""


class Command(BaseCommand):
    help = (
        "Collects the static files of this release, keeps those of the previous release for open pages and "
        "running processes, and removes older ones. Running it again with the same code changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(settings.STATIC_ROOT)
        current = root / storages["staticfiles"].manifest_name  # type: ignore[attr-defined]  # it has a manifest
        if current.exists() and not (root / UNDER_WAY).exists():
            _copy(current, root / UNDER_WAY)
        call_command("collectstatic", interactive=False, verbosity=0)
        if (root / UNDER_WAY).exists() and _names(root / UNDER_WAY) != _names(current):
            _copy(root / UNDER_WAY, root / BEFORE)
        removed = _prune(root, current)
        (root / UNDER_WAY).unlink(missing_ok=True)
        self.stdout.write(f"{len(_names(current))} static files, {removed} of older releases removed.")


def _names(manifest: Path) -> dict[str, str]:
    """Return the stored names of static files by the names in the code, from a manifest; empty if there is
    none."""
    return json.loads(manifest.read_text())["paths"] if manifest.exists() else {}


def _copy(source: Path, target: Path) -> None:
    with whole_file(target) as file:
        file.write(source.read_bytes())


def _prune(root: Path, current: Path) -> int:
    """Delete the files below `root` that belong neither to the release of the manifest `current` nor to the
    previous one. Return how many were deleted."""
    names = _names(current)
    kept = {*names, *names.values(), *_names(root / BEFORE).values()}
    kept |= {f"{name}{packed}" for name in kept for packed in (".gz", ".br")}
    kept |= {current.name, BEFORE, UNDER_WAY}
    removed = [path for path in root.rglob("*") if path.is_file() and str(path.relative_to(root)) not in kept]
    for path in removed:
        path.unlink()
    return len(removed)
