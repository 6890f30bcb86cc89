"""Texts of wagtail-localize that its own code does not translate, or translates once for all users."""

from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as localized  # Its texts are in the catalogues of libraries.
from wagtail.admin.menu import MenuItem
from wagtail_localize import wagtail_hooks
from wagtail_localize.compat import DATE_FORMAT
from wagtail_localize.models import StringTranslation
from wagtail_localize.views.report import TranslationsReportFilterSet

from core.internals.wagtail_admin import replace_hook
from core.templatetags.dates import localdate


def report_item() -> MenuItem:
    """Return the menu item of wagtail-localize's report, which has the language of whoever was shown it first."""
    item: MenuItem = report_item_of_localize()
    item.label = localized("Translations")
    return item


def comment(self: StringTranslation) -> str | None:
    """Return how and when a string was translated, with the date in the active language; None if that is not
    known."""
    text: str | None = comment_of_localize(self)
    return text and text.replace(self.updated_at.strftime(DATE_FORMAT), localdate(self.updated_at.date()))


report_item_of_localize = wagtail_hooks.register_wagtail_localize2_report_menu_item
comment_of_localize = StringTranslation.get_comment


def install() -> None:
    """Put the texts in the place of those of wagtail-localize."""
    replace_hook("register_reports_menu_item", report_item_of_localize, report_item)
    StringTranslation.get_comment = comment
    labels = {"source_locale": gettext_lazy("Source language"), "target_locale": gettext_lazy("Language")}
    for name, label in labels.items():
        TranslationsReportFilterSet.base_filters[name].label = label
