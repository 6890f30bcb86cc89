from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from core.typed import Translatable

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from translation.models.review import Review


@dataclass(frozen=True)
class ReviewActs:
    """What the task asks of the reviews, whose modules import the models and so come after this one."""

    waiting_review: "Callable[[Translatable], Review | None]"
    may_decide: "Callable[[User, Review], bool]"
    may_take_part: "Callable[[User, Review], bool]"
    decidable_by: "Callable[[User], models.QuerySet[Review]]"
    refuse: "Callable[[Review, User, str], None]"
    resync: Callable[[Translatable], None]
    may_review: Callable[[User, int], bool]


_acts: list[ReviewActs] = []


def register(acts: ReviewActs) -> None:
    """Register the functions of the reviews, in place of those registered before."""
    _acts[:] = [acts]


class LanguageReviewTask(Task):
    """A workflow task that reviewers of the language decide, except, if TRANSLATION_FOUR_EYES is on, those who
    translated what is not approved yet."""

    tells_by_itself = True
    """Wagtail sends no mails about it."""

    class Meta:
        verbose_name = _("review in the language")
        verbose_name_plural = _("reviews in the language")

    @classmethod
    def get_description(cls) -> str:
        return str(_("Approved by reviewers of the language other than the translator"))

    def user_can_access_editor(self, obj: Translatable, user: User) -> bool:
        return self._may_review(obj, user)

    def locked_for_user(self, obj: Translatable, user: User) -> bool:
        """Return False: translators may go on while a review waits."""
        return False

    def get_actions(self, obj: Translatable, user: User) -> "list[tuple[str, StrOrPromise, bool]]":
        review = _acts[0].waiting_review(obj)
        if review is None or not _acts[0].may_decide(user, review):
            return []
        return [
            ("reject", _("Request changes"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with comment"), True),
        ]

    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: Any) -> None:
        """Approve the object's waiting review, or request changes if `action_name` is "reject", with `comment` as
        the reason. Raise PermissionDenied if none waits or `user` may not decide, ValidationError if the reason is
        empty."""
        obj = task_state.workflow_state.content_object
        review = _acts[0].waiting_review(obj)
        may_act = _acts[0].may_take_part if action_name == "reject" else _acts[0].may_decide
        if review is None or not may_act(user, review):
            raise PermissionDenied
        if action_name == "reject":
            _acts[0].refuse(review, user, kwargs.get("comment", ""))
        super().on_action(task_state, user, action_name, **kwargs)
        if action_name == "reject":
            _acts[0].resync(type(obj)._base_manager.get(pk=obj.pk))

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> models.QuerySet[Any]:
        """Return the states of this task that are in progress and whose reviews the user may decide."""
        revisions = _acts[0].decidable_by(user).values("revision_id")
        return TaskState.objects.filter(
            task=self.task_ptr, status=TaskState.STATUS_IN_PROGRESS, revision_id__in=revisions
        )

    @staticmethod
    def _may_review(obj: Translatable, user: User) -> bool:
        return _acts[0].may_review(user, obj.locale_id)
