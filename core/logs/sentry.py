"""Sentry, where the environment names one: what has failed and where in the code, and nothing about people."""

from typing import Any

import sentry_sdk

from core.logs.records import without_personal_data
from core.logs.request_ids import current

KEPT = {
    "event_id", "timestamp", "platform", "level", "logger", "release", "environment", "sdk", "modules",
    "exception", "logentry", "request", "transaction", "tags", "fingerprint", "type",
}  # fmt: skip
KEPT_OF_REQUEST = {"method", "url"}


def start_sentry(dsn: str) -> None:
    """Report errors of this process to Sentry."""
    sentry_sdk.init(
        dsn,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        traces_sample_rate=None,
        server_name="",
        before_send=without_people,
    )


def without_people(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any]:
    """Return the event without what it says about people: who asked, from where, for what, and with which words.

    What an exception says is left out, for it may quote a text or a row; the log of the site has it, under the
    request id that the event has as a tag."""
    kept = {name: value for name, value in event.items() if name in KEPT}
    request = {name: value for name, value in kept.pop("request", {}).items() if name in KEPT_OF_REQUEST}
    if request:
        kept["request"] = request | {"url": without_personal_data(request.get("url", "").partition("?")[0])}
    for exception in kept.get("exception", {}).get("values", ()):
        exception["value"] = ""
        exception.get("mechanism", {}).pop("data", None)
        for frame in exception.get("stacktrace", {}).get("frames", ()):
            frame.pop("vars", None)
    if "logentry" in kept:
        # The text as it stands in the code, before anything is put into it.
        kept["logentry"] = {"message": str(kept["logentry"].get("message", ""))}
    kept["tags"] = {"request_id": current()}
    return kept
