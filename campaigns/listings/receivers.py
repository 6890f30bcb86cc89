"""Receivers that record, in the transaction of a change, for which translation keys the table of lists is to be
written. It is written after the commit."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.apps import AppConfig
from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_migrate, post_save, pre_delete, pre_save
from modelcluster.fields import ParentalKey
from wagtail.models import Locale, Page, PageViewRestriction

from campaigns.kinds import KINDS
from campaigns.listings import writing
from campaigns.listings.reading import PARTNER_TIES
from campaigns.listings.rows import TIES
from campaigns.models import (
    CampaignPage,
    EditionPage,
    ListedMonth,
    Listing,
    ListingState,
    NewsPage,
    NewsPartner,
    Organisation,
    Person,
)
from campaigns.models.ties import Tie
from core import periodic, work
from core.closed import ClosedPage
from core.languages.site_languages import LocaleCodes
from core.publishing.as_published import written_as_live
from core.publishing.closing import pages_closed
from core.stamps import tags
from core.stamps.changes import saves_draft, watch
from core.stamps.collecting import LISTED
from core.stamps.stamping import stamp
from core.typed import Translatable
from core.visibility import keys_beneath, restricted_paths

WORK = "listings"
"""The name of the recorded work. Keys: the hexadecimal translation key."""
MOST_STAMPED = 5_000
"""Rows of the lists that are stamped when a branch becomes private."""
AT_ONCE = 200
"""Keys that whoever saves waits for."""
OWNERS: dict[type[Model], str] = {
    **dict.fromkeys(TIES, "page"),
    **{kind.ties: kind.tie_field for kind in KINDS},
}
"""The foreign key of a tie to what it belongs to."""


def found_by_lists(config: AppConfig) -> set[type[Model]]:
    """Return the models whose rows public pages find by the lists that they are in, by key, or by what they are a
    part of: what changes of one row is no reason to render other pages that read its table."""
    parts = {model for model in config.get_models() if any(isinstance(f, ParentalKey) for f in model._meta.fields)}
    return {NewsPage, *(kind.model for kind in KINDS), *parts}


def shown_in(instance: Model) -> set[str]:
    """Return the tags of what the lists show that show this row."""
    if not (key := getattr(instance, "translation_key", None)):
        return set()
    return writing.content_tags(Listing.objects.filter(key=key, row=instance.pk))


def record(keys: Iterable[UUID] | QuerySet[Any]) -> None:
    """Record in the running transaction that lists may show something else of what has these translation keys."""
    work.record(WORK, (key.hex for key in keys))


def write(keys: list[str]) -> None:
    """Write the lists anew of what has these translation keys (hexadecimal), the work that `record` recorded."""
    writing.refresh({UUID(key) for key in keys})


def saved(
    instance: Translatable, raw: bool = False, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    """Receiver: record a saved story, material or organisation, unless a draft was saved. A draft that was never
    live counts, because the source decides the ties and the date of its translations."""
    if not raw and not saves_draft(update_fields):
        record([instance.translation_key])


def deleted(instance: Translatable, **kwargs: Any) -> None:
    """Receiver: record a deleted story, material or organisation."""
    record([instance.translation_key])


def placed(instance: NewsPage) -> None:
    """Record a story that is new, or of which something has changed that the lists are made of."""
    record([instance.translation_key])


def tie_saved(instance: Tie, raw: bool = False, **kwargs: Any) -> None:
    """Receiver: record what a new or changed tie belongs to."""
    if not raw:
        tie_deleted(instance)


def tie_deleted(instance: Tie, **kwargs: Any) -> None:
    """Receiver: record what a tie belonged to."""
    record([getattr(instance, OWNERS[type(instance)]).translation_key])


def partner_saving(instance: NewsPartner, raw: bool = False, **kwargs: Any) -> None:
    """Receiver: record the old and the new organisation of a tie that is about to change."""
    if raw:
        return
    stored = (
        NewsPartner.objects.filter(pk=instance.pk).select_related("organisation").first() if instance.pk else None
    )
    if stored is None or stored.organisation_id != instance.organisation_id:
        both = [each.organisation for each in (stored, instance) if each]
        record(organisation.translation_key for organisation in both)


def partner_deleted(instance: NewsPartner, **kwargs: Any) -> None:
    """Receiver: record the organisation of a deleted tie."""
    record([instance.organisation.translation_key])


def person_deleted(instance: Person, **kwargs: Any) -> None:
    """Receiver: record the material that names a deleted person. It may need no consent any more."""
    for kind in KINDS:
        if kind.people_field:
            rows = kind.model._base_manager.filter(**{kind.people_field: instance.pk}).order_by()
            record(rows.values_list("translation_key", flat=True))


def branch_closed(path: str, **kwargs: Any) -> None:
    """Receiver: record the stories of a branch that is being unpublished or deleted."""
    stories = NewsPage.objects.filter(path__startswith=path).order_by()
    record(stories.values_list("translation_key", flat=True))


def partners_of_source(instance: NewsPartner) -> set[str]:
    """Return the tag of partners for a tie of a story in its source language, which decides for all languages."""
    earlier = NewsPage.objects.filter(translation_key=instance.page.translation_key, pk__lt=instance.page_id)
    return set() if earlier.exists() else {PARTNER_TIES}


def restriction_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Receiver: stamp what the lists show in which stories of a branch are that became private or public, and the
    lists of campaigns and editions."""
    paths = restricted_paths(PageViewRestriction.objects.filter(page=instance.page_id)) or [instance.page.path]
    rows = Listing.objects.filter(key__in=keys_beneath(paths))[:MOST_STAMPED]
    chosen = {tags.table(model._meta.db_table) for model in (CampaignPage, EditionPage)}
    stamp(writing.content_tags(rows) | chosen)


