"""Forms that choose languages, translators and due dates."""

import datetime
from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Locale

from core.typed import UserChoiceField
from translation.notices.people import name_of, translators_of
from translation.sending.assign import Changes
from translation.sending.jobs import People

AS_IT_IS, NOBODY = "keep", "nobody"


class PersonField(UserChoiceField):
    """A choice of a user by name."""

    def label_from_instance(self, person: User) -> str:
        return name_of(person)


def not_past(day: datetime.date) -> None:
    """Validator: raise ValidationError for a date before today."""
    if day < timezone.localdate():
        raise ValidationError(_("This date is in the past. Choose today or a later date."))


class WorkForm(forms.Form):
    """A due date, today or later, and a translator for each of the chosen languages, which a subclass offers as
    `locales`."""

    due = forms.DateField(
        label=gettext_lazy("Due"),
        required=False,
        validators=[not_past],
        widget=AdminDateInput,
        help_text=gettext_lazy("If empty: in time for the campaign's next observance."),
    )

    def offer_people(self, languages: Iterable[Locale]) -> None:
        """Add a choice of the translators of each of these languages."""
        for locale in languages:
            label = _("Translator, %(language)s") % {"language": locale.get_display_name()}
            self.fields[_person(locale)] = PersonField(
                translators_of(locale.pk), label=label, required=False, empty_label=_("Not assigned")
            )

    @property
    def people(self) -> People:
        """The chosen translators of the chosen languages, by the id of the language, without languages for which
        nobody is chosen. Needs a valid form."""
        chosen = {locale.pk: self.cleaned_data.get(_person(locale)) for locale in self.cleaned_data["locales"]}
        return {pk: person for pk, person in chosen.items() if person}


class SendForm(WorkForm):
    """Target languages, those with the ids `only` if given, with translators and a due date. If all objects have
    the same source language, it is not offered."""

    locales = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Languages"), queryset=Locale.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    field_order = ["locales"]

    def __init__(
        self,
        *args: Any,
        source_locale_ids: Collection[int] = (),
        only: Collection[int] | None = None,
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        languages = Locale.objects.order_by("pk")
        if len(set(source_locale_ids)) == 1:
            languages = languages.exclude(pk__in=source_locale_ids)
        if only is not None:
            languages = languages.filter(pk__in=only)
        field = self.fields["locales"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = languages
        self.offer_people(languages)


class SendPagesForm(SendForm):
    """The form for pages, which can be sent with the pages below them."""

    include_descendants = forms.BooleanField(
        label=gettext_lazy("Include subpages"),
        required=False,
    )


class AssignForm(forms.Form):
    """A translator and a due date for existing translations. Only translators of all their languages are
    offered."""

    person = forms.ChoiceField(label=gettext_lazy("Translator"), required=False)
    change_due = forms.BooleanField(label=gettext_lazy("Set due date"), required=False)
    due = forms.DateField(
        label=gettext_lazy("Due"),
        required=False,
        validators=[not_past],
        widget=AdminDateInput,
        help_text=gettext_lazy("If empty: in time for the campaign's next observance."),
    )

    def __init__(self, *args: Any, locale_ids: Collection[int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in translators_of(*locale_ids)}
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (AS_IT_IS, _("No change")),
            (NOBODY, _("Nobody")),
            *((pk, name_of(person)) for pk, person in self.people.items()),
        ]

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.errors and not self.changes():
            raise ValidationError(_("Choose a translator, or set a due date."))
        return self.cleaned_data

    def changes(self) -> Changes:
        """Return what is to be changed in the assignments: `person` unless it stays (None for nobody), and `due`
        if it is to be set (None for the campaign's). Empty if nothing changes."""
        chosen = self.cleaned_data.get("person") or AS_IT_IS
        found: Changes = {}
        if chosen != AS_IT_IS:
            found["person"] = self.people.get(chosen)
        if self.cleaned_data.get("change_due") or self.cleaned_data.get("due"):
            found["due"] = self.cleaned_data.get("due")
        return found


def _person(locale: Locale) -> str:
    return f"person_{locale.language_code}"
