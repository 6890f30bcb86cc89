"""Restoring of deleted objects in their old place, with their revisions and reviews, their translations enabled
again, and live if they were live."""

import copy
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models.signals import pre_save
from django.utils import timezone
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.log_actions import log
from wagtail.models import Page, Revision, TranslatableMixin
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation

from core.addresses.siblings import rivals
from core.internals.wagtail_models import slug_is_available
from core.models import TranslatableSnippet
from core.stamps.stamping import stamp
from core.stamps.tags import EVERYTHING
from core.typed import Translatable
from translation.lifecycle.archive import tied
from translation.lifecycle.republish import Restored, go_live, seen_revision
from translation.lifecycle.reviewed import bring_back
from translation.models import DeletedObject
from translation.review.publish import against_following, is_unapproved
from translation.sync.source import follow


def kind_of(deleted: DeletedObject) -> type[Page | TranslatableSnippet]:
    """Return the model of the deleted object."""
    kind = deleted.content_type.model_class()
    assert kind is not None
    assert issubclass(kind, TranslatableMixin)  # `archive` keeps only these.
    return kind


def may_restore(user: User, deleted: DeletedObject) -> bool:
    """Return whether the user may add and publish the object in its place; for a snippet, objects of its model. If
    a page's parent is gone, the right to publish any page suffices, so that `restore` can say that it is gone."""
    kind = kind_of(deleted)
    if not issubclass(kind, Page):
        policy = policy_registry.get_by_type(kind)
        return all(policy.user_has_permission(user, action) for action in ("add", "publish"))
    parent = parent_of(deleted)
    if parent is None:
        return policy_registry.get_by_type(Page).user_has_permission(user, "publish")
    rights = parent.permissions_for_user(user)
    return rights.can_add_subpage() and rights.can_publish_subpage()


def parent_of(deleted: DeletedObject) -> Page | None:
    """Return the page to restore a page below: its former parent in its language, or the root of the tree if that
    was the parent. Return None if the parent is gone."""
    return Page.objects.filter(translation_key=deleted.parent_key, locale_id=deleted.locale_id).first() or (
        Page.objects.filter(translation_key=deleted.parent_key, depth=1).first()
    )


def standing(deleted: DeletedObject) -> Translatable | None:
    """Return the object that exists now with the same translation key and language, restored or created again, or
    None."""
    kind = kind_of(deleted)
    return kind._base_manager.filter(translation_key=deleted.object_key, locale_id=deleted.locale_id).first()


def together_with(deleted: DeletedObject) -> list[DeletedObject]:
    """Return the trash entries of the object, of the pages that were beneath it, and of all these in the other
    languages, without restored ones: parents and sources first, for each object the latest, for `deleted` this
    one."""
    waiting = list(DeletedObject.objects.filter(restored_at=None).select_related("content_type", "locale"))
    newest = {(row.object_key, row.locale_id): row for row in sorted(waiting, key=lambda row: row.pk)}
    newest[deleted.object_key, deleted.locale_id] = deleted
    found, level = [], {deleted.object_key}
    while level:
        rows = [row for (key, _locale), row in newest.items() if key in level]
        found += sorted(rows, key=lambda row: row.content["object"]["pk"])
        level = {row.object_key for row in newest.values() if row.parent_key in level} - {
            row.object_key for row in found
        }
    return found


def in_one_act(rows: Iterable[DeletedObject], deleted: DeletedObject) -> list[DeletedObject]:
    """Return those of the rows that were deleted in the same request as `deleted`, itself included, or all rows if
    the request is not known."""
    act = deleted.content.get("act")
    return [row for row in rows if row.pk == deleted.pk or not act or row.content.get("act") == act]


@transaction.atomic
def restore(rows: Iterable[DeletedObject], user: User) -> list[Restored]:
    """Restore all of the objects, and publish those that were live where `go_live` allows it. Raise
    PermissionDenied if the user may not restore one, ValidationError if one has no place; then none is restored.
    Objects that exist again already are left as they are, and are not returned."""
    made = [restored for row in rows if (restored := _restore(row, user))]
    for each in made:
        go_live(each, user)
    return made


def _restore(deleted: DeletedObject, user: User) -> Restored | None:
    row = DeletedObject.objects.select_for_update(of=["self"]).select_related("locale").get(pk=deleted.pk)
    if not may_restore(user, row):
        raise PermissionDenied
    made = None
    if row.restored_at is None and standing(row) is None:
        made = _make(row, user)
        _tie_again(row, made.instance)
    if row.restored_at is None:
        row.restored_at, row.restored_by = timezone.now(), user
        row.save(update_fields=["restored_at", "restored_by"])
        _set_in_step(row)
    return made


def _make(row: DeletedObject, user: User) -> Restored:
    """Create the object again as a draft, with its revisions, and with its former primary key unless that is
    taken. Raise ValidationError if a page has no place."""
    kind = kind_of(row)
    instance = kind.from_serializable_data(_detached(kind, row.content["object"]))
    if kind._base_manager.filter(pk=instance.pk).exists() or _page_exists(instance):
        instance.pk = instance.id = None
    instance._state.adding = True
    _as_draft(instance)
    if isinstance(instance, Page):
        _put_in_place(instance, row)
    else:
        instance.save()
    log(instance=instance, action="wagtail.create", user=user)
    return Restored(row, instance, _bring_revisions(row, instance, user))


