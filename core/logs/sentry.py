"""Error reports to Sentry, if the environment sets a DSN: the error and its place in the code, without personal
data."""

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
    """Report errors of this process to Sentry from now on, without personal data. `dsn` is the address of the
    project."""
    sentry_sdk.init(
        dsn,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        traces_sample_rate=None,
        server_name="",
        before_send=without_people,  # type: ignore[arg-type]  # an Event is a dict
    )


def without_people(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any]:
    """Return the event, which is changed, without personal data: user, address, query, local variables and
    messages of exceptions. Only the parts in KEPT are left.

    Messages may quote texts or rows. The site's log has them under the request id, which is a tag of the event.
    """
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
        # The format string in the code, without its parameters.
        kept["logentry"] = {"message": str(kept["logentry"].get("message", ""))}
    kept["tags"] = {"request_id": current()}
    return kept
