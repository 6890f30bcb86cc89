"""Where uploaded files are stored in a bucket of an S3-compatible service. Loaded only where one is set: boto3 is
large."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from io import BytesIO
from typing import Any, BinaryIO
from urllib.parse import urljoin

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import File
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3File, S3Storage

from core.media.storage import StorageAway
from core.outages.breaker import Breaker, in_one_line

CONNECTING, READING = 2, 5
"""Seconds for the service to take a connection, and between two pieces of an answer."""
PATIENCE = 2
"""Seconds for the question whether the bucket is there."""
IN_MEMORY = 5 * 1024 * 1024
"""Bytes; what is larger is opened as a file in the folder for temporary files."""
NOT_FOUND = 404


class BucketStorage(S3Storage):
    """A private bucket. No object has an ACL, none is overwritten, and no address leads to the bucket: the site
    reads the file and sends it.

    While the service does not answer nobody waits for it: each call raises StorageAway at once, and a thread asks
    until it answers.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"client_config": _config(has_endpoint=bool(options.get("endpoint_url"))), **options})
        self.breaker = Breaker("The bucket of stored files", self._ask_service)

    def get_default_settings(self) -> dict[str, Any]:
        return {
            **super().get_default_settings(),
            "default_acl": None,
            "file_overwrite": False,
            "querystring_auth": False,
            "max_memory_size": IN_MEMORY,
        }

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        """Return an address of the site, as for files on its own machine."""
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name).lstrip("/"))

    def ask(self) -> None:
        """Raise StorageAway where the bucket is not there or cannot be used."""
        with self._asked(self.bucket_name):
            self._ask_service()

    def state(self, name: str) -> tuple[datetime, int]:
        """Return when a file was stored, and its size. Raise FileNotFoundError and StorageAway."""
        with self._asked(name):
            found = self.connection.meta.client.head_object(
                Bucket=self.bucket_name, Key=self._normalize_name(name)
            )
        return found["LastModified"], found["ContentLength"]

    def part(self, name: str, start: int, length: int) -> BinaryIO:
        """Return `length` bytes as they come, without fetching others. Raise FileNotFoundError and StorageAway."""
        if not length:
            return BytesIO()
        asked = f"bytes={start}-{start + length - 1}"
        with self._asked(name):
            found = self.connection.meta.client.get_object(
                Bucket=self.bucket_name, Key=self._normalize_name(name), Range=asked
            )
        return found["Body"]

    def delete(self, name: str) -> None:
        with self._asked(name):
            super().delete(name)

    def exists(self, name: str) -> bool:
        with self._asked(name):
            return super().exists(name)

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with self._asked(name):
            return super().listdir(name)

    def size(self, name: str) -> int:
        return self.state(name)[1]

    def get_modified_time(self, name: str) -> datetime:
        return self.state(name)[0]

    def _open(self, name: str, mode: str = "rb") -> S3File:
        with self._asked(name):
            file = super()._open(name, mode)
            if "r" in mode:
                # Fetches it now, so that whoever reads it later meets no error of the service.
                file.open()
            return file

    def _save(self, name: str, content: File) -> str:
        with self._asked(name):
            return super()._save(name, content)

    def _ask_service(self) -> None:
        self._impatient_client.head_bucket(Bucket=self.bucket_name)

    @cached_property
    def _impatient_client(self) -> Any:
        return self._create_session().client(
            "s3",
            region_name=self.region_name,
            endpoint_url=self.endpoint_url,
            config=self.client_config.merge(_waiting(PATIENCE, PATIENCE, attempts=1)),
        )

    @contextmanager
    def _asked(self, name: str) -> Iterator[None]:
        """Raise errors of the service as those of a storage."""
        if self.breaker.is_open:
            raise StorageAway("It does not answer.")
        try:
            yield
        except ClientError as error:
            is_file = error.response["Error"].get("Code") != "NoSuchBucket" and name != self.bucket_name
            if is_file and error.response["ResponseMetadata"]["HTTPStatusCode"] == NOT_FOUND:
                raise FileNotFoundError(name) from error
            # It answers, and refuses: whoever comes next may ask again.
            raise StorageAway(in_one_line(error)) from error
        except Boto3Error as error:
            raise StorageAway(in_one_line(error)) from error
        except BotoCoreError as error:
            self.breaker.open(error)
            raise StorageAway(in_one_line(error)) from error


def _config(has_endpoint: bool) -> Config:
    return _waiting(CONNECTING, READING, attempts=2).merge(
        Config(
            signature_version="s3v4",
            # What Amazon does by names of hosts other services do by paths, or by both.
            s3={"addressing_style": "path" if has_endpoint else "auto"},
            # Newer checksums are unknown to services that are compatible with an older S3.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
    )


def _waiting(connecting: float, reading: float, attempts: int) -> Config:
    retries = {"total_max_attempts": attempts, "mode": "standard"}
    return Config(connect_timeout=connecting, read_timeout=reading, retries=retries)
