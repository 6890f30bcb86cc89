from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.utils import translation
from wagtail.blocks import StructBlockValidationError

from core.blocks import ChartBlock
from core.design.charts import Point, draw


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


def test_bars__negative_ones_reach_from_the_line_of_nought_to_the_left():
    chart = drawn("bars", "-5", "15", "0")
    bars = [(bar.get("x"), bar.get("width")) for bar in chart.findall("rect[@class='chart-bar']")]
    assert bars == [("0.00%", "25.00%"), ("25.00%", "75.00%"), ("25.00%", "0.00%")]
    assert chart.find("line[@class='chart-zero']").get("x1") == "25.00%"


def test_bars__of_negatives_alone_end_at_nought():
    bars = drawn("bars", "-5", "-10").findall("rect[@class='chart-bar']")
    assert [(bar.get("x"), bar.get("width")) for bar in bars] == [("50.00%", "50.00%"), ("0.00%", "100.00%")]


def test_line__negative_values_lie_beneath_the_line_of_nought():
    chart = drawn("line", "-10", "0", "10")
    heights = [float(mark.get("cy")) for mark in chart.findall("circle")]
    zero = float(chart.find("line[@class='chart-zero']").get("y1"))
    assert heights[0] > heights[1] == zero > heights[2]
    assert max(heights) - zero == zero - min(heights)


@pytest.mark.parametrize("kind", ["bars", "line"])
def test_chart__without_negatives_has_no_line_of_nought(kind):
    assert drawn(kind, "1", "2").find("line[@class='chart-zero']") is None


@pytest.mark.parametrize(("kind", "refused"), [("share", True), ("bars", False), ("line", False)])
def test_chart_block__share_takes_no_negatives(kind, refused):
    block = ChartBlock()
    points = [{"label": "a", "value": 3}, {"label": "b", "value": -1}]
    value = block.to_python({"heading": "", "kind": kind, "description": "What to see", "points": points})
    if not refused:
        assert block.clean(value)
        return
    with pytest.raises(StructBlockValidationError) as error:
        block.clean(value)
    points_error = error.value.block_errors["points"]
    assert list(points_error.block_errors) == [1]
    assert "cannot be negative" in str(points_error.block_errors[1].block_errors["value"])


def test_share__pieces_make_a_whole():
    pieces = [
        float(piece.get("width")[:-1])
        for piece in drawn("share", "1", "1", "2").iter("rect")
        if "chart-piece" in piece.get("class")
    ]
    assert pieces == [25, 25, 50]


def test_line__has_a_segment_between_each_two_points():
    assert len(drawn("line", "1", "2", "3").findall("line")) == 2


@pytest.mark.parametrize("kind", ["bars", "share", "line"])
def test_chart__is_mirrored_where_lines_begin_at_the_right(kind):
    values = ("5", "10", "1")
    with translation.override("fa-af"):
        mirrored = sides(drawn(kind, *values))
    assert mirrored == [(round(100 - end, 2), round(100 - start, 2)) for start, end in sides(drawn(kind, *values))]


def sides(chart: ElementTree.Element) -> list[tuple[float, float]]:
    """Left and right of all that is drawn, in percent."""
    found = []
    for each in chart:
        start = each.get("x") or each.get("cx") or each.get("x1")
        if start is not None:
            left = float(start.rstrip("%"))
            width = float(each.get("width", "0").rstrip("%"))
            found.append((left, round(left + width, 2)))
    return found


def test_share__has_the_digits_of_the_language():
    with translation.override("fa-af"):
        texts = [text.text for text in drawn("share", "1", "3").findall("text[@class='chart-value']")]
    assert texts == ["۲۵ ٪", "۷۵ ٪"]
