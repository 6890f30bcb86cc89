import pytest
from django.template import Context, Template

from core.design.colours import DEFAULT_ACCENT
from core.languages.site_languages import Words


def draw(source: str, **context) -> str:
    return Template("{% load adras languages pictures %}" + source).render(Context(context))


@pytest.mark.parametrize("accent", ["", "plaid", "crimson' onload='"])
def test_adras_image__falls_back_on_the_site_s_own_colour(accent: str) -> None:
    image = draw("{% adras_image seed accent %}", seed="wdatip", accent=accent)
    assert f'<img src="/adras/{DEFAULT_ACCENT}/wdatip.svg?' in image


def test_adras_image__of_a_piece_without_a_slug() -> None:
    assert "/adras/teal/site.svg" in draw("{% adras_image seed 'teal' %}", seed="")


def test_accent_class__is_one_of_the_stylesheet() -> None:
    assert draw("{{ accent|accent_class }}", accent="teal") == "accent-teal"
    assert draw("{{ accent|accent_class }}", accent="plaid") == f"accent-{DEFAULT_ACCENT}"


def test_own_language__marks_only_what_stands_in() -> None:
    assert draw("<p{{ words|own_language }}>", words=Words(code="fa-af", text="…")) == '<p lang="fa-af" dir="rtl">'
    for own in (Words(code="en", text="…"), "plain text"):
        assert draw("<p{{ words|own_language }}>", words=own) == "<p>"


def test_in_own_language__marks_and_escapes_a_run_of_text() -> None:
    found = draw("{{ words|in_own_language }}", words=Words(code="ru", text="<Ош>"))
    assert found == '<span lang="ru" dir="ltr">&lt;Ош&gt;</span>'
    assert draw("{{ words|in_own_language }}", words=Words(code="en", text="<Osh>")) == "&lt;Osh&gt;"


def test_picture__of_nothing_draws_nothing() -> None:
    assert draw("{% picture image 'page' %}", image=None).strip() == ""
    assert draw("{{ image|drawable }}{% poster_url image %}", image=None) == "False"
