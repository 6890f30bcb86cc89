"""What a coordinator does with selected cells of the board; and the filter by day."""

import datetime
import io
import zipfile

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail_localize.models import Translation

from tests import factories
from tests.scenes import scene
from translation.models import Assignment, Notice, NoticeKind, SendJob

pytestmark = pytest.mark.django_db

ASSIGN, SEND, REMIND = (f"translation_sending:{name}" for name in ("assign", "send", "remind"))
EXPORT = "translation_exchange:selected"


@scene
def campaign(site):
    return factories.CampaignPageFactory(
        parent=site.campaign_index, title="World Day", slug="wdatip", short_name=""
    )


@scene
def quote(campaign):
    return factories.QuoteFactory(text="We know now", campaigns=[campaign])


@scene
def takeaway(campaign):
    return factories.TakeawayFactory(statement="Ask first", campaigns=[campaign])


@pytest.fixture
def only_quotes(newsroom) -> Client:
    """Sends for translation, and may change quotes but nothing else."""
    group = Group.objects.create(name="Quotes")
    names = ["access_admin", "submit_translation", "add_quote", "change_quote", "view_quote"]
    group.permissions.set(Permission.objects.filter(codename__in=names))
    return newsroom.as_(factories.UserFactory(groups=["Quotes"]))


def item(newsroom, thing, code: str = "ru") -> str:
    return f"{thing.translation_key}:{newsroom.site.locales[code].pk}"


def board(client: Client, **query) -> BeautifulSoup:
    return BeautifulSoup(client.get(reverse("translation_board:index"), query).content, "html.parser")


def told(client: Client, name: str, *items: str, **sent) -> str:
    response = client.post(reverse(name), {"item": items, **sent}, follow=True)
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def test_buttons__stand_over_cells_that_can_be_selected_in_each_language(newsroom, quote):
    newsroom.send(quote, "ru")

    soup = board(newsroom.as_(newsroom.editor), kind="quote")

    boxes = {box["value"] for box in soup.select('.translation-board tbody input[name="item"]')}
    assert boxes == {item(newsroom, quote, code) for code in ("ru", "tg", "fa-af")}
    actions = [button.get("formaction") for button in soup.select("form#assign button")]
    assert actions == [None, reverse(REMIND), reverse(EXPORT), reverse(SEND)]
    assert not board(newsroom.as_(newsroom.translators["ru"])).select("form#assign, thead input")


def test_row_and_desk__lead_to_reassigning(newsroom, quote):
    newsroom.send(quote, "ru")
    editor = newsroom.as_(newsroom.editor)
    russian = newsroom.site.locales["ru"]
    Assignment.objects.create(
        object_key=quote.translation_key, locale=russian, person=newsroom.translators["ru"], due="2030-01-02"
    )

    [link] = board(editor, kind="quote").select('.translation-board a[href*="/assign/"]')
    desk_url = reverse("translation_desk:desk", args=[quote.translation_key, "ru"])
    desk = BeautifulSoup(editor.get(desk_url).content, "html.parser")
    [of_desk] = desk.select('.desk-actions a[href*="/assign/"]')

    assert link.get_text() == of_desk.get_text() == "Reassign"
    assert "Assigned to" in desk.select_one(".desk-state").get_text()
    assert editor.get(link["href"]).status_code == 200
    done = editor.post(of_desk["href"], {"item": item(newsroom, quote), "person": "nobody", "next": desk_url})
    assert done.url == desk_url
    assert Assignment.objects.get().person is None
    own = newsroom.as_(newsroom.translators["ru"]).get(desk_url).content.decode()
    assert "/sending/assign/" not in own


def test_nothing_selected__is_said(newsroom, campaign):
    client = newsroom.as_(newsroom.editor)

    for name in (ASSIGN, SEND, REMIND, EXPORT):
        assert "Select at least one item." in told(client, name)


@pytest.mark.parametrize("name", [ASSIGN, SEND, REMIND])
@pytest.mark.parametrize("who", ["reviewer", "translator"])
def test_selection__is_the_coordinators(newsroom, quote, name, who):
    newsroom.send(quote, "ru")
    user = newsroom.reviewer if who == "reviewer" else newsroom.translators["ru"]
    sent = {"item": item(newsroom, quote), "person": newsroom.translators["ru"].pk, "due": ""}

    response = newsroom.as_(user).post(reverse(name), sent, headers={"x-requested-with": "XMLHttpRequest"})

    assert response.status_code == 403
    assert not Assignment.objects.exists()


def test_rights__are_asked_for_each_object(newsroom, only_quotes, quote, takeaway):
    newsroom.send(quote, "ru")
    newsroom.send(takeaway, "ru")
    both = [item(newsroom, quote), item(newsroom, takeaway)]
    person = newsroom.translators["ru"]

    shown = only_quotes.get(reverse(ASSIGN), {"item": both}).content.decode()
    assigned = told(only_quotes, ASSIGN, *both, person=person.pk)

    assert "They are left out: Ask first" in " ".join(BeautifulSoup(shown, "html.parser").get_text(" ").split())
    assert "Left out, since you may not change them: Ask first." in assigned
    assert [row.object_key for row in Assignment.objects.all()] == [quote.translation_key]

    Assignment.objects.create(
        object_key=takeaway.translation_key, locale=newsroom.site.locales["ru"], person=person
    )
    told(only_quotes, REMIND, *both)
    [notice] = Notice.objects.filter(kind=NoticeKind.DUE)
    assert notice.object_key == quote.translation_key
    assert "1 unfinished item" in notice.detail

    told(only_quotes, SEND, *[item(newsroom, each, "tg") for each in (quote, takeaway)], due="", locales=[
        newsroom.site.locales["tg"].pk
    ])  # fmt: skip
    [job] = SendJob.objects.all()
    assert job.object_key == quote.translation_key
    files = zipfile.ZipFile(io.BytesIO(only_quotes.post(reverse(EXPORT), {"item": both}).content)).namelist()
    assert files == ["ru/quote-we-know-now.ru.xlf"]
    alone = only_quotes.post(reverse(EXPORT), {"item": both[1]}, headers={"x-requested-with": "XMLHttpRequest"})
    assert alone.status_code == 403


