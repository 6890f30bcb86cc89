"""Lists out and in: what spreadsheets read and write, and what people type into boxes for numbers."""

import csv
import io
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from campaigns.models import NewsPage
from core.blocks import ChartBlock
from core.languages.numbers import NumberBlock, number_from
from tests import factories


@pytest.fixture
def admin(client, site):
    client.force_login(factories.UserFactory(is_superuser=True))
    return client


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize(
    "address",
    [
        "/admin/snippets/campaigns/quote/?export=csv",
        "/admin/snippets/campaigns/keyfigure/?export=csv",
        "/admin/reports/site-history/?export=csv",
        "/admin/redirects/?export=csv",
        "/admin/audit-log/?export=csv",
    ],
)
def test_export__begins_with_one_byte_order_mark(admin, address):
    factories.QuoteFactory(text="Мы приехали учиться – و برگشتیم.")
    response = admin.get(address)
    content = body(response)
    assert response.status_code == 200
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\xef\xbb\xbf") == 1
    assert content.decode("utf-8-sig").strip()
    if "quote" in address:
        assert "Мы приехали учиться – و برگشتیم." in content.decode()


@pytest.mark.parametrize("text", ["=1+1 she said", "+992 00", "@home, “quoted”\nand two lines", "-cmd"])
def test_export__holds_no_formula(admin, text):
    factories.QuoteFactory(text=text)
    rows = csv.DictReader(
        io.StringIO(body(admin.get("/admin/snippets/campaigns/quote/?export=csv")).decode("utf-8-sig"))
    )
    assert f"'{text}" in next(iter(rows)).values()


def test_export__of_snippets_asks_for_nothing_once_for_each_row(admin, site):
    def export(format: str) -> tuple[int, list[dict[str, str]]]:
        with CaptureQueriesContext(connection) as captured:
            content = body(admin.get(f"/admin/snippets/campaigns/quote/?export={format}"))
        text = content.decode("utf-8-sig") if format == "csv" else ""
        return len(captured), list(csv.DictReader(io.StringIO(text)))

    def add(count: int) -> None:
        for _n in range(count):
            story = factories.NewsPageFactory(parent=site.news_index)
            factories.QuoteFactory(source=story, speaker=factories.PersonFactory(name="Zarina"))

    add(2)
    few = {format: export(format)[0] for format in ("csv", "xlsx")}
    add(5)
    queries, rows = export("csv")
    assert len(rows) == 7
    assert all({"Zarina", "English"} <= set(row.values()) for row in rows)
    assert {row["Source story"] for row in rows} == {story.title for story in NewsPage.objects.all()}
    assert (queries, export("xlsx")[0]) == (few["csv"], few["xlsx"])


def redirects(admin, content: bytes, name: str = "old.csv") -> dict[str, str]:
    shown = admin.post(
        reverse("wagtailredirects:start_import"), {"import_file": SimpleUploadedFile(name, content)}
    )
    form = shown.context["form"]
    hidden = {name: form[name].value() for name in ("import_file_name", "input_format")}
    chosen = {"from_index": "0", "to_index": "1", "permanent": "on"}
    admin.post(reverse("wagtailredirects:process_import"), {**hidden, **chosen})
    return dict(Redirect.objects.values_list("old_path", "redirect_link"))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("from,to\n/old,https://example.org/\n/дом,https://example.org/ru/\n".encode(), "old.csv"),
        ("from;to\n/old;https://example.org/\n/дом;https://example.org/ru/\n".encode(), "old.csv"),
        (
            "\ufefffrom;to\r\n/old;https://example.org/\r\n/дом;https://example.org/ru/\r\n;\r\n\r\n".encode(),
            "old.csv",
        ),
        (
            "sep=;\r\nfrom;to\r\n/old;https://example.org/\r\n/дом;https://example.org/ru/\r\n".encode(),
            "old.csv",
        ),
        ("from;to\n/old;https://example.org/\n/дом;https://example.org/ru/\n".encode("cp1251"), "old.csv"),
        ("from\tto\n/old\thttps://example.org/\n/дом\thttps://example.org/ru/\n".encode("utf-16"), "old.csv"),
        ('"from, old";to\n/old;https://example.org/\n/дом;https://example.org/ru/\n'.encode(), "old.csv"),
        ("from\tto\n/old\thttps://example.org/\n/дом\thttps://example.org/ru/\n".encode(), "old.tsv"),
    ],
)
def test_import__of_redirects_takes_every_separator_and_encoding(admin, content, name):
    assert redirects(admin, content, name) == {"/old": "https://example.org/", "/дом": "https://example.org/ru/"}


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1 200,5", "1200.5"),
        ("1\u00a0200,5", "1200.5"),
        ("1\u202f200.5", "1200.5"),
        ("1200,5", "1200.5"),
        ("1,200.5", "1200.5"),
        ("1.200,5", "1200.5"),
        ("1’200.5", "1200.5"),
        ("۱۲۰۰٫۵", "1200.5"),
        ("۱٬۲۰۰٫۵", "1200.5"),
        ("1 200 300", "1200300"),
        ("1,200,300", "1200300"),
        ("−12,5", "-12.5"),
        ("0,500", "0.500"),
        (" 43 ", "43"),
        ("0", "0"),
        (".5", "0.5"),
        ("-0,25", "-0.25"),
    ],
)
def test_number__as_it_is_typed(typed, number):
    assert number_from(typed) == Decimal(number)


@pytest.mark.parametrize(
    "typed", ["1,200", "12 00", "1 20,5", "1,2,3", "1.2.3", "5 %", "many", "", "-", "1 200,5,5"]
)
def test_number__that_is_none_or_two_is_refused(typed):
    with pytest.raises(ValidationError):
        number_from(typed)


def test_number__in_a_chart():
    block = ChartBlock().child_blocks["points"].child_block
    assert isinstance(block.child_blocks["value"], NumberBlock)
    value = block.value_from_datadict({"p-label": "2024", "p-value": "1 200,5"}, {}, "p")
    assert block.clean(value)["value"] == Decimal("1200.5")
    assert 'type="text"' in str(block.child_blocks["value"].field.widget.render("v", Decimal("1200.5")))
    with pytest.raises(ValidationError):
        block.clean(block.value_from_datadict({"p-label": "2024", "p-value": "1,200"}, {}, "p"))
