"""An S3-compatible service of a test's own, over HTTP. What it holds is in the memory of this process, and still
there after the service was stopped and started again."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import boto3
from moto.server import ThreadedMotoServer

HOST = "127.0.0.1"
KEYS = {"AWS_ACCESS_KEY_ID": "key-of-the-site", "AWS_SECRET_ACCESS_KEY": "secret-of-the-site"}
REGION = "eu-central-1"


class Bucket:
    def __init__(self, name: str) -> None:
        self.name = name
        self.port = 0
        self._server: ThreadedMotoServer | None = None

    @property
    def endpoint(self) -> str:
        return f"http://{HOST}:{self.port}"

    def start(self) -> None:
        self._server = ThreadedMotoServer(HOST, self.port, verbose=False)
        self._server.start()
        self.port = self._server.get_host_and_port()[1]

    def stop(self) -> None:
        if self._server:
            self._server.stop()
            # The thread has ended, and its socket still takes connections.
            listening = self._server._server
            assert listening is not None
            listening.server_close()
        self._server = None

    def make(self) -> None:
        """Unless it is still there from before, in the memory of this process."""
        place = {"LocationConstraint": REGION}
        with suppress(self._client.exceptions.BucketAlreadyOwnedByYou):
            self._client.create_bucket(Bucket=self.name, CreateBucketConfiguration=place)

    def names(self) -> set[str]:
        found = self._client.list_objects_v2(Bucket=self.name).get("Contents", [])
        return {each["Key"] for each in found}

    def content(self, name: str) -> bytes:
        return self._client.get_object(Bucket=self.name, Key=name)["Body"].read()

    def grants(self, name: str) -> set[str]:
        """Return what others than the owner may do with an object."""
        acl = self._client.get_object_acl(Bucket=self.name, Key=name)
        return {each["Permission"] for each in acl["Grants"] if each["Grantee"].get("ID") != acl["Owner"]["ID"]}

    def empty(self) -> None:
        for name in self.names():
            self._client.delete_object(Bucket=self.name, Key=name)

    @property
    def _client(self):
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name=REGION,
            aws_access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
        )


@contextmanager
def running(name: str) -> Iterator[Bucket]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    bucket = Bucket(name)
    bucket.start()
    bucket.make()
    try:
        yield bucket
    finally:
        bucket.stop()
