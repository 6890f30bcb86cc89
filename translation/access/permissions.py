"""Rights to submit, update, stop and restart a whole translation. wagtail-localize checks only the model-wide
right to submit translations."""

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry

from core.languages.bidi import embedded
from core.models import TranslatableSnippet
from core.rights import may_publish
from core.typed import Translatable
from translation.access.queries import may_review, may_translate
from translation.localize.names import SUBMIT


def may_change(user: User, target: Translatable) -> bool:
    """Return whether the user's own permissions, including `LanguagePolicy` for snippets, allow the user to change
    the object. Access through a workflow task does not count."""
    return policy_registry.get(target).user_has_permission_for_instance(user, "change", target)


def may_steer(user: User, target: Translatable) -> bool:
    """Return whether the user may update or restart the translation, which requires the permissions to submit
    translations and to change its target."""
    return user.has_perm(SUBMIT) and may_change(user, target)


def may_stop(user: User, target: Translatable) -> bool:
    """Return whether the user may stop the translation, which requires `may_steer`, and to publish the target or
    to translate into or review its language."""
    if not may_steer(user, target):
        return False
    locale_id = target.locale_id
    return may_publish(user, target) or may_review(user, locale_id) or may_translate(user, locale_id)


def may_start(user: User, source: Translatable, locale: Locale) -> bool:
    """Return whether the user may create the missing translation of `source` in this language: submit
    translations, and add snippets of the model or pages below the translated parent. True if the parent is not
    translated there."""
    if not user.has_perm(SUBMIT):
        return False
    if not isinstance(source, Page):
        return policy_registry.get(source).user_has_permission(user, "add")
    parent = source.get_parent()
    if not parent.is_root():
        parent = parent.get_translation_or_none(locale)
    # If the parent page is not translated, no page is created and the form says so.
    return parent is None or parent.specific.permissions_for_user(user).can_add_subpage()


def held_up(user: User, target: Page | TranslatableSnippet) -> str:
    """Return a sentence on why the object cannot be changed now (locked for this user, or in a workflow), or an
    empty string."""
    names = {"title": embedded(target), "language": embedded(target.locale.get_display_name())}
    lock = target.get_lock()
    if lock and lock.for_user(user):
        return _("“%(title)s” in %(language)s is locked by another user.") % names
    if target.workflow_in_progress:
        return _("“%(title)s” in %(language)s is in review. Finish or cancel the review first.") % names
    return ""
