"""What the tests of quoted passages share."""

from typing import Any

from core.publishing.gate import Publication

WORDS = "I sold my phone to pay the broker"
SAID = f"‘{WORDS},’ says Malika Saidova, 16, tells the desk’s paralegal."


def found_in(subject) -> list[Any]:
    return [finding for finding in Publication(subject).findings if finding.code == "quoted_passage"]


def with_text(page, html):
    page.body = [("rich_text", html)]
    page.save_revision()
    return page
