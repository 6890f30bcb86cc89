"""What each row of a list in the admin asks for, read with the rows instead of once for each."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from wagtail.models import Locale, Page, Revision
from wagtail.query import PageQuerySet
from wagtail_localize.models import Translation

from core.internals.wagtail_admin import LockedPagesView, PageTitleColumn
from core.internals.wagtail_models import share_parent, with_workflow_states


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


listed_as_locked = LockedPagesView.get_queryset


def install() -> None:
    """Replace the methods with which Wagtail's lists of pages read what they show."""
    LockedPagesView.get_queryset = locked_pages
    PageQuerySet.prefetch_workflow_states = with_workflow_states
    PageQuerySet.annotate_has_untranslated_locale = with_translations
    PageTitleColumn.get_value = chosen_title
