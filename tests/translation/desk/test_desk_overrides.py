"""Links and images of a translation's own are listed under its strings."""

import json

import pytest
from wagtail_localize.models import SegmentOverride

from tests import factories
from tests.scenes import scene
from tests.translating import edit_url
from tests.translation.desk.desks import desk_of
from translation.units.segments import target_of

pytestmark = pytest.mark.django_db


@scene
def russian(newsroom, site):
    page = factories.CampaignPageFactory(
        parent=site.campaign_index,
        title="World Day",
        lead_image=factories.SiteImageFactory(title="Lantern"),
        resolution_url="https://un.example/68-192",
    )
    [translation] = newsroom.send(page, "ru")
    return translation


def override(translation, path, value) -> None:
    segment = translation.source.overridablesegment_set.get(context__path=path)
    SegmentOverride.objects.create(
        locale=translation.target_locale, context=segment.context, data_json=json.dumps(value)
    )


def test_overrides__are_listed_with_the_way_to_change_them(newsroom, russian):
    desk = desk_of(newsroom, russian)
    assert "Overridden links" not in desk.get().text
    override(russian, "resolution_url", "https://un.example/ru/68-192")
    override(russian, "lead_image", factories.SiteImageFactory(title="Candle").pk)

    page = desk.get()

    rows = [[cell.text.strip() for cell in row.select("td")] for row in page.select(".desk-section tbody tr")]
    assert ["https://un.example/68-192", "https://un.example/ru/68-192"] in [row[1:] for row in rows]
    assert ["Lantern", "Candle"] in [row[1:] for row in rows]
    link = page.find("a", string="Change them in the list of strings")
    assert link["href"] == edit_url(target_of(russian))
    assert not desk.get(show="missing").select(".desk-section table")
