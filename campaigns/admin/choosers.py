"""Choosers in which editors can create a missing snippet. Unlike Wagtail's own, they create it as a draft and in
the language of the page that is being edited."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.models import Locale
from wagtail.snippets.views.chooser import SnippetChooserViewSet

from campaigns.admin import forms
from campaigns.models import Quote
from core.admin.lists import with_status
from core.internals.django import URLPattern
from core.internals.wagtail_admin import ChooseResultsView, ChooseView, SnippetCreateView
from core.internals.wagtail_models import CreateAction
from core.typed import Translatable, ViewMixin


class InPageLanguage(ViewMixin):
    """Mixin of chooser views that know the language of the edited object, from the parameter `locale`."""

    @cached_property
    def content_locale(self) -> Locale:
        """The locale of the edited object; the default one if it is missing or unknown."""
        code = self.request.GET.get("locale", "")
        return Locale.objects.filter(language_code=code).first() or Locale.get_default()

    def get_creation_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_creation_form_kwargs(),  # type: ignore[misc]  # of Wagtail's view that it is mixed into
            "locale": self.content_locale,
            "user": self.request.user,
        }


class HookedChooseView(ChooseView):
    """A chooser whose query set apps can filter by a hook, as in Wagtail's choosers of pages, images and
    documents."""

    construct_queryset_hook_name = "construct_snippet_chooser_queryset"


class HookedResultsView(ChooseResultsView):
    """The search results of a chooser, filtered by the same hook."""

    construct_queryset_hook_name = HookedChooseView.construct_queryset_hook_name


class ReadChooserViewSet(SnippetChooserViewSet):
    """A snippet chooser that reads the status of its rows together."""

    def get_object_list(self) -> QuerySet[Any]:
        return with_status(self.model.objects.all())


class HookedChooserViewSet(ReadChooserViewSet):
    """A snippet chooser that is filtered by the hook and cannot create snippets."""

    choose_view_class = HookedChooseView
    choose_results_view_class = HookedResultsView


class DraftChooseView(InPageLanguage, HookedChooseView):
    """The chooser's list, with the form for a new draft."""


class DraftResultsView(InPageLanguage, HookedResultsView):
    """The search results of a chooser that can create drafts."""


class DraftCreateView(InPageLanguage, SnippetCreateView):
    """The view that creates a draft from a chooser's form."""

    def save_form(self, form: forms.DraftForm) -> Translatable:
        """Create the draft and return it. If the same form was sent before, as by a double click, return the
        object that was created then. Raise IntegrityError if the draft breaks another constraint of the
        database."""
        try:
            with transaction.atomic():
                return form.made_before() or self._create(form)
        except IntegrityError:
            if made := form.made_before():
                return made
            raise

    def _create(self, form: forms.DraftForm) -> Translatable:
        return CreateAction(form.instance, user=self.request.user, form=form).execute()


class DraftChooserViewSet(ReadChooserViewSet):
    """A snippet chooser in which editors can create drafts."""

    preserve_url_parameters = ["multiple", "locale"]
    choose_view_class = DraftChooseView
    choose_results_view_class = DraftResultsView
    create_view_class = DraftCreateView
    search_tab_label = _("Choose")
    creation_tab_label = pgettext_lazy("tab", "New")
    create_action_label = _("Create as a draft")
    create_action_clicked_label = _("Creating…")


def material_chooser(model: type[Translatable], fields: Sequence[str]) -> type[DraftChooserViewSet]:
    """Return a chooser class for this kind of material, whose form for new drafts has these fields."""
    form = forms.material_form(model, fields)
    return type(f"{model.__name__}ChooserViewSet", (DraftChooserViewSet,), {"creation_form_class": form})


class PersonChooserViewSet(DraftChooserViewSet):
    creation_form_class = forms.PersonDraftForm


class OrganisationChooserViewSet(DraftChooserViewSet):
    creation_form_class = forms.OrganisationDraftForm


class PlaceChooserViewSet(DraftChooserViewSet):
    creation_form_class = forms.PlaceDraftForm


class TopicChooserViewSet(DraftChooserViewSet):
    creation_form_class = forms.TopicDraftForm


def who_spoke(quote: Quote) -> str:
    """Return the speaker's name, or the role if no speaker is set; empty if there is neither."""
    return str(quote.speaker or quote.role)


class WithSpeaker:
    """Mixin of chooser views of quotes that adds a column with the speaker, or the role, after the title."""

    @property
    def columns(self) -> list[Column]:
        title, *rest = super().columns  # type: ignore[misc]  # of Wagtail's view that it is mixed into
        return [title, Column("speaker", label=_("Speaker"), accessor=who_spoke), *rest]


class QuoteChooseView(WithSpeaker, DraftChooseView):
    """The list of the chooser of quotes."""


class QuoteResultsView(WithSpeaker, DraftResultsView):
    """The search results of the chooser of quotes."""


class SpeakersView(DraftCreateView):
    """The names that are suggested for what has been typed in the form for a new quote."""

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.get_creation_form()
        return render(request, "admin/widgets/suggested.html", {"suggestions": form.suggestions})


class QuoteChooserViewSet(DraftChooserViewSet):
    """The chooser of quotes, newest first."""

    creation_form_class = forms.QuoteDraftForm
    choose_view_class = QuoteChooseView
    choose_results_view_class = QuoteResultsView

    def get_object_list(self) -> QuerySet[Any]:
        return super().get_object_list().select_related("speaker").order_by("-pk")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("speakers/", self.construct_view(SpeakersView), name="speakers"),
        ]
