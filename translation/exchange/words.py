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
        Outcome.CHANGED: ngettext("%(count)d string would change", "%(count)d strings would change", count),
        Outcome.CONFIRMED: ngettext(
            "%(count)d string stays, and is confirmed", "%(count)d strings stay, and are confirmed", count
        ),
        Outcome.FAILED: ngettext(
            "%(count)d string fails a check and stays out", "%(count)d strings fail a check and stay out", count
        ),
        Outcome.UNKNOWN: ngettext("%(count)d string is unknown here", "%(count)d strings are unknown here", count),
        Outcome.SAME: ngettext("%(count)d string is the same", "%(count)d strings are the same", count),
        Outcome.EMPTY: ngettext(
            "%(count)d string is empty in the file", "%(count)d strings are empty in the file", count
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
            ngettext("One is confirmed.", "%(count)d are confirmed.", confirmed) % {"count": confirmed},
        )
    if unsure:
        parts.append(
            ngettext(
                "One is not final in the file and waits for somebody to look at it in the editor.",
                "%(count)d are not final in the file and wait for somebody to look at them in the editor.",
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
            ngettext("One is unknown here.", "%(count)d are unknown here.", unknown) % {"count": unknown},
        )
    if failed:
        parts.append(
            ngettext("One fails a check and stays out.", "%(count)d fail a check and stay out.", failed)
            % {"count": failed}
        )
    return parts
