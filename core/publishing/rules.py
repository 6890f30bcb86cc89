"""What apps above this one ask before something goes live, or is written over while it is. They add themselves
here, for the gate knows none of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.contrib.auth.models import User
from wagtail.models import Revision

from core.publishing.findings import Finding
from core.typed import Translatable


class Rule:
    """Finds nothing by itself."""

    def findings(self, subject: Translatable, revision: Revision | None, user: User | None) -> list[Finding]:
        """What stands against this object going live, by this revision or by a plain save, and by whom; without
        a user it is the system."""
        return []

    def shown_findings(self, shown: Translatable, on: date) -> list[Finding]:
        """Return what is found in the content of an object that goes live on a day: the one that is published or a
        draft that goes live with it."""
        return []

    def hints(self, subject: Translatable) -> list[Finding]:
        """Return what the publishing panel tells besides, and nothing waits for."""
        return []

    def chosen_findings(self, subject: Translatable, user: User) -> list[Finding]:
        """Return what the person has put into an object in a form, and may not: asked for drafts and previews as
        well."""
        return []

    def text_findings(self, shown_by: Translatable, text: str, of: str = "") -> list[Finding]:
        """Return what is found in a text of an image or a document that a live object shows; `of` is the text that
        it translates."""
        return []

    def overwritten(self, subject: Translatable) -> list[Finding]:
        """What stands against storing an object that is no longer live, where its row is."""
        return []

    def goes_by_itself(self, draft: Translatable) -> bool:
        """Whether a draft goes live by a way of its own, and never together with what shows it."""
        return False

    def accepted(self, subject: Translatable, revision: Revision, user: User | None) -> None:
        """Called when nothing stands against it, before it goes live or is scheduled."""

    def went_live(self, subject: Translatable, revision: Revision | None) -> None:
        """Called in the same transaction, after it went live."""


_rules: list[Rule] = []
_elsewhere: ContextVar[bool] = ContextVar("reviewed_elsewhere", default=False)


def register(rule: Rule) -> None:
    if rule not in _rules:
        _rules.append(rule)


def findings(subject: Translatable, revision: Revision | None, user: User | None = None) -> list[Finding]:
    return [finding for rule in _rules for finding in rule.findings(subject, revision, user)]


def shown_findings(shown: Translatable, on: date) -> list[Finding]:
    return [finding for rule in _rules for finding in rule.shown_findings(shown, on)]


def hints(subject: Translatable) -> list[Finding]:
    return [finding for rule in _rules for finding in rule.hints(subject)]


def chosen_findings(subject: Translatable, user: User) -> list[Finding]:
    return [finding for rule in _rules for finding in rule.chosen_findings(subject, user)]


def text_findings(shown_by: Translatable, text: str, of: str = "") -> list[Finding]:
    return [finding for rule in _rules for finding in rule.text_findings(shown_by, text, of)]


def overwritten(subject: Translatable) -> list[Finding]:
    return [finding for rule in _rules for finding in rule.overwritten(subject)]


def goes_by_itself(draft: Translatable) -> bool:
    return any(rule.goes_by_itself(draft) for rule in _rules)


def accepted(subject: Translatable, revision: Revision, user: User | None) -> None:
    for rule in _rules:
        rule.accepted(subject, revision, user)


def went_live(subject: Translatable, revision: Revision | None) -> None:
    for rule in _rules:
        rule.went_live(subject, revision)


@contextmanager
def reviewed_elsewhere() -> Iterator[None]:
    """For a loader, which brings what has been reviewed before it was written down."""
    token = _elsewhere.set(True)
    try:
        yield
    finally:
        _elsewhere.reset(token)


def is_reviewed_elsewhere() -> bool:
    return _elsewhere.get()
