"""What an editor fills in to make a piece without leaving the page. It becomes a draft in the page's
language; the rest of its fields are on its own screen."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import TextField
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.actions.create import CreateAction
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Locale
from wagtail.permissions import policy_registry

from campaigns.admin.widgets import DateInput, SuggestingInput
from campaigns.models import Organisation, Person, Place, Quote, Topic
from core.typed import Translatable

SUGGESTIONS = 500


class DraftForm(WagtailAdminModelForm):
    key = forms.UUIDField(initial=uuid4, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, locale: Locale, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.locale = locale
        self.user = user
        self.instance.locale = locale
        if self.made_as:
            self.instance.translation_key = self.made_as

    @cached_property
    def made_as(self) -> UUID | None:
        """What this form makes, however often it is sent; None where that is something else already."""
        try:
            key = UUID(self.data.get(self.add_prefix("key"), ""))
        except ValueError:
            return None
        elsewhere = self._meta.model._base_manager.filter(translation_key=key).exclude(locale=self.locale)
        return None if elsewhere.exists() else key

    def made_before(self) -> Translatable | None:
        rows = self._meta.model._base_manager.filter(locale=self.locale)
        return rows.filter(translation_key=self.made_as).first() if self.made_as else None


def material_form(model: type[Translatable], fields: Sequence[str]) -> type[DraftForm]:
    texts = [name for name in fields if isinstance(model._meta.get_field(name), TextField)]
    widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in texts}
    return forms.modelform_factory(model, form=DraftForm, fields=fields, widgets=widgets)


class PersonDraftForm(DraftForm):
    class Meta:
        model = Person
        fields = ["name", "honorific", "role"]


class UniqueNameForm(DraftForm):
    """For what two editors must not make twice."""

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip()
        others = self._meta.model.objects.exclude(translation_key=self.instance.translation_key)
        if others.filter(locale=self.locale, name__iexact=name).exists():
            raise ValidationError(_("There is one of this name already: choose it from the list."))
        return name


class OrganisationDraftForm(UniqueNameForm):
    class Meta:
        model = Organisation
        fields = ["name", "acronym", "kind", "url"]


class PlaceDraftForm(UniqueNameForm):
    class Meta:
        model = Place
        fields = ["name", "country"]


class TopicDraftForm(UniqueNameForm):
    class Meta:
        model = Topic
        fields = ["name", "slug"]


class QuoteDraftForm(DraftForm):
    """The speaker is typed: a chooser inside a chooser would lose the words."""

    speaker_name = forms.CharField(
        label=_("Speaker"),
        required=False,
        max_length=200,
        widget=SuggestingInput,
        help_text=_("Type a name. Somebody who is not known yet is noted as a draft, too."),
    )

    field_order = [
        "text",
        "original_language",
        "speaker_name",
        "role",
        "who_speaks",
        "date",
        "consent_reference",
        "consent_scope",
        "consent_until",
    ]

    class Meta:
        model = Quote
        fields = [
            "text",
            "original_language",
            "role",
            "who_speaks",
            "date",
            "consent_reference",
            "consent_scope",
            "consent_until",
        ]
        widgets = {"text": forms.Textarea(attrs={"rows": 4}), "date": DateInput, "consent_until": DateInput}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.known = known_people(self.locale)
        self.fields["speaker_name"].widget.suggestions = {
            label: ", ".join(filter(None, (person.role, str(person.organisation or ""))))
            for label, person in self.known.items()
        }
        self.fields["original_language"].initial = self.locale.language_code

    def clean_speaker_name(self) -> str:
        name = " ".join(self.cleaned_data["speaker_name"].split())
        if name and self._known(name) is None and self._bearers(name) > 1:
            raise ValidationError(_("Several people have this name: choose one from the list, with the role."))
        if name and self._known(name) is None and not may_add(Person, self.user):
            raise ValidationError(_("Choose a name from the list: you may not note new people."))
        return name

    def save(self, commit: bool = True) -> Quote:
        if name := self.cleaned_data["speaker_name"]:
            self.instance.speaker = self._known(name) or self._new_person(name)
        return super().save(commit=commit)

    def _known(self, name: str) -> Person | None:
        return next((person for label, person in self.known.items() if label.casefold() == name.casefold()), None)

    def _bearers(self, name: str) -> int:
        return sum(person.name.casefold() == name.casefold() for person in self.known.values())

    def _new_person(self, name: str) -> Person:
        return CreateAction(Person(name=name, locale=self.locale), user=self.user).execute()


def may_add(model: type, user: User) -> bool:
    return policy_registry.get_by_type(model).user_has_permission(user, "add")


def known_people(locale: Locale) -> dict[str, Person]:
    """By what is suggested: the name, and where several have it, the role with it."""
    rows = list(Person.objects.filter(locale=locale).select_related("organisation").order_by("-pk")[:SUGGESTIONS])
    bearers = Counter(person.name.casefold() for person in rows)
    people: dict[str, Person] = {}
    for person in rows:
        alone = bearers[person.name.casefold()] == 1
        label = person.name if alone else f"{person.name} ({person.role or person.pk})"
        if label in people:
            label = f"{label} #{person.pk}"
        people[label] = person
    return people
