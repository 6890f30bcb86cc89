from decimal import Decimal
from xml.etree import ElementTree

import pytest

from core.charts import Point, draw


def drawn(kind: str, *values: str, description: str = "What to see") -> ElementTree.Element:
    points = [Point(f"<{n}>", Decimal(value), value) for n, value in enumerate(values)]
    return ElementTree.fromstring(draw(kind, "Title & more", description, points))


@pytest.mark.parametrize("kind", ["bars", "line", "share"])
@pytest.mark.parametrize("values", [("1", "2"), ("0", "0"), ("-5", "5"), ("1e9", "0.001"), ("7",) * 24])
def test_chart__is_whole_and_says_what_it_shows(kind, values):
    chart = drawn(kind, *values)
    assert chart.find("title").text == "Title & more"
    assert chart.find("desc").text == "What to see"
    assert chart.get("role") == "img"


def test_chart__has_no_style_and_no_script():
    text = draw("bars", "<script>", "<p style=>", [Point("a", Decimal(1), "1"), Point("b", Decimal(2), "2")])
    assert "<script>" not in text
    assert 'style="' not in text


def test_bars__longest_fills_the_width():
    widths = [bar.get("width") for bar in drawn("bars", "5", "10").findall("rect[@class='chart-bar']")]
    assert widths == ["50.00%", "100.00%"]


def test_share__pieces_make_a_whole():
    pieces = [
        float(piece.get("width")[:-1])
        for piece in drawn("share", "1", "1", "2").iter("rect")
        if "chart-piece" in piece.get("class")
    ]
    assert pieces == [25, 25, 50]


def test_line__has_a_segment_between_each_two_points():
    assert len(drawn("line", "1", "2", "3").findall("line")) == 2
