import re
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from core.design.adras import adras_svg
from core.design.colours import ACCENTS

SEEDS = [f"story-{number}" for number in range(12)]


def test_adras__is_the_same_for_the_same_seed_and_another_for_another() -> None:
    drawn = {adras_svg(seed, accent) for seed in SEEDS for accent in ACCENTS}
    adras_svg.cache_clear()
    assert drawn == {adras_svg(seed, accent) for seed in SEEDS for accent in ACCENTS}
    assert len(drawn) == len(SEEDS) * len(ACCENTS)


@pytest.mark.parametrize("accent", ACCENTS)
def test_adras__is_light_well_formed_and_has_attributes_only(accent: str) -> None:
    for seed in SEEDS:
        svg = adras_svg(seed, accent)
        assert len(svg.encode()) < 2000
        tags = {element.tag.partition("}")[2] for element in ElementTree.fromstring(svg).iter()}
        assert tags <= {"svg", "pattern", "g", "path", "use", "rect"}
        assert "style" not in svg


def test_adras__ids_do_not_clash() -> None:
    ids = [name for seed in SEEDS for name in re.findall(r'\bid="([^"]+)"', adras_svg(seed, "teal"))]
    assert len(ids) == len(set(ids)) == 2 * len(SEEDS)


def test_adras__is_mirrored_about_its_fold() -> None:
    """The half that is drawn is used once more, turned over."""
    svg = adras_svg("fold", "iris")
    found = re.search(r'<g id="([^"]+)"', svg)
    assert found is not None
    half = found.group(1)
    assert f'<use href="#{half}" transform="matrix(-1 0 0 1 ' in svg


def test_adras_view__may_be_kept_by_every_cache(client, db, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        response = client.get(reverse("adras", args=["crimson", "wdatip"]))
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert "immutable" in response.headers["Cache-Control"]
    assert "public" in response.headers["Cache-Control"]
    assert "Vary" not in response.headers or "Cookie" not in response.headers["Vary"]
    assert response.content.decode() == adras_svg("wdatip", "crimson")


@pytest.mark.parametrize("address", ["/adras/plaid/wdatip.svg", "/adras/crimson/a%20b.svg", "/adras/crimson/.svg"])
def test_adras_view__refuses_what_is_no_accent_or_slug(client, db, address: str) -> None:
    assert client.get(address).status_code == 404
