"""Forms of the choosers for new snippets.

A new snippet becomes a draft in the language of the edited page. The forms have only the most important fields;
the others are on the snippet's own screen.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import TextField
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Locale
from wagtail.permissions import policy_registry
from wagtail.search.backends import get_search_backend

from campaigns.admin.widgets import DateInput, SuggestingInput
from campaigns.models import Organisation, Person, Place, Quote, Topic
from core.internals.wagtail_models import CreateAction
from core.typed import Translatable

SPEAKERS = "wagtailsnippetchoosers_campaigns_quote:speakers"
NEWEST = 5
"""People who are suggested before a name is typed."""
SUGGESTIONS = 100
"""People who are suggested at most for what is typed."""


class DraftForm(WagtailAdminModelForm):
    """Base of the forms. The hidden field `key` becomes the translation key, so that a form that is sent twice
    creates one object."""

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
        """The translation key of the new object, from the submitted `key`; None if that is missing, not a UUID, or
        the key of an object in another language."""
        try:
            key = UUID(self.data.get(self.add_prefix("key"), ""))
        except ValueError:
            return None
        elsewhere = self._meta.model._base_manager.filter(translation_key=key).exclude(locale=self.locale)
        return None if elsewhere.exists() else key

    def made_before(self) -> Translatable | None:
        """Return the object that was created when the same form was sent before, or None. It is found by `made_as`
        and the locale."""
        rows = self._meta.model._base_manager.filter(locale=self.locale)
        return rows.filter(translation_key=self.made_as).first() if self.made_as else None


def material_form(model: type[Translatable], fields: Sequence[str]) -> type[DraftForm]:
    """Return a form class for new drafts of the model with these fields. Text fields (TextField) have three
    rows."""
    texts = [name for name in fields if isinstance(model._meta.get_field(name), TextField)]
    widgets: dict[str, type[forms.Widget] | forms.Widget] = {
        name: forms.Textarea(attrs={"rows": 3}) for name in texts
    }
    made = forms.modelform_factory(model, form=DraftForm, fields=fields, widgets=widgets)
    assert issubclass(made, DraftForm)
    return made


class PersonDraftForm(DraftForm):
    """The form for a new person."""

    class Meta:
        model = Person
        fields = ["name", "honorific", "role"]


class UniqueNameForm(DraftForm):
    """Base of forms for snippets whose name must be unique in a language."""

    def clean_name(self) -> str:
        """Return the name without spaces around it. Raise ValidationError if another object in this language has
        it, in whatever case."""
        name = self.cleaned_data["name"].strip()
        others = self._meta.model.objects.exclude(translation_key=self.instance.translation_key)
        if others.filter(locale=self.locale, name__iexact=name).exists():
            raise ValidationError(_("This name already exists. Choose it from the list."))
        return name


class OrganisationDraftForm(UniqueNameForm):
    """The form for a new organisation."""

    class Meta:
        model = Organisation
        fields = ["name", "acronym", "kind", "url"]


class PlaceDraftForm(UniqueNameForm):
    """The form for a new place."""

    class Meta:
        model = Place
        fields = ["name", "country"]


class TopicDraftForm(UniqueNameForm):
    """The form for a new topic."""

    class Meta:
        model = Topic
        fields = ["name", "slug"]


class QuoteDraftForm(DraftForm):
    """The form for a new quote. The speaker is typed, because a chooser opened from within a chooser would discard
    what has been entered. An unknown name becomes a new person in draft."""

    speaker_name = forms.CharField(
        label=_("Speaker"),
        required=False,
        max_length=200,
        widget=SuggestingInput,
        help_text=_("Enter a name. A new person is created as a draft."),
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
        self.known = known_people(self.locale, self.data.get(self.add_prefix("speaker_name"), ""))
        widget = self.fields["speaker_name"].widget
        widget.suggestions = self.suggestions
        widget.url = f"{reverse(SPEAKERS)}?locale={self.locale.language_code}"
        self.fields["original_language"].initial = self.locale.language_code

    @property
    def suggestions(self) -> dict[str, str]:
        """The names that are suggested, with role and organisation of each person."""
        return {
            label: ", ".join(filter(None, (person.role, str(person.organisation or ""))))
            for label, person in self.known.items()
        }

    def clean_speaker_name(self) -> str:
        """Return the name with single spaces; empty if none was typed. Unless it is one of the suggestions, raise
        ValidationError if several of the people who are suggested have it, or if the user may not add people."""
        name = " ".join(self.cleaned_data["speaker_name"].split())
        if name and self._known(name) is None and self._bearers(name) > 1:
            raise ValidationError(_("Several people have this name. Choose one from the list."))
        if name and self._known(name) is None and not may_add(Person, self.user):
            raise ValidationError(_("Choose a name from the list. You do not have permission to add people."))
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
    """Return whether the user has the permission to add objects of the model."""
    return policy_registry.get_by_type(model).user_has_permission(user, "add")


def known_people(locale: Locale, typed: str) -> dict[str, Person]:
    """Return people of a language, drafts too, whose name has the words that are typed, of which the last may be
    incomplete, or the newest people if nothing is typed; by the text that is suggested for each: the name, with
    the role or number in brackets where several of them have the same name. What is typed may be such a text."""
    stored = Person.objects.filter(locale=locale).select_related("organisation").order_by("-pk")
    name = typed.partition(" (")[0].strip()
    rows = list(get_search_backend().autocomplete(name, stored)[:SUGGESTIONS] if name else stored[:NEWEST])
    bearers = Counter(person.name.casefold() for person in rows)
    people: dict[str, Person] = {}
    for person in rows:
        alone = bearers[person.name.casefold()] == 1
        label = person.name if alone else f"{person.name} ({person.role or person.pk})"
        if label in people:
            label = f"{label} #{person.pk}"
        people[label] = person
    return people
