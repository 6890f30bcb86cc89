import datetime
from itertools import product

import pytest

from core.consent import ConsentScope
from core.models import SiteImage, WhoIsShown
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2024, 8, 16)
DAYS = (None, *(TODAY + datetime.timedelta(days=n) for n in (-1, 0, 1)))


def test_consent__query_and_object_say_the_same(site):
    lives = product((WhoIsShown.NOBODY, WhoIsShown.SURVIVORS, ""), ("", "F-1"), ("", *ConsentScope), DAYS, DAYS)
    image = factories.SiteImageFactory()
    names = ("shows", "consent_reference", "consent_scope", "consent_until", "consent_withdrawn")
    made = SiteImage.objects.bulk_create(
        SiteImage(title="x", file=image.file.name, width=1, height=1, **dict(zip(names, values, strict=True)))
        for values in lives
    )

    missing = set(SiteImage.objects.filter(SiteImage.consent_missing_q(TODAY)).values_list("pk", flat=True))

    rows = SiteImage.objects.in_bulk([row.pk for row in made])
    assert missing == {pk for pk, row in rows.items() if not row.consent_holds(TODAY)}
    assert 0 < len(missing) < len(made)


@pytest.mark.parametrize(
    ("values", "holds"),
    [
        ({}, True),
        ({"consent_until": TODAY}, True),
        ({"consent_until": TODAY - datetime.timedelta(days=1)}, False),
        ({"consent_withdrawn": TODAY}, False),
        ({"consent_withdrawn": TODAY + datetime.timedelta(days=1)}, True),
        ({"consent_scope": ConsentScope.INTERNAL}, False),
        ({"consent_scope": ConsentScope.ALL}, True),
        ({"consent_reference": ""}, False),
        ({"consent_reference": "", "shows": WhoIsShown.NOBODY}, True),
        ({"consent_reference": "", "shows": ""}, False),
    ],
)
def test_consent__holds_from_day_to_day(site, values, holds):
    assert factories.SiteImageFactory.build(people=True, **values).consent_holds(TODAY) is holds
