"""A publication: the object that would go live, the people it shows, the drafts that go live with it, and the
findings of the publishing checks.

A publication is made from the object as it would go live, saved or not, so that forms and revisions are checked
before they are stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import AbstractContextManager
from contextvars import ContextVar
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Revision
from wagtail.permissions import policy_registry

from core import rules
from core.context import held
from core.findings import Finding, PublishBlocked, numbered, path
from core.internals.django import capfirst
from core.languages.site_languages import LocaleCodes
from core.publishing.companions import goes_with
from core.publishing.confirmation import (
    Confirmation,
    assumed,
    confirmation_finding,
    confirmed,
    stored_confirmation,
)
from core.publishing.documents import document_findings
from core.publishing.images import face_of, image_findings
from core.publishing.models import PublishConfirmation
from core.publishing.newer import newest_after, taken_back
from core.publishing.people import PublicItem, arranged, people_digest
from core.publishing.recordings import films_elsewhere, heard_in, recording_findings
from core.publishing.shown_people import Read, is_piece, people_of, read
from core.references.objects import Reference, references
from core.typed import Translatable

if TYPE_CHECKING:
    from wagtail.documents.models import Document

    from core.media.models import SiteImage
    from core.publishing.gate import PublishGate

_approving: ContextVar[bool] = ContextVar("approving", default=False)


def approval() -> AbstractContextManager[None]:
    """Skip the check of publish permissions on the drafts that go live together, while a workflow approval
    runs."""
    return held(_approving, True)


def day_of_going_live(subject: Translatable) -> date:
    """Return the day on which an object that is published now is shown: that of its `go_live_at` if this is in the
    future, otherwise today, in the site's time zone."""
    planned = subject.go_live_at
    return timezone.localdate(planned) if planned and planned > timezone.now() else timezone.localdate()


