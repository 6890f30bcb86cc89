"""Findings of the publishing checks, in words for an editor, and the errors that refuse an action."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.internals.django import capfirst
from core.typed import Translatable

if TYPE_CHECKING:
    from core.publishing.gate import PublishGate


def path(*parts: str) -> str:
    """Return the parts that are not empty, joined as a path: “Body › Image”."""
    return " › ".join(part for part in parts if part)


def numbered(subject: Translatable) -> str:
    """Return what mails and logs call an object: a page by its title; a snippet, whose text may hold names and
    words of people, or a page without a title by its model's name and primary key."""
    if isinstance(subject, Page) and subject.title:
        return str(subject)
    return f"{capfirst(subject._meta.verbose_name)} {subject.pk}"


@dataclass(frozen=True)
class Finding:
    """A reason why an object may not be published: `message` says what is wrong, `mend` what to do about it."""

    code: str
    message: str
    mend: str
    where: str = ""
    """Labels of the field and blocks concerned, for the editor."""
    field: str = ""
    """Name of the form's field or formset; empty if the finding concerns the whole object."""
    block_path: tuple[str, ...] = ()
    """Path from the field into its blocks, as in Wagtail's content paths: ids of blocks, names of their fields."""
    subject: Translatable | None = None
    """The object to be corrected, if it is another one than the object that is published."""
    action_url: str = ""
    """URL of a view in which an editor can resolve the finding without changing the object."""
    action_label: str = ""
    names: str = ""
    """Names and words of people that the finding is about: shown on the screen, never logged or mailed."""
    passage: str = ""
    """Digest of the quoted passage that the finding is about, on which an editor may make a statement."""
    unnamed_where: str = ""
    """`where` for logs and mails, if `where` holds somebody's name or words."""

    @property
    def text(self) -> str:
        """Return message, names in brackets and remedy, without the place."""
        return " ".join(part for part in (self.message, self.names and f"({self.names})", self.mend) if part)

    @property
    def unnamed(self) -> "Finding":
        """Return a copy for logs and mails, without names and words of people."""
        return replace(self, names="", where=self.unnamed_where or self.where, unnamed_where="")

    @property
    def line(self) -> str:
        """Return `text`, after the place concerned if there is one: “Body › Image: …”."""
        return f"{capfirst(self.where)}: {self.text}" if self.where else self.text

    def seen_from(
        self, where: str, field: str, block_path: tuple[str, ...], subject: Translatable, unnamed_where: str = ""
    ) -> "Finding":
        """Return a copy of this finding on `subject` for an object that shows it: `where` is put before the
        finding's own place, `field` and `block_path` of that object replace the finding's. `unnamed_where` stands
        for `where` in logs and mails. A `subject` that the finding has already is kept."""
        return replace(
            self,
            where=path(where, self.where),
            unnamed_where=path(unnamed_where or where, self.unnamed_where or self.where),
            field=field,
            block_path=block_path,
            subject=self.subject or subject,
        )


class ActionRefused(ValidationError):
    """An action on `subject` that is refused. The admin's forms and APIs show the error; the middleware shows the
    errors that nothing else has handled. The errors are a dict because wagtail-localize and Wagtail's API expect
    one."""

    def __init__(self, subject: Translatable, errors: dict[str, list[Any]]):
        self.subject = subject
        super().__init__(errors)

    @property
    def lines(self) -> list[str]:
        """Return the reasons as a list of texts."""
        return self.messages

    @property
    def title(self) -> str:
        """Return a sentence that says what was refused."""
        raise NotImplementedError

    @property
    def summary(self) -> str:
        """Return title and reasons as one text."""
        return " ".join([self.title, *self.lines])


class MoveRefused(ActionRefused):
    """A refusal to move a page."""

    @property
    def title(self) -> str:
        return _("“%(title)s” was not moved.") % {"title": self.subject}


class DeletionRefused(ActionRefused):
    """A refusal to delete an object."""

    @property
    def title(self) -> str:
        return _("“%(title)s” was not deleted.") % {"title": self.subject}


class PublishBlocked(ActionRefused):
    """A refusal to publish an object, with the findings of the publishing checks as errors of their fields."""

    subject: "PublishGate"

    def __init__(self, findings: Iterable[Finding], subject: "PublishGate"):
        self.findings = list(findings)
        errors: dict[str, list[Any]] = defaultdict(list)
        for finding in self.findings:
            errors[finding.field or NON_FIELD_ERRORS].append(ValidationError(finding.line, code=finding.code))
        super().__init__(subject, dict(errors))

    @property
    def lines(self) -> list[str]:
        return [finding.line for finding in self.findings]

    @property
    def title(self) -> str:
        return _("“%(title)s” was not published.") % {"title": self.subject}

    @property
    def unnamed_summary(self) -> str:
        """Return the sentence “…” was not published and the findings with place and remedy, for logs. A page is
        called by its title, a snippet by its model's name and primary key; the findings' `names` are left out."""
        title = _("“%(title)s” was not published.") % {"title": numbered(self.subject)}
        return " ".join([title, *(finding.unnamed.line for finding in self.findings)])
