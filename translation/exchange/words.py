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
        Outcome.UNKNOWN: ngettext("%(count)d string not found here", "%(count)d strings not found here", count),
        Outcome.SAME: ngettext("%(count)d string unchanged", "%(count)d strings unchanged", count),
        Outcome.EMPTY: ngettext(
            "%(count)d string empty in the file", "%(count)d strings empty in the file", count
        ),
    }
    return texts[outcome] % {"count": count}


def summary(plan: Plan) -> str:
    """Return sentences on what an import has changed, confirmed and left out, and how many changed texts are not
    final."""
    changed = [line for line in plan.written if line.outcome == Outcome.CHANGED]
    unsure = sum(not line.unit.final for line in changed)
    confirmed = plan.counts.get(Outcome.CONFIRMED, 0)
    if not plan.written:
        return " ".join([_("Nothing has changed."), *left_out(plan)])
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
    """Return sentences on how many strings were not imported because they are unknown, or failed a check; none for
    zero."""
    unknown, failed = (plan.counts.get(outcome, 0) for outcome in (Outcome.UNKNOWN, Outcome.FAILED))
    parts = []
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
