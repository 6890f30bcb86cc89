"""Receivers that keep live stories complete when something is deleted.

The last place, or the last campaign or topic, of a live story cannot be deleted, because the publishing gate would
not let the story go live without one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.signals import pre_delete
from django.utils.translation import gettext as _
from wagtail.models import Page

from campaigns.kinds import KINDS
from campaigns.models import CampaignPage, NewsCampaign, NewsPage, NewsPlace, NewsTopic, Place, Topic
from campaigns.models.ties import Tie as TieRow
from campaigns.querysets import original_keys
from core.findings import DeletionRefused
from core.internals.wagtail_models import get_active_log_context
from core.publishing.closing import branch_deleting
from core.typed import Translatable
from core.visibility import live_pieces

NAMED = 5


@dataclass(frozen=True)
class Tie:
    """A kind of tie of stories: its model, the name of its foreign key, and the model that this points at."""

    model: type[TieRow]
    field: str
    target: type[Translatable]


PLACES = (Tie(NewsPlace, "place", Place),)
# A story needs a campaign or a topic.
BELONGING = (Tie(NewsCampaign, "campaign", CampaignPage), Tie(NewsTopic, "topic", Topic))
NEEDS = {tie.target: ties for ties in (PLACES, BELONGING) for tie in ties}


def keep_stories_whole(
    sender: type[Translatable],
    instance: Translatable,
    origin: Translatable | QuerySet[Any] | None = None,
    **kwargs: Any,
) -> None:
    """Receiver of `pre_delete`: raise DeletionRefused if a live story would be left without a visible place, or
    without a visible campaign or topic. Stories and rows that the same deletion (`origin`) removes do not
    count."""
    ties = NEEDS[sender]
    stories = _live_stories(ties).filter(_tied(ties, sender, Q(pk=instance.pk)))
    for tie in ties:
        stories = stories.exclude(_tied([tie], tie.target, _stays(tie, instance, origin)))
    if _is_among(origin, NewsPage):
        stories = stories.exclude(pk__in=origin.order_by().values("pk"))
    _refuse(instance, ties, stories)


def keep_stories_whole_elsewhere(page: Page, pages: QuerySet[Any], **kwargs: Any) -> None:
    """Receiver of `branch_deleting`: raise DeletionRefused, which names `page`, if a live story would be left
    without a campaign or topic by the deletion of `pages`, which readers do not see any more."""
    ties = NEEDS[CampaignPage]
    stories = _live_stories(ties).filter(_tied(ties, CampaignPage, Q(pk__in=pages.values("pk"))))
    for tie in ties:
        stories = stories.exclude(_tied([tie], tie.target, _seen(tie)))
    _refuse(page, ties, stories)


def _refuse(instance: Translatable, ties: tuple[Tie, ...], stories: QuerySet[Any]) -> None:
    titles = list(stories.order_by("pk").values_list("title", flat=True)[: NAMED + 1])
    if titles:
        names = ", ".join(f"“{title}”" for title in titles[:NAMED]) + (", …" if len(titles) > NAMED else "")
        raise DeletionRefused(instance, {"__all__": [_message(ties) % {"stories": names}]})


def _message(ties: tuple[Tie, ...]) -> str:
    if ties is PLACES:
        return _(
            "These live stories have no other place: %(stories)s. Add another place or unpublish the stories "
            "first."
        )
    return _(
        "These live stories have no other campaign or topic: %(stories)s. Add another one or unpublish the "
        "stories first."
    )


def _live_stories(ties: tuple[Tie, ...]) -> QuerySet[Any]:
    """Return the stories that need such a tie: for places the live stories of every language; for campaigns and
    topics, which translations share, the rows in the source language of stories that are live in any language."""
    stories = NewsPage.objects.order_by()
    live = live_pieces(stories)
    if ties is PLACES:
        return live
    originals = original_keys(NewsPage, Q(), "pk")
    return stories.filter(pk__in=originals, translation_key__in=live.values("translation_key"))


def _tied(ties: Sequence[Tie], target: type[Translatable], condition: Q) -> Exists:
    """Return the condition that a story is tied to a row of `target` that meets `condition`. `target` must be the
    target of one of the `ties`."""
    [tie] = [tie for tie in ties if tie.target is target]
    targets = target._base_manager.filter(condition).order_by().values("pk")
    return Exists(tie.model.objects.filter(page=OuterRef("pk"), **{f"{tie.field}__in": targets}))


def _stays(tie: Tie, instance: Translatable, origin: Translatable | QuerySet[Any] | None) -> Q:
    """Return the condition that a row of the tie's target is visible in some language and is not deleted together
    with `instance`. `origin` is what the deletion started from, as in Django's `pre_delete`."""
    target = tie.target
    stays = _seen(tie)
    if _is_among(origin, target):
        return stays & ~Q(pk__in=origin.order_by().values("pk"))
    return stays & ~Q(pk=instance.pk) if isinstance(instance, target) else stays


def _seen(tie: Tie) -> Q:
    rows = live_pieces(tie.target._base_manager.order_by())
    return Q(translation_key__in=rows.values("translation_key"))


def _is_among(origin: Translatable | QuerySet[Any] | None, kind: type[Translatable]) -> "TypeGuard[QuerySet[Any]]":
    """Return whether `origin`, from which the deletion started, is a query set with rows of `kind` or of a class
    above it."""
    return isinstance(origin, QuerySet) and issubclass(kind, origin.model)


def unpublish_pieces(instance: Translatable, **kwargs: Any) -> None:
    """Receiver of `pre_delete`: unpublish the live material whose source story is the row to be deleted. Without
    its source story it would be shown on the campaigns that it is tied to."""
    for kind in KINDS:
        for row in kind.model._base_manager.filter(**{kind.story_field: instance.pk}, live=True):
            row.unpublish(user=get_active_log_context().user)


def connect() -> None:
    branch_deleting.connect(keep_stories_whole_elsewhere, dispatch_uid="keep_stories_whole_elsewhere")
    pre_delete.connect(unpublish_pieces, sender=NewsPage, dispatch_uid="unpublish_pieces_of_story")
    for target in NEEDS:
        uid = f"keep_stories_whole_{target.__name__}"
        pre_delete.connect(keep_stories_whole, sender=target, dispatch_uid=uid)
