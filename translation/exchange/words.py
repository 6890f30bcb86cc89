"""The right to import files, and messages about imports."""

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from translation.access.queries import locales_for
from translation.exchange.plan import Outcome, Plan
from translation.localize.names import SUBMIT
from translation.models import LanguageAction


def may_import(user: User) -> bool:
    """Return whether an active user is a superuser, translates into some language, or may submit translations.
    `plan_of` checks each file."""
    if not user.is_active:
        return False
    return user.is_superuser or bool(locales_for(user, LanguageAction.TRANSLATE)) or user.has_perm(SUBMIT)


def counted(outcome: Outcome, count: int) -> str:
    """Return a phrase on how many strings have the outcome, before the import is applied."""
    texts = {
        Outcome.CHANGED: ngettext("%(count)d string will change", "%(count)d strings will change", count),
        Outcome.CONFIRMED: ngettext(
            "%(count)d string unchanged, confirmed", "%(count)d strings unchanged, confirmed", count
        ),
        Outcome.FAILED: ngettext(
            "%(count)d string failed a check, skipped", "%(count)d strings failed a check, skipped", count
        ),
        Outcome.MOVED: ngettext(
            "%(count)d string whose source has changed, kept for a look",
            "%(count)d strings whose source has changed, kept for a look",
            count,
        ),
        Outcome.KEPT: ngettext(
            "%(count)d string not found here, kept in the translation memory",
            "%(count)d strings not found here, kept in the translation memory",
            count,
        ),
        Outcome.UNKNOWN: ngettext("%(count)d string not found here", "%(count)d strings not found here", count),
        Outcome.SAME: ngettext("%(count)d string unchanged", "%(count)d strings unchanged", count),
        Outcome.EMPTY: ngettext(
            "%(count)d string empty in the file", "%(count)d strings empty in the file", count
        ),
    }
    return texts[outcome] % {"count": count}


def for_the_memory(count: int) -> str:
    """Return a phrase on how many texts of another program's memory go into the site's."""
    return ngettext(
        "%(count)d text for the translation memory, marked as from this file",
        "%(count)d texts for the translation memory, marked as from this file",
        count,
    ) % {"count": count}


def summary(plan: Plan) -> str:
    """Return sentences on what an import has changed, confirmed and left out, and how many changed texts are not
    final."""
    changed = [line for line in plan.written if line.outcome in (Outcome.CHANGED, Outcome.MOVED)]
    unsure = sum(not line.unit.final for line in changed)
    confirmed = plan.counts.get(Outcome.CONFIRMED, 0)
    if not plan.written:
        return " ".join([*([] if plan.changes_something else [_("Nothing has changed.")]), *left_out(plan)])
    parts = [
        ngettext("One string has changed.", "%(count)d strings have changed.", len(changed))
        % {"count": len(changed)}
    ]
    if confirmed:
        parts.append(
            ngettext("One string was confirmed.", "%(count)d strings were confirmed.", confirmed)
            % {"count": confirmed},
        )
    if unsure:
        parts.append(
            ngettext(
                "One string is not final in the file and needs review in the editor.",
                "%(count)d strings are not final in the file and need review in the editor.",
                unsure,
            )
            % {"count": unsure}
        )
    return " ".join([*parts, *left_out(plan)])


def left_out(plan: Plan) -> list[str]:
    """Return sentences on how many strings were not imported because they are unknown, or failed a check, and how
    many of the unknown ones are kept in the translation memory; none for zero."""
    unknown, failed = (plan.counts.get(outcome, 0) for outcome in (Outcome.UNKNOWN, Outcome.FAILED))
    parts = []
    if plan.foreign:
        parts.append(for_the_memory(len(plan.foreign)))
    if plan.kept:
        parts.append(
            ngettext(
                "One string was not found here; its text is kept in the translation memory.",
                "%(count)d strings were not found here; their texts are kept in the translation memory.",
                len(plan.kept),
            )
            % {"count": len(plan.kept)},
        )
    if unknown:
        parts.append(
            ngettext("One string was not found here.", "%(count)d strings were not found here.", unknown)
            % {"count": unknown},
        )
    if failed:
        parts.append(
            ngettext(
                "One string failed a check and was skipped.",
                "%(count)d strings failed a check and were skipped.",
                failed,
            )
            % {"count": failed}
        )
    return parts
