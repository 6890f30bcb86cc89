"""Choosers that make what they lack. Wagtail's own would make it live and in the default language."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.actions.create import CreateAction
from wagtail.admin.ui.tables import Column
from wagtail.models import Locale
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet, SnippetCreateView

from campaigns.admin import forms
from campaigns.models import Quote
from core.typed import Translatable, ViewMixin


class InPageLanguage(ViewMixin):
    """The screen that opens a chooser hands it the language of what is being edited."""

    @cached_property
    def content_locale(self) -> Locale:
        code = self.request.GET.get("locale", "")
        return Locale.objects.filter(language_code=code).first() or Locale.get_default()

    def get_creation_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_creation_form_kwargs(),
            "locale": self.content_locale,
            "user": self.request.user,
        }


class HookedChooseView(ChooseView):
    """Lets apps narrow what is offered, as Wagtail does in its choosers of pages, images and documents."""

    construct_queryset_hook_name = "construct_snippet_chooser_queryset"


class HookedResultsView(ChooseResultsView):
    construct_queryset_hook_name = HookedChooseView.construct_queryset_hook_name


class HookedChooserViewSet(SnippetChooserViewSet):
    choose_view_class = HookedChooseView
    choose_results_view_class = HookedResultsView


class DraftChooseView(InPageLanguage, HookedChooseView):
    pass


class DraftResultsView(InPageLanguage, HookedResultsView):
    pass


class DraftCreateView(InPageLanguage, SnippetCreateView):
    def save_form(self, form: forms.DraftForm) -> Translatable:
        """Once, though a double click sends it twice."""
        try:
            with transaction.atomic():
                return form.made_before() or self._create(form)
        except IntegrityError:
            if made := form.made_before():
                return made
            raise

    def _create(self, form: forms.DraftForm) -> Translatable:
        return CreateAction(form.instance, user=self.request.user, form=form).execute()


class DraftChooserViewSet(SnippetChooserViewSet):
    preserve_url_parameters = ["multiple", "locale"]
    choose_view_class = DraftChooseView
    choose_results_view_class = DraftResultsView
    create_view_class = DraftCreateView
    search_tab_label = _("Choose")
    creation_tab_label = pgettext_lazy("tab", "New")
    create_action_label = _("Create as a draft")
    create_action_clicked_label = _("Creating…")


def material_chooser(model: type[Translatable], fields: Sequence[str]) -> type[DraftChooserViewSet]:
    """Return the chooser of this material, which makes drafts of these fields."""
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
    return str(quote.speaker or quote.role)


class WithSpeaker:
    @property
    def columns(self) -> list[Column]:
        title, *rest = super().columns
        return [title, Column("speaker", label=_("Speaker"), accessor=who_spoke), *rest]


class QuoteChooseView(WithSpeaker, DraftChooseView):
    pass


class QuoteResultsView(WithSpeaker, DraftResultsView):
    pass


class QuoteChooserViewSet(DraftChooserViewSet):
    creation_form_class = forms.QuoteDraftForm
    choose_view_class = QuoteChooseView
    choose_results_view_class = QuoteResultsView

    def get_object_list(self) -> QuerySet[Any]:
        return self.model.objects.select_related("speaker").order_by("-pk")
