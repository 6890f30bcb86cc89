"""The base form of page editors."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from core.addresses.siblings import fits_title, is_made_from, leads, peers, slug_for, was_ever_live
from core.publishing.forms import PublishGateForm

TYPED = "slug-typed"
"""Sent by the form's script once somebody has typed an address."""


class BasePageForm(PublishGateForm, WagtailAdminPageForm):
    """The form for pages, whose slug follows the title until the page is first published or a slug is typed."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        slug = self.fields.get("slug")
        if slug is None:
            return
        # Not required, as the server makes a slug if the script has not.
        slug.required = False
        if not self.instance.pk or not peers(self.instance).exists():
            return
        # As it was read: nothing has been published in it yet.
        if self.instance.live or self.instance.first_published_at or was_ever_live(self.instance):
            slug.disabled = True
            slug.help_text = _("The same in every language. Cannot be changed, because the page has translations.")
        elif not leads(self.instance):
            slug.disabled = True
            slug.help_text = _("The same in every language. Follows the title of the source page.")

    def clean_slug(self) -> str:
        """Return the slug, which follows the title until the page was live or somebody has typed a slug; set
        `address_typed` on the page. The form's script sends a slug made from the title; without the script an
        earlier slug is sent. A slug that cannot be changed, or of a page that was ever live, is returned as
        sent."""
        sent, title = self.cleaned_data["slug"] or "", self.cleaned_data.get("title", "")
        page, parent = self.instance, self.parent_page
        if self.fields["slug"].disabled or not parent or parent.is_root() or was_ever_live(page):
            return sent
        known = self.initial.get("slug") or ""
        if not sent:
            page.address_typed = False
        elif self.data.get(TYPED):
            page.address_typed = True
        elif sent == known:
            page.address_typed |= not fits_title(known, self.initial.get("title") or "")
        else:
            page.address_typed |= not is_made_from(sent, title, page, parent)
        if page.address_typed:
            return sent
        # The script of an open form sends the slug without the number that the server has added.
        if known and is_made_from(known, title, page, parent):
            return known
        return slug_for(title, page, parent) or sent or known

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """Return Wagtail's updates for the open form as pairs of field and value, with the saved slug if it
        differs from the one sent. Otherwise the form would send the earlier slug as if it were typed."""
        updates = super().get_field_updates_for_resave()
        if "slug" in self.fields and self.data.get("slug") != self.instance.slug:
            updates.append(("slug", self.instance.slug))
        return updates

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.instance.path or not self.parent_page:
            return
        try:
            self.instance.check_place(self.parent_page)
        except ValidationError as error:
            self.add_error(None, error)
