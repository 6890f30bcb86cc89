"""The form with the filter of the board."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib.auth.models import User
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from core.internals.django import capfirst
from translation.board.board import ME, NO_DAY, NOBODY, OVERDUE, Wanted
from translation.board.readiness import Readiness
from translation.campaign_contents.families import Family
from translation.campaign_contents.kinds import Kind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def capitalised(choices: "Iterable[tuple[str, StrOrPromise]]") -> "list[tuple[str, StrOrPromise]]":
    """Return choices with labels that begin with a capital letter."""
    return [(value, capfirst(label)) for value, label in choices]


class SelectOfNames(forms.Select):
    """A drop-down list of names, each with the direction of its own letters: a browser cuts what is too long for
    the field at its end, and not at its beginning."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        option["attrs"]["dir"] = "auto"
        return option


class BoardForm(forms.Form):
    """The filter of the board. Values that are not among the choices are ignored instead of reported as errors."""

    campaign = forms.ChoiceField(label=_("Campaign"), required=False, widget=SelectOfNames)
    edition = forms.ChoiceField(label=_("Edition"), required=False, widget=SelectOfNames)
    language = forms.MultipleChoiceField(label=_("Language"), required=False, widget=forms.CheckboxSelectMultiple)
    state = forms.ChoiceField(label=_("State"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    person = forms.ChoiceField(label=_("Assigned to"), required=False, widget=SelectOfNames)
    due = forms.ChoiceField(
        label=_("Due"),
        required=False,
        choices=[
            ("", _("All")),
            (OVERDUE, _("Overdue")),
            ("week", _("Within 7 days")),
            ("month", _("Within 30 days")),
            (NO_DAY, _("Without a date")),
        ],
    )

    data: QueryDict

    def __init__(self, data: QueryDict, families: list[Family], family: Family, locales: list[Locale]):
        super().__init__(data)
        every = [("", _("All"))]
        self._field("campaign").choices = [(str(each.pk), each.title) for each in families]
        editions = [(str(each.pk), f"{each.year}: {each.title}") for each in family.editions]
        self._field("edition").choices = [("", _("The whole campaign")), *editions]
        self._field("language").choices = [(each.language_code, each.get_display_name()) for each in locales]
        self._field("state").choices = [*every, *capitalised(Readiness.choices)]
        self._field("kind").choices = [*every, *capitalised(Kind.choices)]
        self._field("person").choices = [*every, (ME, _("Me")), (NOBODY, _("Nobody: not assigned"))]
        self.locales = {locale.language_code: locale.pk for locale in locales}

    def name_people(self, people: Mapping[int, User]) -> None:
        """Add people, given by id, to the choices of `person`, sorted by name."""
        named = [(str(pk), person.get_full_name() or person.get_username()) for pk, person in people.items()]
        self._field("person").choices = [*self._choices("person"), *sorted(named, key=lambda row: row[1])]

    def wanted(self, by_default: Iterable[int]) -> Wanted:
        """Return the filter, with "" for values that are not among the choices. `by_default` are the ids of the
        languages if none is chosen."""
        self.full_clean()
        chosen = {self.locales[code] for code in self.data.getlist("language") if code in self.locales}
        person = self.data.get("person", "")
        return Wanted(
            locales=frozenset(chosen or by_default),
            states=frozenset(filter(None, [self._value("state")])),
            kinds=frozenset(filter(None, [self._value("kind")])),
            person=person if person in (ME, NOBODY) or person.isdecimal() else "",
            due=self._value("due"),
        )

    def _field(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field

    def _choices(self, name: str) -> "list[tuple[str, StrOrPromise]]":
        """Return the choices of a field, which are always set as a list."""
        return cast("list[tuple[str, StrOrPromise]]", self._field(name).choices)

    def _value(self, name: str) -> str:
        value = self.data.get(name, "")
        return value if value in dict(self._choices(name)) else ""
