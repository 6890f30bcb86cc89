from dataclasses import dataclass

from django import template
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from wagtail.admin.admin_url_finder import AdminURLFinder

from core.gate.findings import Finding
from core.gate.forms import may_publish
from core.gate.publication import Publication
from core.publishing import PublishGate

register = template.Library()


@dataclass(frozen=True)
class Line:
    """A finding with the ways to what it is about: inside the form, and to another thing's form."""

    finding: Finding
    target: str
    url: str | None


@dataclass(frozen=True)
class Companion:
    kind: str
    name: str
    url: str | None


@register.inclusion_tag("admin/panels/findings.html")
def publish_findings(subject: models.Model, user: AbstractBaseUser) -> dict:
    if not isinstance(subject, PublishGate):
        return {"applies": False}
    # Who may not publish it anyway need not hear what else may not be published.
    publication = Publication(subject, user if may_publish(user, subject) else None)
    finder = AdminURLFinder(user)
    return {
        "applies": True,
        "is_new": subject.pk is None,
        "lines": [
            Line(finding, _target(finding), finding.subject and finder.get_edit_url(finding.subject))
            for finding in publication.findings
        ],
        "companions": [
            Companion(row._meta.verbose_name, str(row), finder.get_edit_url(row)) for row in publication.companions
        ],
    }


def _target(finding: Finding) -> str:
    """Where in the editor: the innermost block that has an id, else the field, else the rows of a relation."""
    ids = [part for part in finding.block_path if "-" in part]
    if ids:
        return f"[data-contentpath='{ids[-1]}']"
    name = finding.field
    return f"[data-contentpath='{name}'], #id_{name}-FORMS, #id_{name}" if name else ""
