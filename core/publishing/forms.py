"""The publishing checks in the editor's forms: if a submission would publish, findings become errors beside their
fields. Saving a draft is not refused because of them."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.forms import Media
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.forms import ClusterForm
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import Page, Task

from core import rules
from core.addresses.siblings import free_slug, holders, is_made_from, other_language, slug_for
from core.child_rows import children_read
from core.editing.rows import read_streams_once, read_together
from core.findings import Finding
from core.internals.wagtail_models import StreamValue
from core.publishing.block_errors import stream_error
from core.publishing.confirmation import CODE, Confirmation
from core.publishing.publication import Publication, approval
from core.rights import may_publish
from core.typed import FormMixin, Translatable

if TYPE_CHECKING:
    from modelcluster.forms import BaseChildFormSet

    from core.publishing.gate import PublishGate

CONFIRMED = "confirm-public"
"""Name of the checkbox whose value is the digest of the confirmed list."""
ASK = gettext_lazy("This makes people public. Read the list “Becomes public”, confirm it and publish again.")


class PublishGateForm(FormMixin):
    """The publishing checks for the edit form of a page or snippet. List this class before Wagtail's form
    class."""

    formsets: dict[str, BaseChildFormSet]

    as_published = False
    """Whether to check the data as if they were published, whatever button was pressed."""
    _checked: Any = None
    """The errors of the validation after which the checks were run: Wagtail's views ask more than once."""
    is_drawn = True
    """Whether the answer draws the fields and needs their scripts; that of an autosave does not."""

    @property
    def media(self) -> Media:
        return super().media if self.is_drawn else Media()

    def clean(self) -> dict[str, Any]:
        """Validate the form, but accept an expiry in the past if it is unchanged and the form neither publishes
        nor checks `as_published`."""
        expiry = self.cleaned_data.get("expire_at")
        has_passed = expiry and expiry < timezone.now() and _same_minute(expiry, self.initial.get("expire_at"))
        is_kept = has_passed and not self.as_published and not self.goes_live()
        if is_kept:
            del self.cleaned_data["expire_at"]
        cleaned = super().clean()
        # Wagtail's forms return their data.
        assert cleaned is not None
        return {**cleaned, "expire_at": expiry} if is_kept else cleaned

    def __init__(self, *args: Any, **kwargs: Any):
        instance, sent = kwargs.get("instance"), args[0] if args else kwargs.get("data")
        if instance and instance.pk and sent and kwargs.get("for_user"):
            # Otherwise each formset asks several times.
            with children_read(instance):
                for formset in type(self).formsets.values():
                    getattr(instance, formset.fk.remote_field.get_accessor_name()).get_object_list()
        super().__init__(*args, **kwargs)

    def is_valid(self) -> bool:
        """Return whether the form is valid. Findings on choices that the user may not make are errors even for a
        draft; if the submission publishes, so are the findings of the publishing checks and a list “Becomes
        public” that is not confirmed. Without `for_user`, only Wagtail's validation counts. Take the confirmation
        from the request."""
        if self._checked is None:
            read_streams_once(self)
            read_together(self.formsets.values())
        if not super().is_valid():
            return False
        if self._checked is self.errors:
            return True
        self._checked = self.errors
        return self._passes_checks()

    def _passes_checks(self) -> bool:
        if self.for_user:
            # Puts the rows of the formsets into the instance without writing to the database. Wagtail's view does
            # the same again later.
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
            if not publication.obstacles and not self._approves():
                self.instance.keep_examined(publication)
        return super().is_valid()

    def save(self, commit: bool = True) -> Translatable:
        """Save the instance. If nothing was changed, as on an approval, no revision is created; then store the
        confirmation, if there is one, with the latest revision."""
        instance = super().save(commit=commit)
        if instance.confirmation and instance.latest_revision and not self.has_changed():
            instance.confirmation.store(instance.latest_revision)
        return instance

    @property
    def sent_digest(self) -> str:
        """Return the digest of the list that the person has confirmed; "" if none was, or if the form has no
        user."""
        return self.data.get(CONFIRMED, "") if self.for_user else ""

    def _take_confirmation(self, publication: Publication) -> None:
        """Set the confirmation on the instance if the person may give it and has confirmed exactly the current
        list; otherwise set None."""
        self.instance.confirmation = None
        if self.sent_digest and self.sent_digest == publication.digest and self._may_confirm():
            self.instance.confirmation = Confirmation(tuple(publication.people), self.for_user)

    def _may_confirm(self) -> bool:
        parent = getattr(self, "parent_page", None)
        return self.for_user is not None and may_confirm(self.for_user, self.instance, parent)

    def goes_live(self) -> bool:
        """Return whether this submission publishes: by the publish button, if the user may publish, or by the last
        approval of a workflow. False without `for_user`."""
        if not self.for_user:
            return False
        if self.data.get("action-publish"):
            return may_publish(self.for_user, self.instance, getattr(self, "parent_page", None))
        return self._approves() and is_at_last_task(self.instance)

    def add_findings(self, findings: list[Finding]) -> None:
        """Add each finding as an error to its block, formset or field; to the whole form if the form lacks the
        field."""
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
    """Return whether two times are equal to the minute, because forms send no seconds."""
    return known is not None and sent == known.replace(second=0, microsecond=0)


