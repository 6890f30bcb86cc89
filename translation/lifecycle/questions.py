"""The question what happens to the other languages of an object that is unpublished, moved or deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.models import BasePage, TranslatableSnippet
from core.typed import Translatable
from translation.lifecycle.siblings import Deed, Other, is_original, others_of, rows_of, specific
from translation.units.segments import original_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FIELD = "other_languages"
ALL, TAKE_DOWN, ONLY_THIS = "all", "take_down", "only_this"

OPTIONS = {
    Deed.TAKE_DOWN: [
        (ALL, _("Unpublish in all languages, and cancel scheduled publishing")),
        (ONLY_THIS, _("Only in this language")),
    ],
    Deed.MOVE: [
        (ALL, _("Move in all languages, so that addresses stay the same")),
        (ONLY_THIS, _("Only in this language, with an address that differs from the others")),
    ],
    Deed.DELETE: [
        (ALL, _("Delete in all languages")),
        (TAKE_DOWN, _("Unpublish the other languages and keep them as drafts")),
        (ONLY_THIS, _("Keep the other languages unchanged, without a source")),
    ],
}
NOT_ANSWERED = _("Choose what to do in the other languages.")


@dataclass(frozen=True)
class Question:
    """A question as the templates show it: its options, and the versions in the other languages."""

    deed: str
    options: "Sequence[tuple[str, StrOrPromise]]"
    chosen: str
    """The preselected option; empty where each option could do harm."""
    others: list[Other]

    @property
    def refused(self) -> list[Other]:
        return [other for other in self.others if other.refusal]

    @property
    def explains_deleting(self) -> bool:
        return self.deed == Deed.DELETE


def is_asked(instance: Translatable, deed: Deed) -> bool:
    """Return whether the user has to choose what happens in the other languages: if the object has any. Where a
    translation, not a source, is deleted, there is no question, because the others are not concerned."""
    if not hasattr(instance, "translation_key") or not rows_of(instance):
        return False
    return deed != Deed.DELETE or is_original(instance)


def consequence(instance: Translatable, deed: str) -> str:
    """Return a sentence on what readers see if the translation alone is unpublished, or deleted while its source
    is live; an empty string for a source and in all other cases."""
    instance = specific(instance)
    if not isinstance(instance, BasePage | TranslatableSnippet):
        return ""
    original = original_of(instance)
    if original.pk == instance.pk:
        return ""
    names = {
        "title": instance,
        "language": instance.locale.get_display_name(),
        "original": original.locale.get_display_name(),
    }
    if deed == Deed.TAKE_DOWN:
        message = gettext(
            "If only “%(title)s” is unpublished, pages in %(language)s no longer show it, not even in a "
            "fallback language. Other languages stay live."
        )
    elif deed == Deed.DELETE and original.live:
        message = gettext(
            "After “%(title)s” is deleted, readers of %(language)s see the source in %(original)s instead. To "
            "show nothing, unpublish it."
        )
    else:
        return ""
    return message % names


def default(instance: Translatable, deed: Deed) -> str:
    """Return the option to preselect: empty for a deletion, all languages for a move and for unpublishing a
    source, this language only for unpublishing a translation."""
    if deed == Deed.DELETE:
        return ""
    return ALL if deed == Deed.MOVE or is_original(instance) else ONLY_THIS


def question(
    instances: list[Translatable], deed: Deed, user: User, destination: Page | None = None
) -> Question | None:
    """Return the question to ask before the action is taken on these objects, or None if none of them has to be
    asked about. No option is preselected if their defaults differ. `destination` is the new parent of a move, if
    known."""
    asked = [instance for instance in instances if is_asked(instance, deed)]
    if not asked:
        return None
    others = [other for instance in asked for other in others_of(instance, deed, user, destination)]
    chosen = {default(instance, deed) for instance in asked}
    preset = chosen.pop() if len(chosen) == 1 else ""
    return Question(deed, OPTIONS[deed], possible(preset, others), others)


def possible(chosen: str, others: list[Other]) -> str:
    """Return the option to preselect: `chosen`, but this language only in place of all languages if the user may
    not act on one of the `others`."""
    return ONLY_THIS if chosen == ALL and any(other.refusal for other in others) else chosen


def answer(request: HttpRequest, deed: Deed) -> str | None:
    """Return the option for the other languages that the form was sent with, or None if it is missing or
    unknown."""
    given = request.POST.get(FIELD)
    return given if given in dict(OPTIONS[deed]) else None
