import csv
import datetime
import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.scenes import scene
from tests.translating import change_source
from translation.models import Assignment

pytestmark = pytest.mark.django_db


@scene
def campaign(site):
    return factories.CampaignPageFactory(
        parent=site.campaign_index,
        title="World Day",
        slug="wdatip",
        short_name="",
        observance_day=30,
        observance_month=7,
    )


@scene
def edition(campaign):
    return factories.EditionPageFactory(parent=campaign, year=2024)


@scene
def quote(campaign):
    return factories.QuoteFactory(text="We know now", campaigns=[campaign], date=datetime.date(2024, 8, 1))


def board(client: Client, **query) -> BeautifulSoup:
    response = client.get(reverse("translation_board:index"), query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def lines(soup: BeautifulSoup) -> list[str]:
    rows = soup.select(".translation-board tbody tr")
    return [" ".join(row.get_text(" ").split()) for row in rows]


def columns(soup: BeautifulSoup) -> list[str]:
    return [head.get_text().strip() for head in soup.select(".translation-board thead th")][1:]


def table(client: Client, **query) -> list[dict[str, Any]]:
    response = client.get(reverse("translation_board:index"), {**query, "export": "csv"})
    text = response.content.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("group", ["Translator ru", "Reviewer", "Editor", "Publisher"])
def test_board__is_the_first_thing_for_who_has_to_do_with_translation(site, client, group):
    client.force_login(factories.UserFactory(groups=[group]))

    soup = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")

    assert soup.select("main section.w-panel")[0]["id"].startswith("translation-board")
    assert client.get(reverse("translation_board:index")).status_code == 200


def test_board__is_closed_to_others(site, client):
    user = factories.UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)

    home = client.get(reverse("wagtailadmin_home"))
    answer = client.get(reverse("translation_board:index"), headers={"x-requested-with": "XMLHttpRequest"})

    assert answer.status_code == 403
    assert "translation-board" not in home.content.decode()


def test_rows__are_what_a_reader_meets_in_the_languages_chosen(newsroom, campaign, edition, quote):
    client = newsroom.as_(newsroom.editor)

    soup = board(client)

    assert sorted(columns(soup)) == ["Русский", "Тоҷикӣ", "دری"]
    assert len(lines(soup)) == 3
    assert columns(board(client, language="tg")) == ["Тоҷикӣ"]
    assert len(lines(board(client, kind="quote"))) == 1


def test_filter__has_names_in_the_direction_of_their_letters(newsroom, campaign):
    soup = board(newsroom.as_(newsroom.editor))

    [option] = soup.select("select[name=campaign] option")
    assert (option.text, option["dir"]) == ("World Day", "auto")


def test_edition__shows_its_own(newsroom, campaign, edition, quote):
    older = factories.EditionPageFactory(parent=campaign, year=2020)

    found = lines(board(newsroom.as_(newsroom.editor), edition=older.pk))

    assert not any("We know now" in line for line in found)


def test_translator__sees_all_rows_in_their_own_language(newsroom, campaign, quote):
    soup = board(newsroom.as_(newsroom.translators["ru"]))

    assert columns(soup) == ["Русский"]
    assert len(lines(soup)) == 2


def test_cell__says_state_words_person_and_day(newsroom, campaign, quote):
    newsroom.send(quote, "ru")
    Assignment.objects.create(
        object_key=quote.translation_key,
        locale=newsroom.site.locales["ru"],
        person=newsroom.translators["ru"],
        due=datetime.date(2020, 1, 2),
    )

    soup = board(newsroom.as_(newsroom.translators["ru"]), kind="quote")

    [line] = lines(soup)
    assert "In translation" in line
    assert "words left" in line
    assert newsroom.translators["ru"].get_username() in line
    assert "overdue since" in line
    [link] = soup.select(".translation-board td a")
    assert link["href"] == reverse("translation_desk:desk", args=[quote.translation_key, "ru"])


def test_cell__leads_to_sending_and_to_the_review(newsroom, campaign, quote):
    editor = board(newsroom.as_(newsroom.editor), kind="quote", language="ru")
    [send] = [link["href"] for link in editor.select(".translation-board td a")]
    assert send.endswith(f"/localize/submit/snippet/campaigns/quote/{quote.pk}/?select_locale=ru")

    [translation] = newsroom.send(quote, "ru")
    newsroom.word(translation)
    review = newsroom.submit(translation)
    soup = board(newsroom.as_(newsroom.reviewer), kind="quote", language="ru")

    [link] = soup.select(".translation-board td a")
    assert link["href"] == reverse("translation_review:review", args=[review.pk])