class Publication:
    """One object that would go live, with its findings and the list “Becomes public”.

    Without a `user` the system publishes, and no permissions are checked. With `with_drafts` false, drafts that
    would go live together are left out.
    """

    def __init__(
        self,
        subject: PublishGate,
        user: User | None = None,
        revision: Revision | None = None,
        with_drafts: bool = True,
    ):
        self.subject = subject
        self._with_drafts = with_drafts
        self.revision = revision
        self.user = user
        self.day = day_of_going_live(subject)
        self.companions: list[PublishGate] = []
        """The drafts that go live together with the object; a draft comes after the drafts that it shows."""
        self._versions: list[PublishGate] = []
        """What of these would go live, in their order."""
        self._seen: set[tuple[type[models.Model], int | None]] = {(type(subject), subject.pk)}
        self._people: list[PublicItem] = []
        self._read: Read = {}
        self._read_ahead(subject)
        found = rules.findings(subject, revision, user)
        found += self._examine(subject)
        found += rules.shown_findings(subject, self.day)
        found += self._taken_back() if revision else []
        self.findings: list[Finding] = list(dict.fromkeys(found))

    @cached_property
    def people(self) -> list[PublicItem]:
        """Return the list “Becomes public”, sorted and without duplicates: the names, faces, recordings and quoted
        words of the object, of the objects it refers to and of the drafts that go live with it."""
        return arranged(self._people)

    @property
    def digest(self) -> str:
        """Return a SHA-256 of the list “Becomes public”."""
        return people_digest(self.people)

    @cached_property
    def new_people(self) -> list[PublicItem]:
        """Return the items of the list that neither the live version nor its live source shows yet; all items if
        the object is not live or not saved."""
        if not self.people or self.subject.pk is None:
            return self.people
        rows = type(self.subject)._base_manager.filter(live=True).order_by("pk")
        languages = list(rows.filter(translation_key=self.subject.translation_key))
        if self.subject not in languages:
            return self.people
        live = next(row for row in languages if row.pk == self.subject.pk)
        public = set[PublicItem]()
        for row in {live, languages[0]}:
            public.update(people_of([row], LocaleCodes.code(row.locale_id), self._read))
        return [item for item in self.people if item not in public]

    @cached_property
    def confirmation(self) -> Confirmation | PublishConfirmation | None:
        """Return the confirmation of exactly this list: the one given in the form, otherwise the stored one."""
        given = self.subject.confirmation
        if given and given.digest == self.digest:
            return given
        return stored_confirmation(self.subject, self.people)

    @property
    def unconfirmed(self) -> list[PublicItem]:
        """Return `new_people` if the list still needs a confirmation. Return an empty list if nothing is new, or
        if the list is confirmed in the form, with a revision or by a surrounding `confirmed()`."""
        # What is new takes the most queries to find out.
        if not self.people or self.assumed or self.confirmation:
            return []
        return self.new_people

    @property
    def assumed(self) -> Confirmation | None:
        """Return the confirmation that a surrounding `confirmed()` gives for this list, or None."""
        return assumed(self.people)

    @property
    def obstacles(self) -> list[Finding]:
        """Return everything that blocks the publication: the findings and, if the list is not confirmed, one for
        that."""
        if not self.unconfirmed:
            return self.findings
        return [*self.findings, confirmation_finding(self.subject, self.unconfirmed)]

    def require(self) -> None:
        """Raise PublishBlocked if the publication has obstacles."""
        if obstacles := self.obstacles:
            raise PublishBlocked(obstacles, self.subject)

    def publish_companions(self) -> None:
        """Publish the drafts that go live together with the object, after `take_along` has adapted them. The
        confirmation of the object's list covers theirs; permissions are not checked again."""
        with confirmed(self.user, self.people):
            self._publish_companions()

    def _publish_companions(self) -> None:
        for companion, draft in zip(self.companions, self._versions, strict=True):
            changed = self.subject.take_along(draft)
            revision = None if changed else companion.get_latest_revision()
            revision = revision or draft.save_revision(user=self.user)
            # Permissions were checked when the companions were found.
            companion.publish(revision, user=self.user, skip_permission_checks=True)

    def _taken_back(self) -> list[Finding]:
        """Return the finding that a newer draft than the revision takes back people or consent, in a list; empty
        if not."""
        newest = newest_after(self.revision)
        if newest is None:
            return []
        draft = newest.as_object()
        kept = Publication(draft, with_drafts=self._with_drafts).people
        return taken_back(self.subject, self.people, draft, kept, self.day)

    def _examine(self, shown: PublishGate) -> list[Finding]:
        """Return the findings on an object and everything it shows; collect its people and companions."""
        found = shown.publish_findings(self.day)
        self._people += shown.public_items()
        # A new page has no language before it is saved.
        code = LocaleCodes.code(self.subject.locale_id) if self.subject.locale_id else ""
        self._people += films_elsewhere(shown, code)
        self._people += people_of(shown.shown_along(), code, self._read)
        pointers: dict[type[Any], dict[str, Reference]] = defaultdict(dict)
        for reference in references(shown):
            pointers[reference.model].setdefault(reference.pk, reference)
        images = get_image_model()
        for model, by_pk in pointers.items():
            if issubclass(model, images):
                found += self._examine_images(model, by_pk)
            elif issubclass(model, get_document_model()):
                found += self._examine_documents(model, by_pk)
            elif is_piece(model):
                found += self._examine_pieces((row, by_pk[str(row.pk)]) for row in self._pieces(model, by_pk))
        nowhere = Reference(type(shown), str(shown.pk), where="", field="")
        if self._with_drafts:
            found += self._examine_pieces((row, nowhere) for row in shown.publish_with())
        return found

    def _read_ahead(self, subject: PublishGate) -> None:
        """Read level by level what the object shows: the snippets that it refers to, what these refer to, each
        kind in one query."""
        level: list[PublishGate] = [subject]
        while level:
            pointers: dict[type[Any], set[str]] = defaultdict(set)
            for reference in chain.from_iterable(references(row) for row in level):
                if (reference.model, reference.pk) not in self._read:
                    pointers[reference.model].add(reference.pk)
            level = []
            for model, pks in pointers.items():
                if is_piece(model):
                    level += [row for row in self._pieces(model, pks) if row.live]
                elif issubclass(model, (get_image_model(), get_document_model())):
                    read(model, pks, self._read)

    def _pieces(self, model: type[PublishGate], pks: Iterable[str]) -> list[Any]:
        """Return the snippets with these primary keys, the live ones with what their checks ask for."""
        known = set(self._read)
        rows = read(model, pks, self._read)
        model.read_for_checks([row for row in rows if row.live and (model, str(row.pk)) not in known])
        return rows

    def _examine_images(self, model: type[SiteImage], by_pk: dict[str, Reference]) -> list[Finding]:
        code = LocaleCodes.code(self.subject.locale_id)
        found = []
        for image in read(model, by_pk, self._read):
            place = by_pk[str(image.pk)]
            checked = image_findings(image, code, self.day)
            found += [finding.seen_from(place.where, place.field, place.block_path, image) for finding in checked]
            if face := face_of(image, code):
                self._people.append(face)
        return found

    def _examine_documents(self, model: type[Document], by_pk: dict[str, Reference]) -> list[Finding]:
        code = LocaleCodes.code(self.subject.locale_id)
        found = []
        for document in read(model, by_pk, self._read):
            place = by_pk[str(document.pk)]
            checked = [*document_findings(document), *recording_findings(document, self.day)]
            found += [
                finding.seen_from(place.where, place.field, place.block_path, document) for finding in checked
            ]
            if heard := heard_in(document, code):
                self._people.append(heard)
        return found

    def _examine_pieces(self, pieces: Iterable[tuple[PublishGate, Reference]]) -> list[Finding]:
        """Return the findings on the snippets that are visible once the object is live, each at its reference, and
        add the drafts among them to `companions`. Leave out snippets seen before and drafts that do not go live
        together."""
        found: list[Finding] = []
        pieces = list(pieces)
        _read_revisions(row for row, _place in pieces if not row.live and self._with_drafts)
        for row, place in pieces:
            key = (type(row), row.pk)
            if key in self._seen:
                continue
            self._seen.add(key)
            if not row.live and not self._with_drafts:
                continue
            piece = row if row.live else _latest_version(row)
            if not row.live and (not goes_with(piece, self.subject.locale_id) or rules.goes_by_itself(row)):
                continue
            inner = self._examine(piece)
            if not row.live:
                inner += rules.shown_findings(piece, self.day)
                inner += self._rights_findings(row)
                self.companions.append(row)
                self._versions.append(piece)
            name = f"{capfirst(row._meta.verbose_name)} “{row}”"
            where = path(place.where, name)
            found += [
                finding.seen_from(where, place.field, place.block_path, row, path(place.where, numbered(row)))
                for finding in inner
            ]
        return found

    def _rights_findings(self, draft: Translatable) -> list[Finding]:
        """Return a finding, in a list, if the user may not publish a draft that goes live together, or if it is
        locked for the user. Return none if the system publishes or an approval runs."""
        if self.user is None or _approving.get():
            return []
        policy = policy_registry.get(draft)
        lock = draft.get_lock()
        if policy.user_has_permission_for_instance(self.user, "publish", draft) and not (
            lock and lock.for_user(self.user)
        ):
            return []
        message = _(
            "This draft would be published together with yours, but you do not have permission to publish it."
        )
        return [Finding("no_right", message, _("Ask somebody with this permission, or remove this content."))]


def _read_revisions(drafts: Iterable[PublishGate]) -> None:
    """Read the latest revisions of drafts, and their languages, together."""
    by_model = defaultdict(list)
    for draft in drafts:
        by_model[type(draft)].append(draft)
    for of_model in by_model.values():
        models.prefetch_related_objects(of_model, "latest_revision", "locale")


def _latest_version(draft: PublishGate) -> Any:
    """Return what a draft, whose revision has been read, has as its latest version."""
    revision = draft.get_latest_revision() if draft.has_unpublished_changes else None
    return draft.with_content_json(revision.content) if revision else draft
