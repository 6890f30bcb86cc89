"""The form to edit a helpline: hours by weekday, exceptions, languages spoken, a name and a note in each language
of the site."""

import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList

from core.helplines import hours
from core.helplines.rows import RowsField
from core.languages.cldr import language_name, locale_of
from core.languages.site_languages import all_languages
from core.quotations.passages import find_passages

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _time(label: "StrOrPromise") -> forms.TimeField:
    return forms.TimeField(label=label, required=False, widget=forms.TimeInput(attrs={"type": "time"}))


def _date(label: "StrOrPromise", required: bool) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}))


def weekdays() -> dict[str, str]:
    """Return the capitalized names of the weekdays in the active language by their numbers; "0" is Monday."""
    names = hours.weekday_names(get_language() or settings.LANGUAGE_CODE)
    return {str(day): name[:1].upper() + name[1:] for day, name in enumerate(names)}


def site_languages() -> dict[str, str]:
    """Return the own names of the site's languages by their codes."""
    return {language.code: language.name for language in all_languages()}


def spoken_languages() -> list[tuple[str, str]]:
    """Return choices of languages, named in the active language: an empty one, the site's languages, then all
    others that CLDR has a name for, sorted by name."""
    code = get_language() or settings.LANGUAGE_CODE
    own = [language.code for language in all_languages()]
    known = map(str, locale_of(settings.LANGUAGE_CODE).languages)
    others = [each for each in known if "_" not in each and each not in own and len(each) <= 3]
    named = [(each, language_name(each, code)) for each in others]
    return [
        ("", "–"),
        *((each, language_name(each, code)) for each in own),
        *sorted(named, key=lambda choice: choice[1].casefold()),
    ]


class WeekField(RowsField):
    """A field with the hours of each weekday. Its value is described in `core.helplines.hours`."""

    def clean(self, value: dict[str, Any] | None) -> dict[str, Any]:
        cleaned = super().clean(value)
        for day, row in cleaned.items():
            _check_pair(row, self.name_of(day))
        return cleaned


class ExceptionsField(RowsField):
    """A field with days of other hours, sorted by the first day. Its value is described in
    `core.helplines.hours`."""

    def clean(self, value: dict[str, Any] | None) -> list[dict[str, Any]]:
        cleaned = super().clean(value)
        for number, row in enumerate(cleaned):
            name = self.name_of(str(number))
            _check_pair(row, name)
            first = datetime.date.fromisoformat(row["first"])
            last = datetime.date.fromisoformat(row["last"] or row["first"])
            if not 0 <= (last - first).days < hours.LONGEST:
                text = _("%(row)s: the last day must be the first day or up to %(most)s days later.")
                raise ValidationError(text % {"row": name, "most": hours.LONGEST - 1})
        return sorted(cleaned, key=lambda row: row["first"])


class LanguagesField(RowsField):
    """A field with any number of languages. Its value is a list of codes without repetitions."""

    def prepare_value(self, value: object) -> object:
        rows = [{"language": each} for each in value] if isinstance(value, list) else value
        return super().prepare_value(rows)

    def compress(self, cleaned: dict[str, Any]) -> list[str]:
        return list(dict.fromkeys(row["language"] for row in cleaned.values()))


class TextsField(RowsField):
    """A field with a name and a note in each language of the site. A name in the site's default language is
    required, and texts must not quote anybody."""

    def clean(self, value: dict[str, Any] | None) -> dict[str, Any]:
        cleaned = super().clean(value)
        if not cleaned.get(settings.LANGUAGE_CODE, {}).get("name"):
            name = self.name_of(settings.LANGUAGE_CODE)
            raise ValidationError(_("%(language)s: enter a name.") % {"language": name})
        for code, row in cleaned.items():
            if find_passages([row["name"], row["note"]]):
                text = _("%(language)s: remove the quotation. A helpline cannot quote anybody.")
                raise ValidationError(text % {"language": self.name_of(code)})
        return cleaned


def _check_pair(row: dict[str, Any], name: str) -> None:
    """Raise ValidationError if only one of the two times is given."""
    if bool(row["opens"]) != bool(row["closes"]):
        raise ValidationError(_("%(row)s: enter both times or neither.") % {"row": name})


class HelplineForm(WagtailAdminModelForm):
    hours = WeekField(
        {"opens": _time(gettext_lazy("Opens")), "closes": _time(gettext_lazy("Closes"))},
        weekdays,
        label=gettext_lazy("Opening hours"),
        required=False,
        help_text=gettext_lazy(
            "Leave a day blank if nobody answers. Equal times mean around the clock. A closing "
            "time before the opening time is on the next day."
        ),
    )
    exceptions = ExceptionsField(
        {
            "first": _date(gettext_lazy("First day"), required=True),
            "last": _date(gettext_lazy("Last day"), required=False),
            "opens": _time(gettext_lazy("Opens")),
            "closes": _time(gettext_lazy("Closes")),
        },
        label=gettext_lazy("Exceptions"),
        required=False,
        help_text=gettext_lazy("Days with other hours. Without times: closed. Shown to readers two weeks ahead."),
    )
    languages = LanguagesField(
        {"language": forms.ChoiceField(label=gettext_lazy("Language"), choices=spoken_languages, required=False)},
        label=gettext_lazy("Languages spoken"),
        required=False,
    )
    texts = TextsField(
        {
            "name": forms.CharField(label=gettext_lazy("Name"), max_length=120, required=False),
            "note": forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False),
        },
        site_languages,
        label=gettext_lazy("Name and note"),
        help_text=gettext_lazy("If blank, readers see the name and note in the fallback language."),
    )


edit_handler = ObjectList(
    [
        FieldPanel("number", help_text=gettext_lazy("One number, as people dial it.")),
        FieldPanel("is_primary"),
        FieldPanel("texts"),
        MultiFieldPanel(
            [FieldPanel("hours"), FieldPanel("exceptions"), FieldPanel("time_zone")],
            heading=gettext_lazy("Opening hours"),
        ),
        FieldPanel("languages"),
        FieldPanel("replaced_by"),
    ],
    base_form_class=HelplineForm,
)
