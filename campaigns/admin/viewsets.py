"""The viewsets of the snippets in Wagtail's admin."""

from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList, Panel, PublishingPanel
from wagtail.admin.ui.tables import LiveStatusTagColumn, LocaleColumn, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from campaigns.admin import choosers, filters
from campaigns.admin.proposals import ProposalPanel
from campaigns.models import SDG, Commitment, KeyFigure, Organisation, Person, Place, Quote, Takeaway, Topic
from core.admin.lists import with_status, with_translations
from core.editing.views import EditedSnippetViewSet
from core.publishing.panel import PublishPanel

STATE = [
    LocaleColumn(label=_("Language")),
    LiveStatusTagColumn(label=_("Status")),
    UpdatedAtColumn(label=_("Updated")),
]


class DraftableViewSet(EditedSnippetViewSet):
    """Base of the viewsets. Copying is disabled: a copy would have a consent that was given for something else."""

    copy_view_enabled = False
    list_filter = ["live"]
    list_per_page = 50
    first_panels: list[Panel] = []
    shown_relations: tuple[str, ...] = ()
    """The foreign keys that the columns of the list show."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = with_status(with_translations(self.model._default_manager.all()))
        return rows.prefetch_related(*self.shown_relations)

    def get_edit_handler(self) -> Panel:
        panels = [PublishPanel(), *self.first_panels, *self.model.panels, PublishingPanel()]
        return ObjectList(panels).bind_to_model(self.model)


class MaterialViewSet(DraftableViewSet):
    """Base of the viewsets of material, which is filtered by campaign and can be created in its chooser. Its list
    is in the order of the changes, for which there is an index; by their time all rows would be sorted."""

    ordering = [F("latest_revision_id").desc(nulls_last=True), "-pk"]

    filter_fields: tuple[str, ...] = ()
    """The filters of the list besides the state and the campaign."""
    draft_fields: tuple[str, ...] = ()
    """The fields of the chooser's form for a new draft."""

    @cached_property
    def filterset_class(self) -> type[filters.PieceFilterSet]:
        return filters.material_filters(self.model, self.filter_fields)

    @cached_property
    def chooser_viewset_class(self) -> type[choosers.DraftChooserViewSet]:
        return choosers.material_chooser(self.model, self.draft_fields)


class QuoteViewSet(MaterialViewSet):
    model = Quote
    first_panels = [ProposalPanel()]
    icon = "openquote"
    list_display = ["__str__", "speaker", "role", "source", *STATE]
    shown_relations = ("speaker", "source")
    filter_fields = ("who_speaks", "consent_scope")
    chooser_viewset_class = choosers.QuoteChooserViewSet
    list_export = [
        "text",
        "speaker",
        "role",
        "date",
        "source",
        "locale",
        "live",
        "consent_reference",
        "consent_scope",
        "consent_until",
        "consent_withdrawn",
    ]
    export_filename = "quotes"


class TakeawayViewSet(MaterialViewSet):
    model = Takeaway
    icon = "list-ol"
    list_display = ["__str__", "source", *STATE]
    shown_relations = ("source",)
    draft_fields = ("statement", "detail")


class KeyFigureViewSet(MaterialViewSet):
    model = KeyFigure
    icon = "order"
    list_display = ["__str__", "year", "source", "review_by", *STATE]
    filter_fields = ("year",)
    draft_fields = ("value", "unit", "label", "year", "source", "source_url")
    list_export = ["value", "unit", "label", "year", "source", "source_url", "review_by", "locale", "live"]
    export_filename = "key-figures"


class CommitmentViewSet(MaterialViewSet):
    model = Commitment
    icon = "clipboard-list"
    list_display = ["__str__", "organisation", "date", *STATE]
    shown_relations = ("organisation",)
    filter_fields = ("organisation",)
    draft_fields = ("text", "organisation", "date", "url")
    list_export = ["text", "organisation", "person", "date", "url", "source", "locale", "live"]
    export_filename = "commitments"


class PersonViewSet(DraftableViewSet):
    model = Person
    icon = "user"
    list_display = ["__str__", "role", "organisation", *STATE]
    shown_relations = ("organisation",)
    chooser_viewset_class = choosers.PersonChooserViewSet


class OrganisationViewSet(DraftableViewSet):
    model = Organisation
    icon = "group"
    list_display = ["__str__", "acronym", "kind", *STATE]
    list_filter = ["live", "kind"]
    chooser_viewset_class = choosers.OrganisationChooserViewSet
    list_export = ["name", "acronym", "kind", "url", "locale", "live"]
    export_filename = "organisations"


class PlaceViewSet(DraftableViewSet):
    model = Place
    icon = "site"
    list_display = ["name", "country", *STATE]
    chooser_viewset_class = choosers.PlaceChooserViewSet


class TopicViewSet(DraftableViewSet):
    model = Topic
    icon = "tag"
    list_display = ["__str__", "slug", *STATE]
    chooser_viewset_class = choosers.TopicChooserViewSet


class SDGViewSet(DraftableViewSet):
    model = SDG
    icon = "globe"
    menu_label = _("Goals (SDG)")
    chooser_viewset_class = choosers.HookedChooserViewSet
    list_display = ["__str__", *STATE]


class MaterialViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Material")
    menu_icon = "openquote"
    menu_order = 210
    items = (QuoteViewSet, TakeawayViewSet, KeyFigureViewSet, CommitmentViewSet)


class ReferenceViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Reference")
    menu_icon = "tag"
    menu_order = 220
    items = (PersonViewSet, OrganisationViewSet, PlaceViewSet, TopicViewSet, SDGViewSet)
