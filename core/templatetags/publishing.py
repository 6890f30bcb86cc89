"""Tags that show findings and the list “Becomes public” in the admin."""

from dataclasses import dataclass, replace
from typing import Any

from django import template
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page

from core import rules
from core.addresses.siblings import was_ever_live
from core.findings import Finding
from core.publishing.confirmation import stored_confirmation
from core.publishing.forms import CONFIRMED, may_confirm
from core.publishing.gate import PublishGate
from core.publishing.newer import CODE as TAKEN_BACK
from core.publishing.publication import Publication
from core.publishing.validation import validation_findings
from core.rights import may_publish
from core.typed import AdminRequest, AnyModelForm, Translatable

register = template.Library()


@dataclass(frozen=True)
class Line:
    """A finding with a selector for the field in this form (`target`) and the edit URL of another object
    (`url`)."""

    finding: Finding
    target: str
    url: str | None


@dataclass(frozen=True)
class Companion:
    """An object that goes live together with another one."""

    kind: str
    name: str
    url: str | None


@register.inclusion_tag("admin/panels/findings.html")
def publish_findings(
    subject: Translatable, request: AdminRequest, form: AnyModelForm | None = None
) -> dict[str, Any]:
    """Show the findings on an object, the list “Becomes public” and what goes live together; nothing for objects
    without publishing checks. `form` is the editor's form."""
    if not isinstance(subject, PublishGate):
        return {"applies": False}
    user = request.user
    # Users who may not publish the subject get no findings about their rights on its companions.
    publication = Publication(subject, user if may_publish(user, subject) else None)
    finder = AdminURLFinder(user)
    known = {text for finding in publication.findings for text in (finding.text, finding.line)}
    invalid = [each for each in validation_findings(subject, user, form) if each.message not in known]
    return {
        **public_list(publication, request, getattr(form, "parent_page", None)),
        "applies": True,
        "is_new": subject.pk is None,
        "address": _new_address(subject),
        "may_change_address": form is not None and "slug" in form.fields and not form.fields["slug"].disabled,
        "lines": [
            Line(finding, _target(finding), finder.get_edit_url(finding.subject) if finding.subject else None)
            for finding in [*_of_schedule(subject), *invalid, *publication.findings]
        ],
        "hints": [Line(finding, _target(finding), None) for finding in rules.hints(subject)],
        "companions": [
            Companion(str(row._meta.verbose_name), str(row), finder.get_edit_url(row))
            for row in publication.companions
        ],
    }


@register.simple_tag
def checks_url(subject: Translatable) -> str:
    """Return the URL of the publishing checks of a stored object (`core.publishing.views.checks_view`); empty if
    it is not stored or has none."""
    if not subject.pk or not isinstance(subject, PublishGate):
        return ""
    return reverse("publishing_checks", args=[ContentType.objects.get_for_model(subject).pk, subject.pk])


def _new_address(subject: Translatable) -> str:
    """Return the URL that a saved page gets with its first publication; empty if it is or was live, or is no
    page."""
    if not isinstance(subject, Page) or not subject.pk or not subject.slug or was_ever_live(subject):
        return ""
    parent = subject.get_parent().get_url()
    return f"{parent}{subject.slug}/" if parent else ""


def _of_schedule(subject: Translatable) -> list[Finding]:
    """Return the findings because of which a scheduled version will not go live, as a newer draft takes something
    back; none without a scheduled version."""
    scheduled = subject.scheduled_revision if subject.pk else None
    if scheduled is None:
        return []
    found = Publication(scheduled.as_object(), revision=scheduled).findings
    stands = gettext("The scheduled version will not go live")
    return [replace(finding, where=stands) for finding in found if finding.code == TAKEN_BACK]


@register.inclusion_tag("admin/panels/public_list.html", name="public_list")
def public_list_of(
    publication: Publication, request: AdminRequest, asks: bool = True, form: str = ""
) -> dict[str, Any]:
    """Show the list “Becomes public” of a publication; with `asks` also the checkbox to confirm it, which is sent
    with the form with the id `form` where it stands outside."""
    context = public_list(publication, request)
    return {**context, "may_confirm": asks, "form": form}


def public_list(publication: Publication, request: AdminRequest, parent: Page | None = None) -> dict[str, Any]:
    """Return the template context of the list “Becomes public” and its checkbox; the list is empty if nobody new
    becomes public. `parent` is the page below which a new page is created."""
    new, subject = publication.new_people, publication.subject
    digest = publication.digest
    return {
        "asked": publication.unconfirmed,
        "items": publication.people if new else [],
        "new": new if len(new) < len(publication.people) else [],
        "places": subject.public_places() if new and isinstance(subject, PublishGate) else [],
        "careful": any(item.care for item in new),
        "confirmation": stored_confirmation(publication.subject, publication.people) if new else None,
        "may_confirm": bool(new) and may_confirm(request.user, publication.subject, parent or None),
        "name": CONFIRMED,
        "digest": digest,
        "checked": request.POST.get(CONFIRMED) == digest,
    }


def _target(finding: Finding) -> str:
    """Return the CSS selector of a finding's place in the editor: the innermost block with an id, otherwise the
    field or the formset of a relation; empty if the finding names no field."""
    ids = [part for part in finding.block_path if "-" in part]
    if ids:
        return f"[data-contentpath='{ids[-1]}']"
    name = finding.field
    return f"[data-contentpath='{name}'], #id_{name}-FORMS, #id_{name}" if name else ""
