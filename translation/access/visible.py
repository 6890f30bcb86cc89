"""Objects that a user without wider rights sees in choosers, searches and APIs of the admin: what readers see,
what is in the languages that the user translates into, and what was sent into these, with the objects it refers
to."""

from collections.abc import Collection, Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, CharField, Model, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import GroupPagePermission, Page, ReferenceIndex, TranslatableMixin
from wagtail_localize.models import Translation

from core.media.access import public
from core.models import TranslatableSnippet
from core.references.files import registered_snippets
from core.typed import Translatable
from core.visibility import Viewpoint, reachable_pages, visible_pages, visible_rows
from translation.access.queries import only_locales

_HELD = "_held_languages"


def visible(rows: QuerySet[Any], user: User) -> QuerySet[Any]:
    """Narrow a queryset of pages, snippets, images or documents to what `user` may see; not at all for users with
    wider rights. The filter is a list of primary keys, because search backends filter by indexed fields only.
    Objects with withdrawn consent are left out in all languages."""
    locales = held_languages(user)
    if locales is None:
        return rows
    model = Page if issubclass(rows.model, Page) else rows.model
    return rows.filter(pk__in=_seen(model._base_manager.order_by(), locales))


def may_see(user: User, instance: Model) -> bool:
    """Return whether the user may see the page, snippet, image or document: for users without wider rights, what
    readers see, and what concerns the user's languages."""
    return bool(seen_of(type(instance), [instance.pk], user))


def seen_of(model: type[Model], pks: Collection[int], user: User) -> set[int]:
    """Return the primary keys out of `pks` whose objects `user` may see; all of them, existing or not, for a user
    with wider rights. Costs few queries if all are seen."""
    locales = held_languages(user)
    if locales is None:
        return set(pks)
    model = Page if issubclass(model, Page) else model
    return _seen(model._base_manager.filter(pk__in=pks), locales, enough=len(pks))


def may_see_draft_title(user: User | AnonymousUser, page: Page) -> bool:
    """Return whether the user may see the draft title of the page: with wider rights, in a language into which the
    user translates, or if the page is translated into one."""
    locales = held_languages(user) if user.is_authenticated else set()
    if locales is None or page.locale_id in locales:
        return True
    return _sent(locales).filter(source__object_id=page.translation_key).exists()


def _seen(rows: QuerySet[Any], locales: set[int], enough: int | None = None) -> set[int]:
    """Return the primary keys of the rows that a user restricted to these languages sees. Each condition is a
    query of its own, because SQLite limits the depth of an expression; no further ones run once `enough` rows are
    found."""
    seen: set[int] = set()
    for found in _conditions(rows, locales):
        seen.update(found.values_list("pk", flat=True))
        if enough is not None and len(seen) >= enough:
            break
    if hasattr(rows.model, "consent_withdrawn") and issubclass(rows.model, TranslatableMixin):
        keys = withdrawn(rows.model).values("translation_key")
        seen -= set(rows.filter(translation_key__in=keys).values_list("pk", flat=True))
    return seen


def _conditions(rows: QuerySet[Any], locales: set[int]) -> Iterator[QuerySet[Any]]:
    """Yield querysets whose union is what a user restricted to these languages sees, the cheapest first: what is
    translated into them, is in them, is public, or is referred to by what is sent."""
    if issubclass(rows.model, TranslatableMixin):
        yield rows.filter(translation_key__in=_sent(locales))
        yield rows.filter(locale__in=locales)
    yield _public(rows)
    yield from _shown_by_sent(rows, locales)


def withdrawn(model: type[Translatable]) -> QuerySet[Any]:
    """Return the objects of the model whose consent is withdrawn as of today; the model must have
    `consent_withdrawn`."""
    return model._base_manager.filter(consent_withdrawn__lte=timezone.localdate()).order_by()


def held_languages(user: User) -> set[int] | None:
    """Return the ids of the languages that a user is restricted to, or None for a user with wider rights, that is
    any right beside translating and access to the admin. A user whose only right is that access gets an empty
    set. Cached on the user, as Django caches permissions."""
    if not hasattr(user, _HELD):
        setattr(user, _HELD, _held_languages(user))
    held: set[int] | None = getattr(user, _HELD)
    return held


def _held_languages(user: User) -> set[int] | None:
    locales = only_locales(user)
    if locales is not None or user.is_superuser:
        return locales
    of_groups = Permission.objects.filter(group__user=user).exclude(content_type__app_label="wagtailadmin")
    has_work = (
        of_groups.exists()
        or user.user_permissions.exclude(content_type__app_label="wagtailadmin").exists()
        or GroupPagePermission.objects.filter(group__user=user).exists()
    )
    return None if has_work else set()


def _sent(locales: set[int]) -> QuerySet[Any]:
    """Return the translation keys of the objects with an enabled translation into one of these languages."""
    sent = Translation.objects.filter(target_locale__in=locales, enabled=True).order_by()
    return sent.values("source__object_id")


def _public(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Narrow the queryset to the objects that readers see now."""
    viewpoint, model = Viewpoint(), rows.model
    if model in (get_image_model(), get_document_model()):
        return public(rows, viewpoint)
    if model is Page:
        return visible_pages(rows, viewpoint)
    seen = registered_snippets().get(model)
    if seen is not None:
        return rows.filter(pk__in=seen(viewpoint).order_by().values("pk"))
    found = model.objects.filter(pk__in=rows.values("pk"))
    if hasattr(found, "consented"):
        found = found.consented()
    if hasattr(found, "without_hidden_story"):
        story = model._meta.get_field(found.story_field).related_model
        found = found.without_hidden_story(reachable_pages(story.objects.order_by()))
    return visible_rows(found, viewpoint)


def _shown_by_sent(rows: QuerySet[Any], locales: set[int]) -> Iterator[QuerySet[Any]]:
    """Yield, for each type of page or snippet, the rows that objects which are in these languages, or translated
    into them, refer to, such as the image of a page. References of objects with withdrawn consent do not count."""
    for source in (Page, *_snippets()):
        own = Q(translation_key__in=_sent(locales)) | Q(locale__in=locales)
        sent = source._base_manager.filter(own).order_by()
        if hasattr(source, "consent_withdrawn"):
            sent = sent.exclude(translation_key__in=withdrawn(source).values("translation_key"))
        references = ReferenceIndex.objects.filter(
            base_content_type=ContentType.objects.get_for_model(source),
            to_content_type=ContentType.objects.get_for_model(rows.model),
            object_id__in=sent.annotate(text_pk=Cast("pk", CharField())).values("text_pk"),
        )
        referred = references.order_by().annotate(target_pk=Cast("to_object_id", BigIntegerField()))
        yield rows.filter(pk__in=referred.values("target_pk"))


def _snippets() -> list[type[Translatable]]:
    return [model for model in apps.get_models() if issubclass(model, TranslatableSnippet)]
