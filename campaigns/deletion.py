"""A place, topic or campaign that a live story stands on by itself is not deleted beneath it: the publishing gate
would not have let the story go live without."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.signals import pre_delete
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page

from campaigns.kinds import KINDS
from campaigns.models import CampaignPage, NewsCampaign, NewsPage, NewsPlace, NewsTopic, Place, Topic
from campaigns.querysets import original_keys
from core.publishing.closing import branch_deleting
from core.publishing.findings import DeletionRefused
from core.typed import Translatable
from core.visibility import live_pieces

NAMED = 5


@dataclass(frozen=True)
class Tie:
    model: type[Translatable]
    field: str
    target: type[Translatable]


PLACES = (Tie(NewsPlace, "place", Place),)
# A story needs one of either.
BELONGING = (Tie(NewsCampaign, "campaign", CampaignPage), Tie(NewsTopic, "topic", Topic))
NEEDS = {tie.target: ties for ties in (PLACES, BELONGING) for tie in ties}


def keep_stories_whole(
    sender: type[Translatable],
    instance: Translatable,
    origin: Translatable | QuerySet[Any] | None = None,
    **kwargs: Any,
) -> None:
    """Receiver of `pre_delete`: each way of deleting passes by it. Raise DeletionRefused."""
    ties = NEEDS[sender]
    stories = _live_stories(ties).filter(_tied(ties, sender, Q(pk=instance.pk)))
    for tie in ties:
        stories = stories.exclude(_tied([tie], tie.target, _stays(tie, instance, origin)))
    if _is_among(NewsPage, origin):
        stories = stories.exclude(pk__in=origin.order_by().values("pk"))
    _refuse(instance, ties, stories)


def keep_stories_whole_elsewhere(page: Page, pages: QuerySet[Any], **kwargs: Any) -> None:
    """Receiver of `branch_deleting`: the same for all campaigns of the branch, whose own stories go with it. Raise
    DeletionRefused."""
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
            "Live stories would be left without a place: %(stories)s. Give them another one first, or take them "
            "offline."
        )
    return _(
        "Live stories would be left without a campaign or topic: %(stories)s. Give them another one first, or "
        "take them offline."
    )


def _live_stories(ties: tuple[Tie, ...]) -> QuerySet[Any]:
    """Each page has a dateline of its own; of a campaign or topic the original decides."""
    stories = NewsPage.objects.order_by()
    live = live_pieces(stories)
    if ties is PLACES:
        return live
    originals = original_keys(NewsPage, Q(), "pk")
    return stories.filter(pk__in=originals, translation_key__in=live.values("translation_key"))


def _tied(ties: tuple[Tie, ...] | list[Tie], target: type[Translatable], condition: Q) -> Exists:
    [tie] = [tie for tie in ties if tie.target is target]
    targets = target._base_manager.filter(condition).order_by().values("pk")
    return Exists(tie.model.objects.filter(page=OuterRef("pk"), **{f"{tie.field}__in": targets}))


def _stays(tie: Tie, instance: Translatable, origin: Translatable | QuerySet[Any] | None) -> Q:
    """Readers see it, in one language or another, and it does not go in the same deletion."""
    target = tie.target
    stays = _seen(tie)
    if _is_among(target, origin):
        return stays & ~Q(pk__in=origin.order_by().values("pk"))
    return stays & ~Q(pk=instance.pk) if isinstance(instance, target) else stays


def _seen(tie: Tie) -> Q:
    rows = live_pieces(tie.target._base_manager.order_by())
    return Q(translation_key__in=rows.values("translation_key"))


def _is_among(kind: type[Translatable], origin: Translatable | QuerySet[Any] | None) -> bool:
    return isinstance(origin, QuerySet) and issubclass(kind, origin.model)


def unpublish_pieces(instance: Translatable, **kwargs: Any) -> None:
    """Receiver: unpublish what was said in a story that is deleted. Without their source its quotes, takeaways and
    figures would be shown where they are tied, though the story was taken from readers."""
    for kind in KINDS:
        for row in kind.model._base_manager.filter(**{kind.story_field: instance.pk}, live=True):
            row.unpublish(user=get_active_log_context().user)


def connect() -> None:
    branch_deleting.connect(keep_stories_whole_elsewhere, dispatch_uid="keep_stories_whole_elsewhere")
    pre_delete.connect(unpublish_pieces, sender=NewsPage, dispatch_uid="unpublish_pieces_of_story")
    for target in NEEDS:
        uid = f"keep_stories_whole_{target.__name__}"
        pre_delete.connect(keep_stories_whole, sender=target, dispatch_uid=uid)