def page_opened(instance: ClosedPage, **kwargs: Any) -> None:
    """Receiver: record a page that recorded work has unpublished, or left live because it was published again."""
    record(Page.objects.filter(pk=instance.pk).values_list("translation_key", flat=True))


def locale_changed(**kwargs: Any) -> None:
    """Receiver: record everything, because readers of a new language have lists of their own."""
    record(writing.all_keys())


def preview_written(keys: Iterable[UUID], **kwargs: Any) -> None:
    """Receiver: write what a preview shows, in its transaction."""
    writing.refresh(set(keys))


def migrated(apps: Any = None, **kwargs: Any) -> None:
    """Receiver: write the whole table after `migrate` if it is new, or was made by other rules, for other
    languages or for other fallback languages."""
    # `flush` sends the signal too, without the models.
    if apps and "listing" in apps.all_models["campaigns"]:
        LocaleCodes.clear()
        if not writing.is_made_for_this_site():
            writing.rebuild()


def connect(config: AppConfig) -> None:
    listed = found_by_lists(config)
    watch(*listed - {NewsPage}, listed=True, also=shown_in)
    watch(NewsPage, listed=True, also=shown_in, placed=placed)
    watch(NewsPartner, listed=True, also=partners_of_source)
    tables = {Listing, ListedMonth, ListingState}
    watch(*set(config.get_models()) - listed - tables)
    LISTED.update(model._meta.db_table for model in tables)
    work.register(WORK, write, at_once=AT_ONCE, slice_size=AT_ONCE)
    periodic.register(writing.refresh_ended)
    post_migrate.connect(migrated, sender=config, dispatch_uid="listings_migrated")
    for model in (Page, NewsPage, Organisation, *(kind.model for kind in KINDS)):
        if model is not NewsPage:
            post_save.connect(saved, sender=model, dispatch_uid=f"listings_{model._meta.label}_saved")
        if model is not Page:
            pre_delete.connect(deleted, sender=model, dispatch_uid=f"listings_{model._meta.label}_deleted")
    for tie in OWNERS:
        post_save.connect(tie_saved, sender=tie, dispatch_uid=f"listings_{tie._meta.label}_saved")
        pre_delete.connect(tie_deleted, sender=tie, dispatch_uid=f"listings_{tie._meta.label}_deleted")
    pre_save.connect(partner_saving, sender=NewsPartner, dispatch_uid="listings_partner_saving")
    pre_delete.connect(partner_deleted, sender=NewsPartner, dispatch_uid="listings_partner_deleted")
    pre_delete.connect(person_deleted, sender=Person, dispatch_uid="listings_person_deleted")
    pages_closed.connect(branch_closed, dispatch_uid="listings_branch_closed")
    post_delete.connect(page_opened, sender=ClosedPage, dispatch_uid="listings_page_opened")
    written_as_live.connect(preview_written, dispatch_uid="listings_preview_written")
    for name, signal in (("saved", post_save), ("deleted", post_delete)):
        signal.connect(
            restriction_changed, sender=PageViewRestriction, dispatch_uid=f"listings_restriction_{name}"
        )
        signal.connect(locale_changed, sender=Locale, dispatch_uid=f"listings_locale_{name}")