def test_coordinator__assigns_selected_cells(newsroom, campaign, quote):
    newsroom.send(quote, "ru")
    russian, translator = newsroom.site.locales["ru"], newsroom.translators["ru"]
    client = newsroom.as_(newsroom.editor)

    soup = board(client, kind="quote", language="ru")
    [box] = soup.select('.translation-board input[name="item"]')
    form = soup.select_one("form#assign")
    assert (box["value"], box["form"]) == (f"{quote.translation_key}:{russian.pk}", "assign")
    sent = {"item": box["value"], "next": form.select_one('[name="next"]')["value"]}
    assert "We know now" in client.post(form["action"], sent).content.decode()
    done = client.post(form["action"], {**sent, "person": translator.pk})

    assert done.url == f"{reverse('translation_board:index')}?kind=quote&language=ru"
    assert Assignment.objects.get(object_key=quote.translation_key).person == translator
    seen = board(newsroom.as_(translator), kind="quote")
    assert not seen.select('form#assign, .translation-board input[name="item"]')


def test_order__is_by_urgency(newsroom, campaign, edition, quote):
    """Overdue, then stale before missing, then the most words."""
    russian = newsroom.site.locales["ru"]
    newsroom.bring_live(campaign, "ru")
    takeaway = factories.TakeawayFactory(statement="Ask first", campaigns=[campaign])
    change_source(campaign, title="World Day again")
    late = timezone.localdate() - datetime.timedelta(days=1)
    Assignment.objects.create(object_key=takeaway.translation_key, locale=russian, due=late)

    found = lines(board(newsroom.as_(newsroom.editor), language="ru"))

    assert [line.split()[0] for line in found] == ["Takeaway", "Campaign", "Edition", "Quote"]


def test_filter__by_person_and_by_state(newsroom, campaign, edition, quote):
    russian, translator = newsroom.site.locales["ru"], newsroom.translators["ru"]
    newsroom.send(quote, "ru")
    Assignment.objects.create(object_key=quote.translation_key, locale=russian, person=translator)
    client = newsroom.as_(translator)

    assert [line.split()[0] for line in lines(board(client, person="me"))] == ["Quote"]
    assert [line.split()[0] for line in lines(board(client, person=str(translator.pk)))] == ["Quote"]
    assert sorted(line.split()[0] for line in lines(board(client, person="nobody"))) == ["Campaign", "Edition"]
    assert [line.split()[0] for line in lines(board(client, state="in_translation"))] == ["Quote"]
    assert lines(board(client, state="parked")) == ["No matching items."]


def test_nonsense__in_the_filter_is_passed_over(newsroom, campaign):
    soup = board(
        newsroom.as_(newsroom.editor), campaign="x", edition="99", language="xx", state="'", p="x", person="x"
    )

    assert len(lines(soup)) == 1


def test_csv__holds_the_same_and_no_formula(newsroom, campaign, quote):
    change_source(quote, text="=1+1 is what she said")

    rows = table(newsroom.as_(newsroom.editor), kind="quote", language="ru")

    [row] = rows
    assert row["Title"] == "'=1+1 is what she said"
    assert row["Language"] == "ru"
    assert row["State"] == "missing"
    assert row["Visible to readers"] == "no"
    assert row["Due"]


def test_words__of_what_an_item_shows_are_said_apart(newsroom, campaign, quote):
    newsroom.bring_live(campaign, "ru")
    newsroom.send(quote, "ru")
    client = newsroom.as_(newsroom.editor)

    soup = board(client, language="ru")
    page = next(line for line in lines(soup) if line.startswith("Campaign"))

    assert "6 words left (6 in what it shows)" in page
    assert "do not add them up" in soup.text
    assert soup.select_one(f".help-info a[href='{reverse('translation_progress:index')}']")
    shown = {row["Kind"]: row["Words left in what it shows"] for row in table(client, language="ru")}
    assert shown == {"campaign": "6", "quote": "0"}


def test_picture__says_the_same_in_words_and_numbers(newsroom, campaign, quote):
    soup = board(newsroom.as_(newsroom.editor))

    [russian] = soup.select("svg.translation-bar[aria-label^=Русский]")
    assert russian["role"] == "img"
    assert russian["aria-label"] == "Русский: missing 2"
    counts = soup.select(".translation-bars tbody tr")[0].find_all("td")[2:]
    assert sum(int(cell.get_text()) for cell in counts) == 2
    assert "style=" not in str(soup.select_one(".translation-bars"))
