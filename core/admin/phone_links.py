"""Links to telephone numbers in rich text, as they are typed in Wagtail's dialogue."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.helplines.numbers import found_in
from core.internals.wagtail_admin import PhoneLinkChooserForm, PhoneLinkView


class PhoneLinkForm(PhoneLinkChooserForm):
    def clean_phone_number(self) -> str:
        """Return what a telephone dials, several numbers with commas between. Raise ValidationError if there is no
        number. Wagtail would join several numbers to one."""
        found = found_in(self.cleaned_data["phone_number"])
        if not found:
            raise ValidationError(
                _("Enter a telephone number, for example: 1313, 44 600-12-34, +992 44 600 12 34.")
            )
        return ",".join(number.tel for number in found)


class PhoneLinks(PhoneLinkView):
    form_class = PhoneLinkForm