def test_reminding__is_one_notice_for_each_person_once_a_day(newsroom, site, quote, takeaway):
    for thing in (quote, takeaway):
        newsroom.send(thing, "ru", "tg")
        for code in ("ru", "tg"):
            Assignment.objects.create(
                object_key=thing.translation_key,
                locale=site.locales[code],
                person=newsroom.translators[code],
                due="2030-01-02",
            )
    items = [item(newsroom, thing, code) for thing in (quote, takeaway) for code in ("ru", "tg")]
    client = newsroom.as_(newsroom.editor)

    first, second = told(client, REMIND, *items), told(client, REMIND, *items)

    assert "Reminded:" in first
    assert "Nobody was reminded" in second
    notices = Notice.objects.filter(kind=NoticeKind.DUE)
    assert {notice.person for notice in notices} == set(newsroom.translators.values())
    assert notices.count() == 2
    assert all("2 unfinished items are assigned to you. Due on" in notice.detail for notice in notices)


def test_reminding__leaves_out_what_is_finished_or_nobodys(newsroom, site, quote, takeaway):
    [translation] = newsroom.send(quote, "ru")
    newsroom.send(takeaway, "ru")
    newsroom.word(translation)
    newsroom.submit(translation)
    Assignment.objects.create(
        object_key=quote.translation_key, locale=site.locales["ru"], person=newsroom.translators["ru"]
    )

    assert "Nobody was reminded" in told(
        newsroom.as_(newsroom.editor), REMIND, item(newsroom, quote), item(newsroom, takeaway)
    )


def test_sending__goes_into_the_languages_selected_for_each(newsroom, site, quote, takeaway):
    client = newsroom.as_(newsroom.editor)
    items = [item(newsroom, quote, "ru"), item(newsroom, quote, "tg"), item(newsroom, takeaway, "tg")]
    person = newsroom.translators["tg"]

    form = BeautifulSoup(client.post(reverse(SEND), {"item": items}).content, "html.parser")
    offered = {box["value"] for box in form.select('input[name="locales"]')}
    told(client, SEND, *items, locales=sorted(offered), person_tg=person.pk, due="2030-01-02")

    assert offered == {str(site.locales[code].pk) for code in ("ru", "tg")}
    jobs = {
        job.object_key: {locale.language_code for locale in job.locales.all()} for job in SendJob.objects.all()
    }
    assert jobs == {quote.translation_key: {"ru", "tg"}, takeaway.translation_key: {"tg"}}
    assert all(job.people == {str(site.locales["tg"].pk): person.pk} for job in SendJob.objects.all())


def test_one_page__is_sent_with_person_and_day(newsroom, site, quote):
    client = newsroom.as_(newsroom.editor)
    url = reverse("wagtail_localize:submit_snippet_translation", args=["campaigns", "quote", quote.pk])
    sent = {"locales": site.locales["ru"].pk, "person_ru": newsroom.translators["ru"].pk, "due": "2030-01-02"}

    assert "person_ru" in client.get(url).content.decode()
    client.post(url, sent)

    [job] = SendJob.objects.all()
    assert job.people == {str(site.locales["ru"].pk): newsroom.translators["ru"].pk}
    assert job.due == datetime.date(2030, 1, 2)


def test_export__holds_what_is_selected_and_counts_the_rest(newsroom, quote, takeaway):
    newsroom.send(quote, "ru", "tg")
    client = newsroom.as_(newsroom.editor)

    response = client.post(reverse(EXPORT), {"item": [item(newsroom, quote), item(newsroom, takeaway)]})

    archive = zipfile.ZipFile(io.BytesIO(response.content))
    assert archive.namelist() == ["ru/quote-we-know-now.ru.xlf"]
    assert "One item is not in the file" in board(client).get_text()
    assert Translation.objects.count() == 2


def test_filter__by_day(newsroom, site, campaign, quote, takeaway):
    today, day = timezone.localdate(), datetime.timedelta(days=1)
    for thing, due in ((quote, today - day), (takeaway, today + 3 * day)):
        Assignment.objects.create(object_key=thing.translation_key, locale=site.locales["ru"], due=due)
    client = newsroom.as_(newsroom.editor)

    found = {
        due: sorted(
            row.select_one(".translation-board__kind").get_text()
            for row in board(client, language="ru", due=due).select(".translation-board tbody tr")
            if row.select_one(".translation-board__kind")
        )
        for due in ("overdue", "week", "month", "none", "nonsense")
    }

    everything = ["Campaign", "Quote", "Takeaway"]
    assert found["overdue"] == ["Quote"]
    assert found["week"] == ["Takeaway"]
    assert "Takeaway" in found["month"]
    assert "Quote" not in found["month"]
    assert found["nonsense"] == everything
