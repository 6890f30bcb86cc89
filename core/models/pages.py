"""The base class of the site's pages."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.forms import Form
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel, TabbedInterface
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.url_routing import RouteResult
from wagtail.utils.decorators import cached_classmethod
from wagtail_localize.fields import SynchronizedField

from core.addresses.siblings import give_address, is_made_from, leads, other_language, peers, rivals
from core.addresses.slugs import ascii_slug
from core.admin.page_form import BasePageForm
from core.admin.panels import page_tabs, promote_panels, title_panels
from core.copies import checks as copies
from core.findings import Finding
from core.links import Links
from core.page_context import provided
from core.publishing.forms import PageCopyForm
from core.publishing.gate import PublishGate
from core.publishing.people import PublicPlace
from core.rights import PagePermissions, sees_draft_title
from core.sensitivity import is_sensitive


class BasePage(PublishGate, Page):  # type: ignore[django-manager-missing]  # Wagtail's manager is Any.
    """The base class of all page types of the site."""

    slug: str

    # The slug is the same in every language and stays when a title changes.
    override_translatable_fields = [SynchronizedField("slug", overridable=False)]
    base_form_class = BasePageForm
    copy_form_class = PageCopyForm
    content_panels = title_panels()
    tie_panels: list[Panel] = []
    kept_parameters: tuple[str, ...] = ()
    """Query parameters of a list page that mean the same in every language."""
    promote_panels = promote_panels()

    content_key = models.UUIDField(null=True, editable=False)
    """The translation key under which the content was last saved. In a new copy it is still that of its source."""
    address_typed = models.BooleanField(default=False, db_default=False, editable=False)
    """Whether somebody has typed the slug. A proposed slug follows the title until the page was published."""
    exclude_fields_in_copy = ["address_typed"]

    class Meta:
        abstract = True

    @cached_classmethod
    def get_edit_handler(cls) -> TabbedInterface:
        return page_tabs(cls).bind_to_model(cls)

    def permissions_for_user(self, user: User) -> PagePermissions:
        return PagePermissions(user, self)

    def get_admin_display_title(self) -> str:
        """Return the title of the draft if the current user may see the draft, otherwise the live title."""
        if self.draft_title != self.title and not sees_draft_title(self):
            return self.title
        return super().get_admin_display_title()

    def publish_findings(self, on: date) -> list[Finding]:
        return [*super().publish_findings(on), *copies.copied_findings(self)]

    def public_places(self) -> list[PublicPlace]:
        own = PublicPlace(gettext("This page"), self.get_url() or "" if self.pk else "")
        cards = PublicPlace(gettext("Cards and lists that lead to it, and its picture where it is shared"))
        return [own, cards, *super().public_places()]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "links": Links.of_page(self, request),
            "is_sensitive": is_sensitive(self),
            "opens_with_helpline": self.opens_with_helpline(),
            **provided(self, request),
        }

    def sensitive_as(self) -> Iterable[UUID]:
        """Return the translation keys of pages elsewhere that make this page sensitive if they are; none by
        default."""
        return []

    def opens_with_helpline(self) -> bool:
        """Return whether the first block of the page's `body`, if it has one, is a helpline."""
        body = getattr(self, "body", None)
        return body[0].block_type == "helpline" if body else False

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the page, record the parts that a new copy has taken over, and give a changed slug of a draft to
        its translations while it leads them. Raise ValidationError for a copy that is not allowed here."""
        if copies.is_new_copy(self):
            # Validated before the publishing checks: a copy that is not allowed here need not be confirmed.
            self.minimal_clean()
            copies.record(self)
        is_new = self._state.adding
        if is_new and (parent := self.get_parent()):
            self.address_typed = self.address_typed or not is_made_from(self.slug, self.title, self, parent)
        super().save(*args, **kwargs)
        if not is_new and not self.live and kwargs.get("update_fields") is None:
            self.lead_translations()
        if self.content_key != self.translation_key:
            type(self)._base_manager.filter(pk=self.pk).update(content_key=self.translation_key)
            self.content_key = self.translation_key

    @transaction.atomic
    def copy(self, *args: Any, **kwargs: Any) -> Page:
        """Copy the page in one transaction, with its whole branch if requested, because the publishing checks may
        refuse any page of it. The copy of a single draft is, by default, a draft that was never published."""
        if not self.live and not args and not kwargs.get("recursive"):
            kwargs.setdefault("keep_live", False)
        return super().copy(*args, **kwargs)

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the page and its descendants in one transaction. Raise DeletionRefused if a receiver refuses
        it."""
        return super().delete(*args, **kwargs)

    def get_view_restrictions(self) -> models.QuerySet[Any]:
        """Return the restrictions on the page and its ancestors and on all their translations: a page that is
        private in one language is private in all."""
        paths = [self.path[: n * self.steplen] for n in range(1, self.depth + 1)]
        keys = Page.objects.filter(path__in=paths).order_by().values("translation_key")
        return PageViewRestriction.objects.filter(page__translation_key__in=keys)

    def serve_password_required_response(
        self, request: HttpRequest, form: Form, action_url: str
    ) -> TemplateResponse:
        """Return the password form, which is not cached, without the page's title or content. The form is
        submitted to another URL, so set the route on the request for the menus, which then treat it as a request
        for the page."""
        # Wagtail stores the route of a request in this attribute.
        request._wagtail_route_for_request = RouteResult(self)  # type: ignore[attr-defined]  # not in the stubs
        form.initial.setdefault("return_url", self.get_url(request))
        context = {"form": form, "action_url": action_url}
        response = TemplateResponse(request, "wagtailcore/password_required.html", context)
        add_never_cache_headers(response)
        return response

    def copy_for_translation(self, locale: Locale, copy_parents: bool = False, **kwargs: Any) -> Page:
        """Copy the page for translation, but never create aliases for parents that are not translated:
        `copy_parents` is ignored. Raise Wagtail's ParentNotTranslatedError if the parent is missing in the
        language."""
        return super().copy_for_translation(locale, **kwargs)

    def share_accent(self) -> str:
        """Return the name of the accent of the page's share picture; "" for the default."""
        return ""

    def share_dependents(self) -> Iterable[int]:
        """Return the ids of the pages whose share pictures show something of this page; none by default."""
        return []

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.settle_slug()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        self.settle_slug()
        super().minimal_clean()
        if parent := self.get_parent():
            if self._state.adding:
                self.check_language(parent)
            self.check_address(parent)

    def clean(self) -> None:
        super().clean()
        if parent := self.get_parent():
            self.check_place(parent)

    def proposed_slug(self) -> str:
        """Return a slug made from the title; "" if that is not possible and an editor has to choose one."""
        return ascii_slug(self.title)

    def check_place(self, parent: Page) -> None:
        """Raise ValidationError if the page's language or slug does not allow it under this parent. Separate from
        `clean`, because a new page has no parent yet when its form is validated."""
        self.check_language(parent)
        self.check_address(parent)

    def check_language(self, parent: Page) -> None:
        """Raise ValidationError if the page is not in the language of its parent, because readers would be shown
        it as if it were."""
        if against := other_language(self, parent):
            raise ValidationError({NON_FIELD_ERRORS: against})

    def check_address(self, parent: Page) -> None:
        """Raise ValidationError if the page has no slug, if a page of another language has the slug under this
        parent, or if its translations have another slug and it does not lead them. Children of the root page are
        not checked."""
        if parent.is_root():
            return
        if not self.slug:
            raise ValidationError({"slug": _("Type the last part of the page's address in Latin letters.")})
        rival = rivals(self, parent).exclude(locale_id=parent.locale_id).select_related("locale").first()
        if rival:
            raise ValidationError(
                {
                    "slug": _("“%(slug)s” is the address of “%(title)s” in %(language)s. Choose another one.")
                    % {"slug": self.slug, "title": rival.title, "language": rival.locale.get_display_name()}
                }
            )
        other = peers(self).exclude(slug=self.slug).select_related("locale").first()
        if other and not leads(self):
            raise ValidationError(
                {
                    "slug": _("Enter “%(slug)s”: the address must be the same as in %(language)s.")
                    % {"slug": other.slug, "language": other.locale.get_display_name()}
                }
            )

    def lead_translations(self) -> None:
        """Give the page's slug to those of its translations that have another, if the page still determines their
        slug."""
        others = peers(self).exclude(slug=self.slug)
        if others and leads(self):
            give_address(self.slug, (page.specific for page in others))

    def settle_slug(self) -> None:
        """Set the proposed slug, made free by Wagtail, if the page has none and one can be proposed; called before
        validation."""
        if not self.slug and (proposed := self.proposed_slug()):
            self.slug = self._get_autogenerated_slug(proposed)


class LeadImageMixin(models.Model):
    """A mixin for pages with an optional lead image."""

    lead_image = models.ForeignKey(
        "core.SiteImage",
        verbose_name=_("lead image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Optional. Without an image, the page shows its own adras pattern."),
    )

    lead_image_panels = [FieldPanel("lead_image")]

    class Meta:
        abstract = True
