"""The manifest of a backup: a JSON file that lists its contents."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from core.backup.errors import BackupError
from core.whole_files import whole_file

NAME = "manifest.json"
FORMAT = 1


@dataclass(frozen=True)
class StoredFile:
    """File of the media storage; `digest` is its SHA-256, `is_gone` whether it was deleted during the backup."""

    name: str
    digest: str
    size: int
    modified: str
    is_gone: bool = False


@dataclass
class Manifest:
    """Contents of a backup, stored as JSON with a checksum.

    `engine` is Django's name of the database ("sqlite", "postgresql"). `files` maps the names of the backup's own
    files to their SHA-256. `migrations` lists the applied migrations as "app.name". `tables` maps each table to
    its number of rows and their checksum (`core.backup.checksums`). `media` lists the stored files.
    """

    made_at: str
    engine: str
    server: str
    files: dict[str, str]
    migrations: list[str]
    tables: dict[str, list[Any]]
    media: list[StoredFile] = field(default_factory=list)
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Write the manifest with its checksum, as a whole, into the folder of the backup."""
        content = asdict(self)
        with whole_file(folder / NAME) as file:
            file.write(json.dumps({**content, "checksum": _checksum(content)}, indent=1).encode())

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Return the manifest in the folder. Raise BackupError if it is missing, damaged or of another format."""
        try:
            content = json.loads((folder / NAME).read_bytes())
            checksum = content.pop("checksum")
            if checksum != _checksum(content):
                raise ValueError("its checksum is wrong")
            if content["format"] != FORMAT:
                raise ValueError(f"it is of format {content['format']}, which this version does not know")
            media = [StoredFile(**each) for each in content.pop("media")]
            return cls(media=media, **content)
        except FileNotFoundError:
            raise BackupError(f"{folder} is no backup: it has no {NAME}.") from None
        except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
            raise BackupError(f"The manifest of {folder} cannot be used: {error}. Use another backup.") from error


def _checksum(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
