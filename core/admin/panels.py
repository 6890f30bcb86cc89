"""The panels and tabs of page editors. A page type defines its `content_panels` and `tie_panels`."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, Panel, TabbedInterface, TitleFieldPanel
from wagtail.admin.widgets import SlugInput
from wagtail.models import Page

from core.addresses.siblings import was_ever_live
from core.addresses.slugs import slug_formatters
from core.publishing.panel import PublishPanel
from core.sensitivity import is_inherited_sensitive


class TitlePanel(TitleFieldPanel):
    """The title panel, whose script makes the slug from the title until the page was live or a slug was typed, as
    the form does."""

    class BoundPanel(TitleFieldPanel.BoundPanel):
        def get_attrs(self) -> dict[str, object]:
            """Return the attributes, without those of Wagtail's script if the form has no slug field, which the
            script needs."""
            attrs = super().get_attrs()
            return attrs if attrs["data-w-sync-target-value"] else {"placeholder": attrs["placeholder"]}

        def get_should_apply(self) -> bool:
            page = self.instance
            return not (page and page.pk and (page.address_typed or was_ever_live(page)))


class RedirectsPanel(Panel):
    """A panel that lists the redirects which a changed slug will make when it is published, updated with each
    autosave, and links to the screen that changes the address in all languages."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "admin/redirects/panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance and self.instance.pk)


class SensitivePanel(FieldPanel):
    """The panel of the field `sensitive`, whose help text says what the page inherits without an own answer."""

    def __init__(self, field_name: str = "sensitive", **kwargs: Any) -> None:
        super().__init__(field_name, **kwargs)

    class BoundPanel(FieldPanel.BoundPanel):
        def __init__(self, **kwargs: Any):
            super().__init__(**kwargs)
            text = _("For pages read by people in danger: shows the helpline at the top of the page.")
            if self.instance and self.instance.pk:
                taken_over = _("yes") if is_inherited_sensitive(self.instance) else _("no")
                text = format_lazy(
                    "{} {}", text, _("Inherited from the parent page: %(answer)s.") % {"answer": taken_over}
                )
            self.help_text = text


class AddressPanel(FieldPanel):
    """The panel of the slug, which shows the form's help text if the slug can no longer be changed."""

    class BoundPanel(FieldPanel.BoundPanel):
        def __init__(self, **kwargs: Any):
            super().__init__(**kwargs)
            if self.bound_field and self.bound_field.field.disabled:
                self.help_text = self.bound_field.help_text


def title_panels() -> list[Panel]:
    return [TitlePanel("title", help_text=_("Shown at the top of the page and in lists."))]


def promote_panels() -> list[Panel]:
    return [
        AddressPanel(
            "slug",
            heading=_("Address"),
            widget=SlugInput(formatters=slug_formatters()),
            help_text=_(
                "The last part of the page's address: Latin letters, the same in every language. "
                "Follows the title until you enter one or publish the page. For a title in Dari, "
                "enter it yourself."
            ),
        ),
        RedirectsPanel(),
        *search_engine_panels(),
    ]


def search_engine_panels() -> list[Panel]:
    """Return the panels of the Promote tab without the slug (title and description for search engines, menus), for
    pages whose slug is fixed."""
    return [
        MultiFieldPanel(
            [
                FieldPanel(
                    "seo_title",
                    heading=_("Title"),
                    help_text=_("Only if search engines should show another title."),
                ),
                FieldPanel(
                    "search_description",
                    heading=_("Description"),
                    help_text=_("One or two sentences, shown beneath the title."),
                ),
            ],
            heading=_("In search engines"),
        ),
        FieldPanel("show_in_menus", help_text=_("Sections are shown in the menu of every page.")),
    ]


def page_tabs(model: type[Page]) -> TabbedInterface:
    """Return the editor of a page type, with a tab each for content (and the publishing panel), ties, promotion
    and settings; tabs without panels are left out."""
    tabs = [
        ([PublishPanel(), *model.content_panels], _("Content")),
        (model.tie_panels, _("Connections")),
        (model.promote_panels, _("Promote")),
        (model.settings_panels, _("Settings")),
    ]
    return TabbedInterface(
        [ObjectList(panels, heading=heading) for panels, heading in tabs if panels],
        base_form_class=model.base_form_class,
    )
