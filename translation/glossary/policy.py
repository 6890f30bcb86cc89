"""Rights on the glossary: coordinators, who may submit translations, decide; translators and reviewers read and
propose."""

from typing import Any

from django.contrib.auth.models import User
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from translation.access.queries import works_in
from translation.localize.names import SUBMIT
from translation.models import Term


def may_decide(user: User) -> bool:
    """Return whether the user may change the glossary."""
    return user.is_active and user.has_perm(SUBMIT)


def may_propose(user: User) -> bool:
    """Return whether the user may propose translations: into any language, or into those of `works_in`."""
    return may_decide(user) or bool(works_in(user))


class GlossaryPolicy(ModelPermissionPolicy):
    """Permission policy of terms."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return may_propose(user) if action == "view" else may_decide(user)

    def user_has_permission_for_instance(self, user: User, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action)


def register() -> None:
    register_permission_policy(Term, GlossaryPolicy(Term))
