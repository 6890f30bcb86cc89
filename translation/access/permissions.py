"""What editors do to a whole translation: submit, update, stop, restart. wagtail-localize asks whether somebody
may submit anything at all."""

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry

from core.publishing.forms import may_publish
from core.typed import Translatable
from translation.access.queries import may_review, may_translate

SUBMIT = "wagtail_localize.submit_translation"


def may_change(user: User, target: Translatable) -> bool:
    """By a right of their own: what the task of a workflow opens to a reviewer does not count."""
    return policy_registry.get(target).user_has_permission_for_instance(user, "change", target)


def may_steer(user: User, target: Translatable) -> bool:
    return user.has_perm(SUBMIT) and may_change(user, target)


def may_stop(user: User, target: Translatable) -> bool:
    if not may_steer(user, target):
        return False
    locale_id = target.locale_id
    return may_publish(user, target) or may_review(user, locale_id) or may_translate(user, locale_id)


def may_start(user: User, source: Translatable, locale: Locale) -> bool:
    """Whether the user may make in this language what is not there yet."""
    if not user.has_perm(SUBMIT):
        return False
    if not isinstance(source, Page):
        return policy_registry.get(source).user_has_permission(user, "add")
    parent = source.get_parent()
    if not parent.is_root():
        parent = parent.get_translation_or_none(locale)
    # Without a parent nothing is made, and the form says so.
    return parent is None or parent.specific.permissions_for_user(user).can_add_subpage()


def held_up(user: User, target: Translatable) -> str:
    """Why nobody else may take hold of it now; empty where nothing stands against it."""
    names = {"title": target, "language": target.locale.get_display_name()}
    lock = target.get_lock()
    if lock and lock.for_user(user):
        return _("“%(title)s” in %(language)s is locked by somebody else.") % names
    if target.workflow_in_progress:
        return _("“%(title)s” in %(language)s is in review. The review has to end first.") % names
    return ""
