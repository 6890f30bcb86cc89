"""What each row of a list in the admin asks for, read with the rows instead of once for each."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, Func, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from wagtail.models import Locale, Page, Revision
from wagtail.query import PageQuerySet
from wagtail_localize.models import Translation

from core.admin.paging import BoundedPaginator
from core.internals.django import without_all_rows
from core.internals.wagtail_admin import (
    BaseChooseView,
    BaseListingView,
    BrowseView,
    ExplorableIndexView,
    LockedPagesView,
    PageTitleColumn,
    chooser,
)
from core.internals.wagtail_models import share_parent, with_workflow_states
from core.visibility import beneath


class ParentPath(Func):
    """The path of a page's parent, as the index `core_page_parent` has it."""

    template = "substr(%(expressions)s, 1, length(%(expressions)s) - 4)"
    output_field = CharField()


def with_translations(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Annotate pages or snippets with what the buttons for translating ask for. `lacks_language`: whether there is
    a language in which the object does not exist, or only as an alias. `synced_source`: the id of the source of
    wagtail-localize if it has translations that follow it."""
    same = rows.model._default_manager.filter(translation_key=OuterRef(OuterRef("translation_key")))
    if issubclass(rows.model, Page):
        same = same.filter(alias_of=None)
    following = Translation.objects.filter(
        enabled=True, source__object_id=OuterRef("translation_key"), source__locale_id=OuterRef("locale_id")
    )
    return rows.annotate(
        lacks_language=Exists(Locale.objects.exclude(pk__in=same.order_by().values("locale_id"))),
        synced_source=Subquery(following.values("source_id")[:1]),
    )


def with_status(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the snippets with what the column for their status asks for."""
    scheduled = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(rows.model),
        object_id=Cast(OuterRef("pk"), CharField()),
        approved_go_live_at__isnull=False,
    )
    return with_workflow_states(rows).annotate(is_scheduled=Exists(scheduled))


def chosen_title(self: PageTitleColumn, page: Page) -> str:
    """Return the title of a page in the page chooser. Its row names the parent, which is read once for all rows of
    the list: each request makes the column anew."""
    share_parent(page, vars(self).setdefault("parents", {}))
    return page.get_admin_display_title()


def locked_pages(self: LockedPagesView) -> QuerySet[Any]:
    """Return the pages of the report on locked pages with what its rows ask for."""
    pages = listed_as_locked(self).annotate_site_root_state().annotate_approved_schedule()
    return with_translations(with_workflow_states(pages)).prefetch_related("locale", "locked_by")


def explored_pages(self: ExplorableIndexView) -> QuerySet[Any]:
    """Return the pages of the explorer. The children of a page are found, newest first, by an index of their
    parents."""
    pages = without_all_rows(listed_in_explorer(self))
    if self.is_searching or self.is_filtering:
        return pages
    return pages.alias(parent_path=ParentPath("path")).filter(parent_path=self.parent_page.path)


def browsed_pages(self: BrowseView, pages: QuerySet[Any]) -> QuerySet[Any]:
    """Return the pages of a screen of the page chooser. Where it shows the children of a page, their paths are a
    condition of its own, by which SQLite finds them in their order; it is a part of others."""
    found = narrowed_in_chooser(self, pages)
    match = self.request.resolver_match
    if match is None or match.url_name != "wagtailadmin_choose_page_child":
        return found
    return found.filter(beneath(self.parent_page.path))


listed_in_explorer = ExplorableIndexView.get_base_queryset
narrowed_in_chooser = BrowseView.filter_object_list
listed_as_locked = LockedPagesView.get_queryset


def install() -> None:
    """Replace the methods with which Wagtail's lists of pages read what they show, and the paginators of all
    lists and choosers."""
    BaseListingView.paginator_class = BaseChooseView.paginator_class = BoundedPaginator
    chooser.Paginator = BoundedPaginator
    ExplorableIndexView.get_base_queryset = explored_pages
    BrowseView.filter_object_list = browsed_pages
    LockedPagesView.get_queryset = locked_pages
    PageQuerySet.prefetch_workflow_states = with_workflow_states
    PageQuerySet.annotate_has_untranslated_locale = with_translations
    PageTitleColumn.get_value = chosen_title
