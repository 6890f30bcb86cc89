"""What stands against going live, in words for an editor."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.typed import Translatable


def path(*parts: str) -> str:
    """Return the way to a place: “Body › Image”."""
    return " › ".join(part for part in parts if part)


def numbered(subject: Translatable) -> str:
    """Return what a mail or a log calls an object: a page by its title, anything else by its number, for what else
    stands there are names and words of people."""
    if isinstance(subject, Page):
        return str(subject)
    return f"{capfirst(subject._meta.verbose_name)} {subject.pk}"


@dataclass(frozen=True)
class Finding:
    code: str
    message: str
    mend: str
    where: str = ""
    field: str = ""
    """The form's field or formset; empty for the whole."""
    block_path: tuple[str, ...] = ()
    """From the field into its blocks, as in Wagtail's content paths: ids of blocks, names of their fields."""
    subject: Translatable | None = None
    """What has to be mended, where that is not the object itself."""
    action_url: str = ""
    """The address of a view where an editor can answer it, other than by changing the object."""
    action_label: str = ""
    names: str = ""
    """Names and words that it is about: said on the screen, never written into a log or a mail."""
    passage: str = ""
    """Digest of the passage that it is about, which an editor may make a statement on."""
    unnamed_where: str = ""
    """`where` for a log or a mail, where it holds somebody's name or words."""

    @property
    def text(self) -> str:
        return " ".join(part for part in (self.message, self.names and f"({self.names})", self.mend) if part)

    @property
    def unnamed(self) -> "Finding":
        """The same for a log or a mail."""
        return replace(self, names="", where=self.unnamed_where or self.where, unnamed_where="")

    @property
    def line(self) -> str:
        return f"{capfirst(self.where)}: {self.text}" if self.where else self.text

    def seen_from(
        self, where: str, field: str, block_path: tuple[str, ...], subject: Translatable, unnamed_where: str = ""
    ) -> "Finding":
        """The same where something else shows what it is about."""
        return replace(
            self,
            where=path(where, self.where),
            unnamed_where=path(unnamed_where or where, self.unnamed_where or self.where),
            field=field,
            block_path=block_path,
            subject=self.subject or subject,
        )


class ActionRefused(ValidationError):
    """Something that may not be done to `subject`. Raised by code, said by the admin's forms, APIs and, where
    nothing else has, the middleware. Made from a dict, for wagtail-localize and Wagtail's API read it so."""

    def __init__(self, subject: Translatable, errors: dict[str, list[Any]]):
        self.subject = subject
        super().__init__(errors)

    @property
    def lines(self) -> list[str]:
        return self.messages

    @property
    def title(self) -> str:
        raise NotImplementedError

    @property
    def summary(self) -> str:
        return " ".join([self.title, *self.lines])


class MoveRefused(ActionRefused):
    @property
    def title(self) -> str:
        return _("“%(title)s” was not moved.") % {"title": self.subject}


class DeletionRefused(ActionRefused):
    @property
    def title(self) -> str:
        return _("“%(title)s” was not deleted.") % {"title": self.subject}


class PublishBlocked(ActionRefused):
    def __init__(self, findings: Iterable[Finding], subject: Translatable):
        self.findings = list(findings)
        errors = defaultdict(list)
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
        """Return title and lines for a log."""
        title = _("“%(title)s” was not published.") % {"title": numbered(self.subject)}
        return " ".join([title, *(finding.unnamed.line for finding in self.findings)])
