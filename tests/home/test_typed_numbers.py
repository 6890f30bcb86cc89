"""A number that a helpline had before is found where somebody has typed it into a text."""

import pytest
from django.urls import reverse

from core import work
from core.helplines.typed_numbers import former_numbers, numbers_typed, spellings
from core.publishing.gate import Publication, PublishBlocked
from tests import factories
from tests.helplines import HelplineFactory
from tests.home.test_helpline_admin import confirm, edit_url, logged_in, sent
from tests.scenes import scene

pytestmark = pytest.mark.django_db

OLD, NEW = "44 600-12-34", "44 600-99-99"
TYPED = {
    "en": "Call 44 600-12-34 at any hour.",
    "ru": "Звоните: +992 (44) 600 12 34, бесплатно.",
    "tg": "Занг занед: 446001234.",
    "fa-af": "به ۶۰۰ - ۱۲ - ۳۴ زنگ بزنید.",
}


@scene
def helpline(site):
    return HelplineFactory(number=OLD)


@scene
def pages(site):
    made = {
        code: factories.NewsPageFactory(
            parent=site.news_indexes[code],
            locale=site.locales[code],
            slug=f"typed-{code}",
            body=[("rich_text", f"<p>{text}</p>")],
        )
        for code, text in TYPED.items()
    }
    factories.NewsPageFactory(parent=site.news_index, summary="In 2026 there were 600 visits, 12 of 34 by phone.")
    work.perform_due()
    return made


@pytest.mark.parametrize("number", [OLD, "+992 44 600 12 34", "446001234", "600-12-34"])
@pytest.mark.parametrize("text", [*TYPED.values(), "44.600.12.34", "44/600/12/34", "٤٤ ٦٠٠-١٢-٣٤"])
def test_number__is_read_in_all_digits_and_groups(number, text):
    assert numbers_typed(text) & spellings(number)


@pytest.mark.parametrize(
    "text", ["600 visits, 12 in May", "1,600 people, 12.34 km", "600-12-35", "16001234567", "12/34/600", ""]
)
def test_number__is_not_read_in_others(text):
    assert not numbers_typed(text) & spellings(OLD)


def test_number__of_a_hostile_text_takes_no_time():
    assert len(numbers_typed("1 " * 50_000)) < 20


def test_change__shows_where_the_old_number_is_typed(client, site, helpline, pages):
    takeaway = factories.TakeawayFactory(statement="The number is 44-600-12-34.", source=pages["en"])
    work.perform_due()
    logged_in(client, "Publisher")

    shown = client.post(edit_url(helpline), sent(number=NEW)).text

    for page in pages.values():
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in shown
    assert f"/takeaway/edit/{takeaway.pk}/" in shown
    confirm(client, edit_url(helpline), sent(number=NEW))
    listed = client.get(reverse("helplines:typed"))
    assert [each.number for each in listed.context["typed"]] == [OLD]
    assert set(listed.context["typed"][0].rows) == {*pages.values(), takeaway}
    assert reverse("helplines:typed") in client.get(reverse("helplines:index")).text


def test_change__of_the_hours_alone_lists_nothing(client, site, helpline, pages):
    logged_in(client, "Publisher")
    shown = client.post(edit_url(helpline), sent(number=OLD, **{"hours-6-opens": "", "hours-6-closes": ""}))
    assert shown.context["typed"] == []


@pytest.mark.parametrize(("number", "other"), [("992", "992112"), ("992112", "112")])
def test_short_number__that_begins_like_a_country_code_is_one_number(client, site, helpline, number, other):
    page = factories.NewsPageFactory(
        parent=site.news_index, body=[("rich_text", f"<p>Call {number} at any hour.</p>")]
    )
    factories.NewsPageFactory(parent=site.news_index, body=[("rich_text", f"<p>Call {other} at any hour.</p>")])
    work.perform_due()
    logged_in(client, "Publisher")
    confirm(client, edit_url(helpline), sent(number=number))
    confirm(client, edit_url(helpline), sent(number=NEW))

    [found] = client.get(reverse("helplines:typed")).context["typed"]
    assert (found.number, found.rows) == (number, [page])


def test_list__leaves_out_what_was_mended_and_what_shows_the_helpline_itself(client, site, helpline, pages):
    page = pages["en"]
    helpline.number = NEW
    helpline.save()
    page.body = [("helpline", {"helpline": helpline})]
    page.save_revision().publish()
    work.perform_due()
    logged_in(client, "Publisher")

    [found] = client.get(reverse("helplines:typed")).context["typed"]
    assert {row.pk for row in found.rows} == {each.pk for code, each in pages.items() if code != "en"}


@pytest.mark.parametrize(("group", "may"), [("Editor", True), ("Publisher", True), ("Translator ru", False)])
def test_list__is_for_who_may_see_helplines(client, site, helpline, group, may):
    logged_in(client, group)
    assert (client.get(reverse("helplines:typed")).status_code == 200) == may


def test_number__that_is_a_helpline_s_again_is_not_former(helpline):
    helpline.number = NEW
    helpline.save()
    assert former_numbers() == [OLD]
    helpline.number = OLD
    helpline.save()
    assert former_numbers() == [NEW]


@pytest.mark.parametrize("text", TYPED.values())
def test_new_page__with_a_former_number_is_blocked(client, site, helpline, text):
    helpline.number = NEW
    helpline.save()
    page = factories.NewsPageFactory(parent=site.news_index, live=False, body=[("rich_text", f"<p>{text}</p>")])
    page.save_revision()

    with pytest.raises(PublishBlocked, match="is a former number of a helpline"):
        page.get_latest_revision().publish()
    logged_in(client, "Publisher")
    panel = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    assert f"{OLD} is a former number of a helpline" in panel


@pytest.mark.parametrize("code", TYPED)
def test_live_page__with_a_former_number_is_told_and_can_be_published(client, site, helpline, pages, code):
    helpline.number = NEW
    helpline.save()
    page = type(pages[code]).objects.get(pk=pages[code].pk)
    logged_in(client, "Publisher")

    assert (
        f"{OLD} is a former number of a helpline"
        in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    )
    assert "former_number" not in {finding.code for finding in Publication(page).findings}


def test_short_number__blocks_nothing(client, site):
    helpline = HelplineFactory(number="1313")
    helpline.number = "1414"
    helpline.save()
    page = factories.NewsPageFactory(
        parent=site.news_index, live=False, body=[("rich_text", "<p>1313 people came.</p>")]
    )
    page.save_revision().publish()
    logged_in(client, "Publisher")
    assert (
        "1313 is a former number of a helpline"
        in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    )
