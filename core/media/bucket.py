"""Storage of uploaded files in a bucket of an S3-compatible service.

The module is imported only if the settings name a bucket, as boto3 takes much memory.
"""

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
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3File, S3Storage

from core.media.storage import StorageAway
from core.outages.breaker import Breaker, in_one_line
from core.typed import AnyFile

CONNECTING, READING = 2, 5
"""Timeouts in seconds: until a connection is made, and between two parts of an answer."""
PATIENCE = 2
"""Timeout in seconds of the request that checks whether the bucket is available."""
IN_MEMORY = 5 * 1024 * 1024
"""Bytes. Larger files are opened as temporary files on disk."""
NOT_FOUND = 404


class BucketStorage(S3Storage):
    """Storage in a private bucket. Objects have no ACL and are never overwritten. URLs lead to the site, which
    reads the object and sends it.

    After the service has not answered once, each call raises StorageAway at once, and a thread checks until the
    service answers again.
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
        """Return a URL of the site, as for files in a local folder."""
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name).lstrip("/"))

    def ask(self) -> None:
        """Raise StorageAway if the bucket is missing, refuses access or does not answer."""
        with self._asked(self.bucket_name):
            self._ask_service()

    def state(self, name: str) -> tuple[datetime, int]:
        """Return when a file was stored, and its size in bytes. Raise FileNotFoundError if it is missing, or
        StorageAway."""
        with self._asked(name):
            found = self.connection.meta.client.head_object(
                Bucket=self.bucket_name, Key=self._normalize_name(name)
            )
        return found["LastModified"], found["ContentLength"]

    def part(self, name: str, start: int, length: int) -> BinaryIO:
        """Return a stream of `length` bytes from `start`; only these are fetched.

        Raise FileNotFoundError if the file is missing, or StorageAway.
        """
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
                # Fetch the content now, so that later reads cannot fail.
                file.open()
            return file

    def _save(self, name: str, content: AnyFile) -> str:
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
        """Turn errors of the service within the block into StorageAway, or FileNotFoundError if only the file
        `name` is missing. Raise StorageAway at once while the breaker is open; an error of the connection opens
        it."""
        if self.breaker.is_open:
            raise StorageAway("It does not answer.")
        try:
            yield
        except ClientError as error:
            is_file = error.response["Error"].get("Code") != "NoSuchBucket" and name != self.bucket_name
            if is_file and error.response["ResponseMetadata"]["HTTPStatusCode"] == NOT_FOUND:
                raise FileNotFoundError(name) from error
            # The service answers, and refuses: later calls may try again.
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
            # Amazon names the bucket in the host name, other services in the path or in either.
            s3={"addressing_style": "path" if has_endpoint else "auto"},
            # Services that are compatible with an older S3 do not know newer checksums.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
    )


def _waiting(connecting: float, reading: float, attempts: int) -> Config:
    retries = {"total_max_attempts": attempts, "mode": "standard"}
    return Config(connect_timeout=connecting, read_timeout=reading, retries=retries)
