"""Who can approve what waits for review, and what to do where nobody can."""

from collections.abc import Collection

from django.contrib.auth.models import User
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from translation.models import Review
from translation.notices.people import name_of
from translation.units.four_eyes import Hashes, has_set_values, units_against


def left_without(review: Review, units: Collection[Hashes], reviewers: Collection[User]) -> bool:
    """Return whether some of these units of a review can be approved by none of the reviewers, since all have
    written or changed them."""
    return _are_left(set(units), _able(review, set(units), reviewers))


def advice_on(review: Review, units: Collection[Hashes], reviewers: Collection[User]) -> str:
    """Return who of the reviewers can approve some of these units, and what to do if nobody can approve all."""
    able = _able(review, set(units), reviewers)
    names = ", ".join(map(name_of, able))
    said = [_("Can be approved by: %(people)s.") % {"people": names}] if names else []
    if _are_left(set(units), able):
        said.append(nobody_left())
    return " ".join(said)


def nobody_left() -> str:
    """Return what to do where all reviewers are authors."""
    return _(
        "All reviewers of the language have written or changed some of these texts, or have said that they are "
        "still valid. An administrator can approve them, or give another person the right to review the language."
    )


def _are_left(units: set[Hashes], able: dict[User, set[Hashes]]) -> bool:
    return not able or bool(units - set().union(*able.values()))


def _able(review: Review, units: set[Hashes], reviewers: Collection[User]) -> dict[User, set[Hashes]]:
    """Return the units that each of the reviewers may approve, without reviewers who may approve none."""
    prefetch_related_objects([review], "translators")
    free = {
        person: units - units_against(person.pk, review)
        for person in reviewers
        if not has_set_values(person.pk, review)
    }
    return {person: found for person, found in free.items() if found or not units}
