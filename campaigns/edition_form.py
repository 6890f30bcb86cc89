"""The form that copies an edition."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from campaigns.years import is_year
from core.publishing.forms import PageCopyForm


class EditionCopyForm(PageCopyForm):
    """A form that copies an edition; the slug asked for is the year of the copy, by default the following one. The
    copy stays a draft, because somebody has to set its first day."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields.pop("publish_copies", None)
        slug = self.fields["new_slug"]
        slug.label, slug.initial = _("Year of the copy"), str(self.page.specific.year + 1)
        slug.help_text = _("Also used as the last part of the page's address in every language.")

    def clean_new_slug(self) -> str:
        year = self.cleaned_data["new_slug"]
        if not is_year(year):
            raise ValidationError(_("The address of an edition must be its year."))
        return year
