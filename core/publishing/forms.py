"""The gate in the editor: where a submit would go live, findings are errors beside their fields. Saving a draft is
never refused."""

from contextlib import nullcontext
from datetime import datetime
from itertools import groupby
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.forms import ClusterForm
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.blocks import StreamValue
from wagtail.models import Page, Task
from wagtail.permissions import policy_registry

from core.addresses.siblings import free_slug, holders, is_made_from, other_language, slug_for
from core.publishing import rules
from core.publishing.block_errors import stream_error
from core.publishing.confirmation import CODE, Confirmation
from core.publishing.findings import Finding
from core.publishing.publication import Publication, approval
from core.typed import FormMixin, Translatable

CONFIRMED = "confirm-public"
"""The name of the checkbox whose value is the digest of the list that is confirmed."""
ASK = gettext_lazy(
    "People become public by this. Read the list “Becomes public”, confirm it and publish once more."
)


class PublishGateForm(FormMixin):
    """Before Wagtail's own form class."""

    as_published = False
    """Whether what is checked would be published, whoever asks."""

    def clean(self) -> dict[str, Any]:
        """Have Wagtail refuse an expiry that has passed only where it is new, or where this would go live."""
        expiry = self.cleaned_data.get("expire_at")
        has_passed = expiry and expiry < timezone.now() and _same_minute(expiry, self.initial.get("expire_at"))
        if not has_passed or self.as_published or self.goes_live():
            return super().clean()
        del self.cleaned_data["expire_at"]
        return {**super().clean(), "expire_at": expiry}

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        if self.for_user:
            # Wagtail saves it thus again: with the rows of its formsets, and not to the database.
            ClusterForm.save(self, commit=False)
            self.add_findings(rules.chosen_findings(self.instance, self.for_user))
            if not super().is_valid():
                return False
        goes_live = self.goes_live()
        if not goes_live and not self.sent_digest:
            return True
        with approval() if self._approves() else nullcontext():
            publication = Publication(self.instance, self.for_user)
        self._take_confirmation(publication)
        if goes_live:
            self.add_findings(publication.findings)
            if publication.unconfirmed:
                self.add_error(None, ValidationError(ASK, code=CODE))
        return super().is_valid()

    def save(self, commit: bool = True) -> Translatable:
        """An approval without a change makes no revision, so the confirmation goes to the one that is approved."""
        instance = super().save(commit=commit)
        if instance.confirmation and instance.latest_revision and not self.has_changed():
            instance.confirmation.store(instance.latest_revision)
        return instance

    @property
    def sent_digest(self) -> str:
        """Of the list that was read and confirmed."""
        return self.data.get(CONFIRMED, "") if self.for_user else ""

    def _take_confirmation(self, publication: Publication) -> None:
        """From whoever may publish, of the list as it is now."""
        self.instance.confirmation = None
        if self.sent_digest and self.sent_digest == publication.digest and self._may_confirm():
            self.instance.confirmation = Confirmation(tuple(publication.people), self.for_user)

    def _may_confirm(self) -> bool:
        return may_confirm(self.for_user, self.instance, getattr(self, "parent_page", None))

    def goes_live(self) -> bool:
        if not self.for_user:
            return False
        if self.data.get("action-publish"):
            return may_publish(self.for_user, self.instance, getattr(self, "parent_page", None))
        return self._approves() and is_at_last_task(self.instance)

    def add_findings(self, findings: list[Finding]) -> None:
        for field, group in groupby(sorted(findings, key=lambda finding: finding.field), lambda f: f.field):
            found = list(group)
            value = getattr(self.instance, field, None) if field in self.fields else None
            if isinstance(value, StreamValue):
                self.add_error(field, stream_error(value, found))
            elif field in self.formsets:
                self.formsets[field].non_form_errors().extend(ValidationError(finding.text) for finding in found)
            elif field in self.fields:
                self.add_error(field, [ValidationError(finding.text, code=finding.code) for finding in found])
            else:
                self.add_error(None, [ValidationError(finding.line, code=finding.code) for finding in found])

    def _approves(self) -> bool:
        wanted = self.data.get("action-workflow-action") and self.data.get("workflow-action-name") == "approve"
        return bool(wanted) and not self.data.get("action-publish")


