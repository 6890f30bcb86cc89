"""The registry of publishing checks from other packages and apps, which the publishing gate does not import."""

from contextlib import AbstractContextManager
from contextvars import ContextVar
from datetime import date

from django.contrib.auth.models import User
from wagtail.models import Revision

from core.context import held
from core.findings import Finding
from core.typed import Translatable


class Rule:
    """The base class of publishing checks, in which each check finds nothing. Register an instance of a
    subclass."""

    def findings(self, subject: Translatable, revision: Revision | None, user: User | None) -> list[Finding]:
        """Return the findings on publishing this object. `revision` is None if a plain save publishes, `user` is
        None if the system publishes."""
        return []

    def shown_findings(self, shown: Translatable, on: date) -> list[Finding]:
        """Return the findings on the content of an object that goes live on that day: the published object or a
        draft that goes live with it."""
        return []

    def hints(self, subject: Translatable) -> list[Finding]:
        """Return remarks for the publishing panel that do not block publishing."""
        return []

    def chosen_findings(self, subject: Translatable, user: User) -> list[Finding]:
        """Return the findings on choices in a form that `user` may not make. They are asked for whenever a form
        with a user is validated, also for drafts and previews."""
        return []

    def text_findings(self, shown_by: Translatable, text: str, of: str = "") -> list[Finding]:
        """Return the findings on one text of an image or document that the live object `shown_by` shows. `of` is
        the source text, if `text` is a translation."""
        return []

    def overwritten(self, subject: Translatable) -> list[Finding]:
        """Return the reasons against saving an object that is not live over its row, which may be live."""
        return []

    def goes_by_itself(self, draft: Translatable) -> bool:
        """Return whether a draft is only ever published by itself, and never together with an object that shows
        it."""
        return False

    def accepted(self, subject: Translatable, revision: Revision, user: User | None) -> None:
        """Do something once the checks have passed, before the revision goes live or is scheduled; by default
        nothing."""

    def went_live(self, subject: Translatable, revision: Revision | None) -> None:
        """Do something after the object went live, in the same transaction; by default nothing. `revision` is None
        if a plain save published the object."""


_rules: list[Rule] = []
_elsewhere: ContextVar[bool] = ContextVar("reviewed_elsewhere", default=False)


def register(rule: Rule) -> None:
    """Add a rule, unless it is registered already. The functions below ask all registered rules."""
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


def reviewed_elsewhere() -> AbstractContextManager[None]:
    """Let rules that require a review pass inside the context: a loader imports texts reviewed elsewhere."""
    return held(_elsewhere, True)


def is_reviewed_elsewhere() -> bool:
    """Return whether the code runs inside `reviewed_elsewhere()`."""
    return _elsewhere.get()
