"""Admin views of the trash: the list of deleted objects, and restoring."""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page
from wagtail.permissions import policy_registry

from core.internals.wagtail_models import get_snippet_models
from core.rights import languages_of_pages
from core.trash.views import listed_for
from core.typed import AdminRequest, Translatable
from translation.lifecycle.republish import Restored
from translation.lifecycle.restore import (
    in_one_act,
    kind_of,
    left_stopped,
    may_restore,
    restore,
    standing,
    together_with,
)
from translation.models import DeletedObject
from translation.named_view import NamedView

MOST = 200


def kinds_published_by(user: User) -> set[type[Translatable]]:
    """Return the models whose objects the user may publish; `Page` stands for pages of all types."""
    kinds = [Page, *get_snippet_models()]
    return {kind for kind in kinds if policy_registry.get_by_type(kind).user_has_permission(user, "publish")}


def may_see(user: User, deleted: DeletedObject, kinds: set[type[Translatable]]) -> bool:
    """Return whether the trash shows the object to the user: its model is in `kinds` (of `kinds_published_by`),
    and its language is one that the user's page rights cover."""
    kind = kind_of(deleted)
    locales = languages_of_pages(user)
    return (Page if issubclass(kind, Page) else kind) in kinds and (
        locales is None or deleted.locale_id in locales
    )


class ForPublishers(NamedView, TemplateView):
    """Base view for users who may publish pages or some snippets."""

    header_icon = "bin"
    request: AdminRequest

    @cached_property
    def kinds(self) -> set[type[Translatable]]:
        return kinds_published_by(self.request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.kinds:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class DeletedList(ForPublishers):
    """List of the deleted objects and files that the user may restore, the latest first."""

    template_name = "admin/translation/deleted.html"

    def get_page_title(self) -> str:
        return _("Recently deleted")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [*self.objects(), *listed_for(self.request.user, MOST)]
        rows.sort(key=lambda row: row["deleted_at"], reverse=True)
        return {**super().get_context_data(**kwargs), "rows": rows[:MOST]}

    def objects(self) -> list[dict[str, Any]]:
        """Return the newest `MOST` deleted pages and snippets that are not restored, in the languages of the
        user's page rights, as rows of the list, less those of models that the user may not publish."""
        rows = DeletedObject.objects.filter(restored_at=None).defer("content")
        locales = languages_of_pages(self.request.user)
        if locales is not None:
            rows = rows.filter(locale_id__in=locales)
        return [
            {
                "title": row.title,
                "url": reverse("translation_life:restore", args=[row.pk]),
                "kind": kind_of(row)._meta.verbose_name,
                "was_live": row.was_live,
                "language": row.locale.get_display_name(),
                "deleted_at": row.deleted_at,
                "deleted_by": row.deleted_by,
            }
            for row in rows.select_related("locale", "content_type", "deleted_by")[:MOST]
            if (Page if issubclass(kind_of(row), Page) else kind_of(row)) in self.kinds
        ]


class RestoreView(ForPublishers):
    """View that restores an object, and asks which other languages and pages beneath it are restored with it."""

    template_name = "admin/translation/restore.html"

    @cached_property
    def deleted(self) -> DeletedObject:
        rows = DeletedObject.objects.select_related("content_type", "locale")
        return get_object_or_404(rows, pk=self.kwargs["deleted_id"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_see(self.request.user, self.deleted, self.kinds):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("Restore")

    def get_page_subtitle(self) -> str:
        return f"{self.deleted.title} ({self.deleted.locale.get_display_name()})"

    @cached_property
    def rows(self) -> list[DeletedObject]:
        """The trash entries that can be restored with the object, its own included, without those that the user
        may not see."""
        return [row for row in together_with(self.deleted) if may_see(self.request.user, row, self.kinds)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        together = {row.pk for row in in_one_act(self.rows, self.deleted)}
        return {
            **super().get_context_data(**kwargs),
            "deleted": self.deleted,
            "rows": [(row, row.pk in together) for row in self.rows],
        }

    def post(self, request: AdminRequest, deleted_id: int) -> HttpResponse:
        """Restore the chosen objects; if the form had no choice, those that were deleted in the same request.
        Raise PermissionDenied if the user may not restore one of them; redirect back with errors if one has no
        place."""
        rows = in_one_act(self.rows, self.deleted)
        if request.POST.get("chosen"):
            wanted = {str(self.deleted.pk), *request.POST.getlist("with")}
            rows = [row for row in self.rows if str(row.pk) in wanted]
        if not all(may_restore(request.user, row) for row in rows):
            raise PermissionDenied
        try:
            made = restore(rows, request.user)
        except ValidationError as error:
            for message in error.messages:
                messages.error(request, message)
            return redirect(request.path)
        if made:
            self.tell(made)
            for reason in left_stopped(rows):
                messages.warning(request, reason)
        else:
            messages.info(request, _("“%(title)s” already exists.") % {"title": self.deleted.title})
        there = standing(self.deleted)
        return redirect((there and AdminURLFinder(request.user).get_edit_url(there)) or "translation_life:deleted")

    def tell(self, made: list[Restored]) -> None:
        """Add messages: how many objects were restored, how many of these are live, and for each that was live and
        is a draft now, why."""
        names = {
            "title": self.deleted.title,
            "count": len(made),
            "live": sum(each.instance.live for each in made),
        }
        messages.success(
            self.request,
            _("“%(title)s” was restored. Items restored: %(count)d, of these live: %(live)d.") % names,
        )
        for each in made:
            if each.against:
                names = {
                    "title": each.deleted.title,
                    "language": each.deleted.locale.get_display_name(),
                    "reason": each.against,
                }
                message = _("“%(title)s” in %(language)s was live and is now a draft: %(reason)s")
                messages.warning(self.request, message % names)
