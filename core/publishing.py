"""The publishing gate: what is live has passed its checks, by whatever path it went live."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError


@dataclass(frozen=True)
class Finding:
    """What is wrong, where, and how to mend it. `field` is a form field's name, or "" for the whole;
    `block_path` leads into a StreamField: the ids of the blocks from the outside in."""

    code: str
    message: str
    field: str = ""
    block_path: tuple[str, ...] = ()


class PublishBlocked(ValidationError):
    """Made from a dict, for wagtail-localize reads `error_dict`."""


class PublishGate:
    """For pages and snippets. A model adds its own checks in `publish_findings`."""

    def publish_findings(self) -> list[Finding]:
        return []
