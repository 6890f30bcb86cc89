"""The report on progress."""

import csv
import datetime
import io
from uuid import uuid4

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation

from tests import factories
from tests.translating import change_source
from translation.models import Assignment, MachineText, Review, ReviewStatus, Summary
from translation.progress.origins import shares
from translation.progress.waits import waits
from translation.progress.words import Words, totals, words_left
from translation.units.memory import FOREIGN, SIMILAR, TOOL
from translation.units.summaries import compute

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(site):
    return factories.CampaignPageFactory(
        parent=site.campaign_index, title="World Day", slug="wdatip", short_name=""
    )


@pytest.fixture
def quote(campaign):
    return factories.QuoteFactory(text="We know now", campaigns=[campaign])


def review_in(locale: Locale, **values) -> Review:
    """An approved review of something that went live."""
    place = factories.PlaceFactory()
    revision = place.save_revision()
    return Review.objects.create(
        object_key=uuid4(), locale=locale, revision=revision, status=ReviewStatus.APPROVED, **values
    )


def report(client: Client, **query) -> BeautifulSoup:
    response = client.get(reverse("translation_progress:index"), query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def cells(soup: BeautifulSoup, table: str) -> list[list[str]]:
    rows = soup.select(f'[aria-labelledby="progress-{table}"] tbody tr')
    return [[cell.get_text() for cell in row.find_all(["th", "td"]) if not cell.svg] for row in rows]


def table(client: Client) -> list[dict[str, str]]:
    response = client.get(reverse("translation_progress:index"), {"export": "csv"})
    text = b"".join(response.streaming_content).decode().removeprefix("\ufeff")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize(("name", "status"), [("editor", 200), ("publisher", 200), ("reviewer", 403)])
def test_report__is_for_who_sends(newsroom, name, status):
    client = newsroom.as_(getattr(newsroom, name))

    response = client.get(reverse("translation_progress:index"), headers={"x-requested-with": "XMLHttpRequest"})

    assert response.status_code == status


def test_words__of_a_quote_on_three_pages_count_once(newsroom, site, campaign):
    edition = factories.EditionPageFactory(parent=campaign, year=2024)
    other = factories.CampaignPageFactory(parent=site.campaign_index, title="Youth Day", slug="iyd", short_name="")
    story = factories.NewsPageFactory(parent=site.news_index)
    both = factories.QuoteFactory(text="We all know", campaigns=[campaign, other], source=story)
    for item in (campaign, edition, other, story, both):
        newsroom.send(item, "ru")
    counted_here = totals(words_left())[site.locales["ru"].pk]

    compute(set(Summary.objects.values_list("object_key", flat=True)))

    sent = Summary.objects.filter(locale=site.locales["ru"])
    assert totals(words_left())[site.locales["ru"].pk] == counted_here
    assert counted_here.left == sum(row.words_left for row in sent) > 0
    assert sent.filter(object_key=both.translation_key).count() == 1


def test_words__are_of_who_has_the_object_and_of_nobody(newsroom, site, quote):
    takeaway = factories.TakeawayFactory(statement="Ask first")
    newsroom.send(quote, "ru")
    newsroom.send(takeaway, "ru", "tg")
    person = newsroom.translators["ru"]
    Assignment.objects.create(object_key=quote.translation_key, locale=site.locales["ru"], person=person)

    of_russian = words_left()[site.locales["ru"].pk]

    [line] = [row for row in cells(report(newsroom.as_(newsroom.editor)), "people") if row[0] == str(person)]
    assert set(of_russian) == {person.pk, None}
    assert line[1:3] == ["Русский", str(of_russian[person.pk].left)]
    assert set(words_left()[site.locales["tg"].pk]) == {None}


def test_words__are_counted_anew_where_the_summary_is_outdated(newsroom, site, quote):
    [translation] = newsroom.send(quote, "ru")
    newsroom.word(translation)
    before = words_left()

    Summary.objects.update(computed_at=None, missing_words=99)

    assert words_left() == before
    assert before[site.locales["ru"].pk][None].left == 0
    assert before[site.locales["ru"].pk][None].translated > 0


def test_words__of_a_stopped_translation_do_not_count(newsroom, site, quote):
    [translation] = newsroom.send(quote, "ru")
    translation.enabled = False
    translation.save()

    assert totals(words_left()).get(site.locales["ru"].pk, Words()) == Words()


def test_wait__begins_with_the_sending_and_then_with_the_change(newsroom, quote):
    [translation] = newsroom.bring_live(quote, "ru")
    [first] = Review.objects.all()
    assert first.source_changed_at is not None
    assert first.source_changed_at <= first.first_live_at <= first.went_live_at

    change_source(quote, text="We know it now, all of us")
    first.refresh_from_db()
    changed = first.outdated_since
    newsroom.word(translation)
    newsroom.decide(newsroom.submit(translation))

    second = Review.objects.first()
    assert second != first
    assert changed is not None
    assert second.source_changed_at == changed
    assert second.first_live_at > changed


def test_wait__is_none_where_nobody_had_to_translate(newsroom, campaign):
    newsroom.bring_live(campaign, "ru")
    count = Review.objects.exclude(first_live_at=None).count()

    change_source(campaign, observance_day=29, observance_month=7)

    assert Review.objects.exclude(first_live_at=None).count() == count


@pytest.mark.parametrize(
    ("taken", "median", "ninetieth"),
    [([3], 3, 3), ([1, 3], 2, 3), (range(1, 11), 5.5, 9), (range(1, 21), 10.5, 18), ([5, 1, 9], 5, 9)],
)
def test_waits__are_median_and_ninetieth_percentile_of_90_days(site, taken, median, ninetieth):
    now, day = timezone.now(), datetime.timedelta(days=1)
    for days in taken:
        review_in(site.locales["ru"], source_changed_at=now - days * day, first_live_at=now)
    review_in(site.locales["ru"], source_changed_at=now - 200 * day, first_live_at=now - 91 * day)
    review_in(site.locales["tg"], source_changed_at=now - 7 * day, first_live_at=now)

    found = waits()

    russian = found[site.locales["ru"].pk]
    assert (russian.median, russian.ninetieth, russian.count) == (median * day, ninetieth * day, len(taken))
    assert found[site.locales["tg"].pk].median == 7 * day


def test_shares__say_where_texts_come_from(newsroom, site, campaign):
    campaign.introduction = "".join(f"<p>Sentence {number}</p>" for number in range(6))
    campaign.save_revision().publish()
    [translation] = newsroom.send(campaign, "ru")
    newsroom.word(translation)
    rows = list(StringTranslation.objects.filter(locale=site.locales["ru"]).order_by("pk"))
    for row, tool in zip(rows, [TOOL, SIMILAR, FOREIGN, "XLIFF: back.xlf", ""], strict=False):
        StringTranslation.objects.filter(pk=row.pk).update(tool_name=tool)
    suggested = rows[5]
    MachineText.objects.create(
        object_key=campaign.translation_key,
        locale=site.locales["ru"],
        path=suggested.context.path,
        path_id=suggested.context.path_id,
        string_hash=suggested.translation_of.data_hash,
        text="машина",
        tool="Dummy",
    )

    found = shares()[site.locales["ru"].pk]

    assert found == {
        "exact": 1, "similar": 1, "foreign": 1, "machine": 1, "file": 1, "hand": len(rows) - 5,
    }  # fmt: skip
    translation.enabled = False
    translation.save()
    assert site.locales["ru"].pk not in shares()


def test_charts__have_their_numbers_beside_them_and_in_words(newsroom, site, quote):
    newsroom.bring_live(quote, "ru")
    newsroom.send(factories.TakeawayFactory(statement="Ask first"), "ru")

    soup = report(newsroom.as_(newsroom.editor))

    bars = soup.select("svg.translation-bar")
    assert len(bars) == 4
    assert {bar["role"] for bar in bars} == {"img"}
    assert sorted(bar["aria-label"].split(":")[0] for bar in bars) == ["Nobody", "Русский", "Русский", "Русский"]
    assert "style=" not in str(soup.select_one(".translation-progress"))
    assert [row[0] for row in cells(soup, "waits")] == ["Русский"]


def test_export__has_languages_and_people(newsroom, quote):
    newsroom.send(quote, "ru")
    client = newsroom.as_(newsroom.editor)

    rows = table(client)
    response = client.get(reverse("translation_progress:index"), {"export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active

    assert [(row["Language"], row["Assigned to"]) for row in rows] == [("Русский", ""), ("Русский", "Nobody")]
    assert rows[0]["Words left"] == rows[1]["Words left"] != "0"
    assert sheet.max_row == 3


def test_queries__do_not_grow_with_the_objects(newsroom, site, django_assert_max_num_queries):
    for _each in range(3):
        newsroom.send(factories.QuoteFactory(), "ru", "tg")
    Assignment.objects.create(object_key=uuid4(), locale=site.locales["ru"], person=newsroom.editor)

    with django_assert_max_num_queries(9):
        words_left(), waits(), shares()


def test_text__taken_from_a_similar_string_stays_one_when_it_is_edited(newsroom, site, quote):
    [translation] = newsroom.send(quote, "ru")
    segment = translation.source.stringsegment_set.get(string__data="We know now")
    url = reverse("translation_desk:save", args=[translation.pk, segment.pk])
    client = newsroom.as_(newsroom.translators["ru"])

    taken = client.post(url, {"text": "Мы знаем", "version": "", "tool": SIMILAR}).json()
    edited = client.post(url, {"text": "Теперь мы знаем", "version": taken["version"], "tool": ""}).json()
    similar = shares()[site.locales["ru"].pk]["similar"]
    cleared = client.post(url, {"text": "", "version": edited["version"], "tool": ""}).json()
    client.post(url, {"text": "Мы это знаем", "version": cleared["version"], "tool": ""})

    assert similar == 1
    assert shares()[site.locales["ru"].pk]["similar"] == 0
    assert shares()[site.locales["ru"].pk]["hand"] == 1