class SnippetForm(PublishGateForm, WagtailAdminModelForm):
    """The base form of snippets, with the publishing checks."""


class KeptConsentForm(SnippetForm):
    """A snippet form that shows the consent kept by the source, in whichever language the form is opened."""

    def __init__(self, *args: Any, **kwargs: Any):
        instance = kwargs.get("instance")
        if instance and instance.pk:
            instance.take_kept_consent()
        super().__init__(*args, **kwargs)


class PageCopyForm(CopyForm):
    """The form that copies a page. It checks the whole branch before anything is copied, proposes a free slug made
    from the title, and offers neither aliases nor live copies; a request for live copies is answered with the
    reasons against them."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)
        parent = self.page.get_parent()
        # A slug that was typed, or made from a year, does not follow the title.
        self.follows = is_made_from(self.page.slug, self.page.title, self.page, parent)
        slug = self.fields["new_slug"]
        slug.initial = (self.follows and slug_for(self.page.title, Page(), parent)) or free_slug(
            self.page.slug, Page(), parent
        )
        slug.required = not self.follows
        if not self.data.get("publish_copies"):
            self.fields.pop("publish_copies", None)

    def clean(self) -> dict[str, Any]:
        """Validate the copy's language, slug and, if live copies are requested, the reasons against them. If the
        slug is made from the title and was left as proposed, make it anew from the title typed."""
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
    """Return the reasons why copies of the live pages cannot be live: those of `page`, with `below` also those of
    its descendants. If there are no others, the one reason is that copies are checked first, so the list is empty
    only if none of these pages is live."""
    pages = page.get_descendants(inclusive=True).filter(live=True).specific()
    found = [_against_live_copy(each, user) for each in (pages if below else pages.filter(pk=page.pk))]
    lines = [line for of_page in found for line in of_page]
    if found and not lines:
        return [_("Copy the page as a draft. Change or confirm the copied content before publishing.")]
    return lines


def _against_live_copy(page: Page, user: User) -> list[str]:
    publication = Publication(page, user)
    lines = [finding.line for finding in publication.findings]
    if publication.people and not publication.assumed:
        lines.append(_("The page shows people. Copy it as a draft and confirm “Becomes public” when publishing."))
    return [f"{page.get_admin_display_title()}: {line}" for line in lines]


def may_confirm(user: User, subject: PublishGate, parent: Page | None = None) -> bool:
    """Return whether the user may publish this object, or may give the approval that ends its workflow and so
    publishes it."""
    if may_publish(user, subject, parent):
        return True
    if not is_at_last_task(subject):
        return False
    actions = subject.current_workflow_task.get_actions(subject, user)
    return "approve" in {name for name, _label, _modal in actions}


def is_at_last_task(subject: PublishGate) -> bool:
    """Return whether the approval of the current task ends the object's workflow, and so publishes the object.
    False if no workflow is running."""
    state = subject.current_workflow_state if subject.pk else None
    if state is None:
        return False
    ahead = Task.objects.filter(workflow_tasks__workflow=state.workflow_id, active=True).exclude(
        task_states__in=state.successful_task_states
    )
    return not ahead.exclude(pk=state.current_task_state.task_id).exists()
