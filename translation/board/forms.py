from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from translation.board.board import ME, NOBODY, Wanted
from translation.board.readiness import Readiness
from translation.campaign_contents.families import Family
from translation.campaign_contents.kinds import Kind


def capitalised(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(value, capfirst(label)) for value, label in choices]


class BoardForm(forms.Form):
    """What is not among the choices is passed over: a filter is no reason for an error."""

    campaign = forms.ChoiceField(label=_("Campaign"), required=False)
    edition = forms.ChoiceField(label=_("Edition"), required=False)
    language = forms.MultipleChoiceField(label=_("Language"), required=False, widget=forms.CheckboxSelectMultiple)
    state = forms.ChoiceField(label=_("State"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    person = forms.ChoiceField(label=_("Who has it"), required=False)

    def __init__(self, data: Mapping[str, Any], families: list[Family], family: Family, locales: list[Locale]):
        super().__init__(data)
        every = [("", _("All"))]
        self.fields["campaign"].choices = [(str(each.pk), each.title) for each in families]
        editions = [(str(each.pk), f"{each.year}: {each.title}") for each in family.editions]
        self.fields["edition"].choices = [("", _("The whole campaign")), *editions]
        self.fields["language"].choices = [(each.language_code, each.get_display_name()) for each in locales]
        self.fields["state"].choices = [*every, *capitalised(Readiness.choices)]
        self.fields["kind"].choices = [*every, *capitalised(Kind.choices)]
        self.fields["person"].choices = [*every, (ME, _("Me")), (NOBODY, _("Nobody"))]
        self.locales = {locale.language_code: locale.pk for locale in locales}

    def name_people(self, people: Mapping[int, User]) -> None:
        named = [(str(pk), person.get_full_name() or person.get_username()) for pk, person in people.items()]
        self.fields["person"].choices += sorted(named, key=lambda row: row[1])

    def wanted(self, by_default: Iterable[int]) -> Wanted:
        self.full_clean()
        chosen = {self.locales[code] for code in self.data.getlist("language") if code in self.locales}
        person = self.data.get("person", "")
        return Wanted(
            locales=frozenset(chosen or by_default),
            states=frozenset(filter(None, [self._value("state")])),
            kinds=frozenset(filter(None, [self._value("kind")])),
            person=person if person in (ME, NOBODY) or person.isdecimal() else "",
        )

    def _value(self, name: str) -> str:
        value = self.data.get(name, "")
        return value if value in dict(self.fields[name].choices) else ""