def _bring_revisions(row: DeletedObject, instance: Page | TranslatableSnippet, user: User) -> Revision | None:
    """Create the kept reviews with their revisions, the live revision if the object was live, and last the latest
    draft, unless it equals the last review's; at least one revision. Return the live one, or None."""
    kept, draft = row.content.get("reviews", []), row.content["draft"]
    reviews = [bring_back(each, _revision_of(instance, each["content"], user)) for each in kept]
    live = seen_revision(instance, reviews, user) if row.was_live else None
    if draft and not (kept and draft == kept[-1]["content"]):
        _revision_of(instance, draft, user)
    elif not reviews and live is None:
        instance.save_revision(user=user, clean=False)
    return live


def _revision_of(instance: Page | TranslatableSnippet, content: dict[str, Any], user: User) -> Revision:
    text = instance.with_content_json({**_detached(type(instance), content), "pk": instance.pk})
    return text.save_revision(user=user, clean=False)


def _tie_again(row: DeletedObject, made: Translatable) -> None:
    """Set the references to the object `made` again that the deletion has set to NULL, unless they have another
    value now. This bypasses the publishing gate, because the same was published before. Update the sources of live
    ones."""
    for loose, name in tied(row):
        if getattr(loose, f"{name}_id") is None:
            type(loose)._base_manager.filter(pk=loose.pk).update(**{name: made.pk})
            stamp([EVERYTHING])
            loose.refresh_from_db()
            if loose.live:
                follow(loose)


def _detached(kind: type[Translatable], content: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of the serialized object whose child rows refer to no parent, and have no primary key that
    child rows of an object with another primary key use now."""
    content = copy.deepcopy(content)
    for relation in get_all_child_relations(kind):
        children = content.get(relation.get_accessor_name(), [])
        rows = relation.related_model._base_manager.filter(pk__in=[child["pk"] for child in children])
        taken = set(rows.exclude(**{relation.field.attname: content["pk"]}).values_list("pk", flat=True))
        for child in children:
            child[relation.field.name] = None
            child["pk"] = None if child["pk"] in taken else child["pk"]
    return content


def _page_exists(instance: Translatable) -> bool:
    return isinstance(instance, Page) and Page.objects.filter(pk=instance.pk).exists()


def _as_draft(instance: Translatable) -> None:
    """Make the object a draft without revisions, without saving it. Clear its first publication date if it is live
    in another language."""
    others = type(instance)._base_manager.filter(translation_key=instance.translation_key, live=True)
    instance.live, instance.has_unpublished_changes = False, True
    instance.live_revision = instance.latest_revision = None
    if others.exists():
        # Otherwise its live translations would count as those of an unpublished source, and be hidden from
        # readers.
        instance.first_published_at = None


def _put_in_place(page: Page, row: DeletedObject) -> None:
    """Add the page below its former parent. Raise ValidationError if the parent is gone, or the slug is taken
    there in any language."""
    parent = parent_of(row)
    names = {"title": row.title, "language": row.locale.get_display_name(), "slug": page.slug}
    if parent is None:
        raise ValidationError(
            _("The parent page of “%(title)s” in %(language)s has been deleted. Restore it first.") % names
        )
    rival = None if parent.is_root() else rivals(page, parent).first()
    if rival or not slug_is_available(page.slug, parent):
        names["rival"] = rival or _("another page")
        raise ValidationError(
            _("The address “%(slug)s” of “%(title)s” in %(language)s is now used by “%(rival)s”.") % names
        )
    page.path, page.depth, page.numchild, page.url_path, page.alias_of = "", None, 0, "", None
    with _numbered(page):
        parent.add_child(instance=page)


@contextmanager
def _numbered(page: Page) -> Iterator[None]:
    """Let `add_child` save the page with the primary key that it has now, which streams and rich texts refer to.
    Wagtail would take a page with a primary key for one that exists, so the key is set in `pre_save`."""
    number, page.pk, page.id = page.pk, None, None

    def give_number(instance: Page, **kwargs: Any) -> None:
        if instance is page:
            page.pk = page.id = number

    pre_save.connect(give_number, sender=type(page))
    try:
        yield
    finally:
        pre_save.disconnect(give_number, sender=type(page))


def _set_in_step(row: DeletedObject) -> None:
    """Enable the translations again that were enabled, where source and target both exist; the rest is noted in
    the trash entries that are not restored. Leave them stopped where an unapproved text has gone live since."""
    wanted = set(row.content["enabled"])
    rest = DeletedObject.objects.filter(object_key=row.object_key, restored_at=None)
    for other in rest:
        wanted |= set(other.content["enabled"])
    present = _present(row)
    translations = Translation.objects.filter(source__object_id=row.object_key, target_locale_id__in=wanted)
    for translation in translations.select_related("source"):
        if {translation.source.locale_id, translation.target_locale_id} <= set(present):
            if is_unapproved(present[translation.target_locale_id]):
                continue
            translation.enabled = True
            translation.save(update_fields=["enabled"])
            wanted.discard(translation.target_locale_id)
    for other in rest:
        other.content["enabled"] = sorted(set(other.content["enabled"]) | wanted)
        other.save(update_fields=["content"])


def _present(row: DeletedObject) -> dict[int, Translatable]:
    """Return the object's existing versions by locale id."""
    things = kind_of(row)._base_manager.filter(translation_key=row.object_key)
    return {thing.locale_id: thing for thing in things.select_related("locale")}


def left_stopped(rows: Iterable[DeletedObject]) -> list[str]:
    """Return, for each translation of the restored objects that stays stopped, why it cannot follow its source
    again."""
    reasons = []
    for row in {row.object_key: row for row in rows}.values():
        present = _present(row)
        stopped = Translation.objects.filter(source__object_id=row.object_key, enabled=False)
        targets = [present.get(pk) for pk in stopped.values_list("target_locale_id", flat=True)]
        reasons += [against for target in targets if target and (against := against_following(target))]
    return reasons