def _same_minute(sent: datetime, known: datetime | None) -> bool:
    """Forms know no seconds."""
    return known is not None and sent == known.replace(second=0, microsecond=0)


class SnippetForm(PublishGateForm, WagtailAdminModelForm):
    pass


class PageCopyForm(CopyForm):
    """Asks for the whole branch before anything of it is copied. Offers no alias: there are none; nor a live copy:
    whoever sends the wish all the same is told why. Proposes an address that is free and follows the title."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)
        parent = self.page.get_parent()
        # One that was typed, or made from a year, follows nothing.
        self.follows = is_made_from(self.page.slug, self.page.title, self.page, parent)
        slug = self.fields["new_slug"]
        slug.initial = (self.follows and slug_for(self.page.title, Page(), parent)) or free_slug(
            self.page.slug, Page(), parent
        )
        slug.required = not self.follows
        if not self.data.get("publish_copies"):
            self.fields.pop("publish_copies", None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        parent = cleaned.get("new_parent_page") or self.page.get_parent()
        if self.follows and cleaned.get("new_slug", "-") in ("", self.fields["new_slug"].initial):
            self._propose_slug(cleaned, parent)
        holder = None if parent.is_root() else holders(cleaned.get("new_slug", ""), parent).first()
        if holder:
            message = _("“%(slug)s” is the address of “%(title)s”. Choose another one.")
            self.add_error("new_slug", message % {"slug": holder.slug, "title": holder.title})
        if against := other_language(self.page, parent):
            self.add_error("new_parent_page", against)
        if cleaned.get("publish_copies"):
            for line in against_live_copies(self.page, self.user, cleaned.get("copy_subpages")):
                self.add_error("publish_copies", line)
        return cleaned

    def _propose_slug(self, cleaned: dict[str, Any], parent: Page) -> None:
        cleaned["new_slug"] = slug_for(cleaned.get("new_title", ""), Page(), parent)
        if not cleaned["new_slug"]:
            self.add_error("new_slug", _("Type the last part of the page's address in Latin letters."))


def against_live_copies(page: Page, user: User, below: bool) -> list[str]:
    """Return what keeps the copies of live pages from being made live."""
    pages = page.get_descendants(inclusive=True).filter(live=True).specific()
    found = [_against_live_copy(each, user) for each in (pages if below else pages.filter(pk=page.pk))]
    lines = [line for of_page in found for line in of_page]
    if found and not lines:
        return [_("Copy it as a draft. What it takes over is changed or confirmed before it is published.")]
    return lines


def _against_live_copy(page: Page, user: User) -> list[str]:
    publication = Publication(page, user)
    lines = [finding.line for finding in publication.findings]
    if publication.people and not publication.assumed:
        lines.append(_("It shows people. Copy it as a draft, and confirm on publishing what becomes public."))
    return [f"{page.get_admin_display_title()}: {line}" for line in lines]


def may_publish(user: User, subject: Translatable, parent: Page | None = None) -> bool:
    """Without the right Wagtail takes the same submit for a draft's. A page that is new needs its parent."""
    if not isinstance(subject, Page):
        return policy_registry.get(subject).user_has_permission(user, "publish")
    if subject.pk:
        return subject.permissions_for_user(user).can_publish()
    return parent is not None and parent.permissions_for_user(user).can_publish_subpage()


def may_confirm(user: User, subject: Translatable, parent: Page | None = None) -> bool:
    """Whether the person may publish it, or ends its workflow with the next approval, which publishes."""
    if may_publish(user, subject, parent):
        return True
    if not is_at_last_task(subject):
        return False
    actions = subject.current_workflow_task.get_actions(subject, user)
    return "approve" in {name for name, _label, _modal in actions}


def is_at_last_task(subject: Translatable) -> bool:
    """Whether the approval of its current task ends the workflow, and so publishes."""
    state = subject.current_workflow_state if subject.pk else None
    if state is None:
        return False
    ahead = Task.objects.filter(workflow_tasks__workflow=state.workflow_id, active=True).exclude(
        task_states__in=state.successful_task_states
    )
    return not ahead.exclude(pk=state.current_task_state.task_id).exists()
