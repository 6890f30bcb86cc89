"""Who changes a helpline, and what it takes: the change is confirmed, logged and mailed."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from wagtail.models import ModelLogEntry

from core import work
from core.findings import DeletionRefused
from core.models import Helpline
from tests import factories
from tests.helplines import HelplineFactory
from tests.scenes import scene

pytestmark = pytest.mark.django_db

OLD, NEW = "000-11-11", "000-22-22"


@scene
def helpline(site) -> Helpline:
    return HelplineFactory(number=OLD)


def logged_in(client, *groups: str):
    user = factories.UserFactory(groups=groups, first_name="Mehri", last_name="Demo")
    client.force_login(user)
    return user


def sent(helpline: Helpline | None = None, **changed: str) -> dict[str, Any]:
    """What the form sends."""
    values = {
        "number": OLD,
        "time_zone": "Asia/Dushanbe",
        "texts-en-name": "Listening line",
        "texts-en-note": "Free of charge.",
        "languages-0-language": "tg",
        "languages-1-language": "ru",
        "replaced_by": "",
    }
    if helpline is None or helpline.is_primary:
        values["is_primary"] = "on"
    for day in range(7):
        values |= {f"hours-{day}-opens": "08:00", f"hours-{day}-closes": "20:00"}
    return values | changed


def edit_url(helpline: Helpline) -> str:
    return reverse("helplines:edit", args=[helpline.pk])


def confirm(client, address: str, data: dict[str, Any]):
    asked = client.post(address, data)
    button = BeautifulSoup(asked.content, "html.parser").select_one('button[name="confirmed"]')
    assert button, asked.content.decode()
    return client.post(address, data | {"confirmed": button["value"]})


def stored(helpline: Helpline) -> str:
    return Helpline.objects.get(pk=helpline.pk).number


def test_publisher__sees_old_and_new_before_anything_is_stored(client, site, helpline):
    logged_in(client, "Publisher")
    response = client.post(edit_url(helpline), sent(number=NEW, **{"hours-6-opens": "", "hours-6-closes": ""}))
    text = BeautifulSoup(response.content, "html.parser").select_one("main").get_text(" ", strip=True)

    assert stored(helpline) == OLD
    assert OLD in text
    assert NEW in text
    assert "Every day, 8:00–20:00" in text
    assert "Monday–Saturday, 8:00–20:00" in text
    assert client.get("/en/").text.count(OLD) >= 1


@pytest.mark.parametrize(
    ("typed", "shown", "tel"),
    [
        ("۱۳۱۳", "1313", "1313"),
        ("+992 44 600 12 34", "+992 44 600 12 34", "+992446001234"),
        ("44-600-12-34", "44-600-12-34", "446001234"),
    ],
)
def test_publisher__sees_what_is_dialled(client, site, helpline, typed, shown, tel):
    logged_in(client, "Publisher")
    response = client.post(edit_url(helpline), sent(number=typed))
    rows = BeautifulSoup(response.content, "html.parser").select("main tbody tr")[:2]

    assert [row.get_text(" ", strip=True) for row in rows] == [
        f"Number {OLD} {shown} (changed)",
        f"Dials 0001111 {tel} (changed)",
    ]


def test_publisher__confirms_and_readers_see_it_at_once(client, site, helpline):
    logged_in(client, "Publisher")
    response = confirm(client, edit_url(helpline), sent(number=NEW))

    assert response.status_code == 302
    for code in ("en", "ru", "tg", "fa-af"):
        assert NEW in client.get(f"/{code}/").text


@pytest.mark.parametrize("confirmed", ["", "1", "0" * 64])
def test_change__is_not_stored_by_a_made_up_confirmation(client, site, helpline, confirmed):
    logged_in(client, "Publisher")
    client.post(edit_url(helpline), sent(number=NEW, confirmed=confirmed))

    assert stored(helpline) == OLD


def test_change__is_shown_anew_where_somebody_else_was_faster(client, site, helpline):
    logged_in(client, "Publisher")
    asked = client.post(edit_url(helpline), sent(number=NEW))
    button = BeautifulSoup(asked.content, "html.parser").select_one('button[name="confirmed"]')
    helpline.number = "000-99-99"
    helpline.save()

    response = client.post(edit_url(helpline), sent(number=NEW, confirmed=button["value"]))

    assert stored(helpline) == "000-99-99"
    assert "000-99-99" in response.text


def test_back__keeps_what_was_typed(client, site, helpline):
    logged_in(client, "Publisher")
    response = client.post(edit_url(helpline), sent(number=NEW, back="1"))

    assert f'value="{NEW}"' in response.text
    assert 'name="texts-ru-name"' in response.text
    assert stored(helpline) == OLD


@pytest.mark.parametrize("group", ["Editor", "Reviewer", "Translator ru", "Translator tg"])
def test_others__change_nothing(client, site, helpline, group):
    logged_in(client, group)
    for address in (edit_url(helpline), reverse("helplines:add"), reverse("helplines:delete", args=[helpline.pk])):
        response = client.post(address, sent(number=NEW))
        assert response.status_code in (302, 403), address
        assert 'name="confirmed"' not in response.text
    assert [row.number for row in Helpline.objects.all()] == [OLD]


def test_editor__sees_the_list_and_a_translator_does_not(client, site, helpline):
    logged_in(client, "Editor")
    assert OLD in client.get(reverse("helplines:index")).text
    logged_in(client, "Translator ru")
    assert client.get(reverse("helplines:index")).status_code in (302, 403)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"number": "1313 (free)"}, "Enter only the number"),
        ({"number": "1313, 1414"}, "Enter one number"),
        ({"number": "۱۳۱۳ ۱۴۱۴"}, "Enter one number"),
        ({"number": "2-2-2027"}, "Enter a valid telephone number"),
        ({"number": ""}, "required"),
        ({"texts-en-name": ""}, "enter a name"),
        ({"texts-en-note": "“I could not leave the house and nobody came.”"}, "cannot quote anybody"),
        ({"hours-2-closes": ""}, "Wednesday: enter both times or neither"),
        ({"hours-2-closes": "25:00"}, "Wednesday, Closes"),
        ({"exceptions-0-first": "", "exceptions-0-last": "2026-12-31"}, "Row 1, First day"),
        ({"exceptions-0-first": "2026-12-31", "exceptions-0-last": "2026-12-30"}, "Row 1: the last day"),
        ({"exceptions-0-first": "2026-12-31", "exceptions-0-opens": "10:00"}, "Row 1: enter both times"),
        ({"languages-0-language": "xx-no"}, "Row 1, Language"),
        ({"time_zone": "Mars/Olympus"}, "Select a valid choice"),
    ],
)
def test_form__says_what_is_wrong_and_where(client, site, helpline, changed, said):
    logged_in(client, "Publisher")
    response = client.post(edit_url(helpline), sent(**changed))

    assert said in BeautifulSoup(response.content, "html.parser").get_text()
    assert Helpline.objects.get(pk=helpline.pk).state() == helpline.state()


def test_form__keeps_exceptions_in_their_order(client, site, helpline):
    logged_in(client, "Publisher")
    rows = {"exceptions-0-first": "2027-01-01", "exceptions-0-opens": "10:00", "exceptions-0-closes": "14:00"}
    rows |= {"exceptions-1-first": "2026-12-31", "exceptions-1-last": "", "exceptions-2-first": ""}
    confirm(client, edit_url(helpline), sent(**rows))

    assert Helpline.objects.get(pk=helpline.pk).exceptions == [
        {"first": "2026-12-31", "last": "", "opens": "", "closes": ""},
        {"first": "2027-01-01", "last": "", "opens": "10:00", "closes": "14:00"},
    ]


def test_change__is_logged_with_old_and_new_and_by_whom(client, site, helpline):
    user = logged_in(client, "Publisher")
    confirm(client, edit_url(helpline), sent(number=NEW))
    entry = ModelLogEntry.objects.filter(action="core.helpline.change").order_by("-pk").first()

    assert entry.user == user
    assert (entry.data["old"]["number"], entry.data["new"]["number"]) == (OLD, NEW)
    assert "Helpline changed" in client.get(reverse("helplines:history", args=[helpline.pk])).text


def test_change__is_mailed_to_each_publisher(client, site, helpline, settings):
    work.perform_due()
    mail.outbox.clear()
    factories.UserFactory(groups=["Publisher"], email="other@example.org")
    factories.UserFactory(groups=["Publisher"], email="gone@example.org", is_active=False)
    factories.UserFactory(groups=["Editor"], email="editor@example.org")
    user = logged_in(client, "Publisher")
    confirm(client, edit_url(helpline), sent(number=NEW))
    assert mail.outbox == []

    work.perform_due()
    work.perform_due()

    assert sorted(to for message in mail.outbox for to in message.to) == sorted(["other@example.org", user.email])
    [body] = {message.body for message in mail.outbox}
    assert re.search(rf"- {OLD}\n\+ {NEW}", body)
    assert "Mehri Demo" in body
    assert "Time zone" not in body


def test_nothing_changed__is_neither_logged_nor_mailed(site, helpline):
    before = ModelLogEntry.objects.count()
    Helpline.objects.get(pk=helpline.pk).save()

    assert ModelLogEntry.objects.count() == before


def test_save__outside_the_form_is_logged_and_refuses_what_is_no_number(site, helpline):
    helpline.number = "1313, 1414"
    with pytest.raises(ValidationError), transaction.atomic():
        helpline.save()
    helpline.number = NEW
    helpline.save()

    assert ModelLogEntry.objects.filter(action="core.helpline.change").latest("pk").data["new"]["number"] == NEW


def test_sites_helpline__is_one(site, helpline):
    assert helpline.is_primary
    other = HelplineFactory()
    assert not other.is_primary
    other.is_primary = True
    other.save()

    assert list(Helpline.objects.filter(is_primary=True)) == [other]


def test_delete__is_refused_while_readers_see_it(client, site, helpline):
    logged_in(client, "Publisher")
    other = HelplineFactory()
    free = HelplineFactory()
    page = factories.SectionPageFactory(parent=site.home, body=[("helpline", {"helpline": other})])
    page.save_revision().publish()
    for kept in (helpline, other):
        with pytest.raises(DeletionRefused), transaction.atomic():
            kept.delete()
        with pytest.raises(DeletionRefused), transaction.atomic():
            Helpline.objects.filter(pk=kept.pk).delete()
        client.post(reverse("helplines:delete", args=[kept.pk]))
    client.get(reverse("helplines:delete", args=[free.pk]))
    assert client.post(reverse("helplines:delete", args=[free.pk])).status_code == 302

    assert set(Helpline.objects.all()) == {helpline, other}
    assert ModelLogEntry.objects.filter(action="core.helpline.change").latest("pk").data["new"] is None


@pytest.mark.parametrize("case", ["itself", "chain", "replaced", "primary"])
def test_replacement__is_one_that_is_shown(site, helpline, case):
    other, third = HelplineFactory(), HelplineFactory()
    if case == "itself":
        changed = other
        changed.replaced_by = other
    elif case == "chain":
        other.replaced_by = helpline
        other.save()
        changed = third
        changed.replaced_by = other
    elif case == "replaced":
        other.replaced_by = third
        other.save()
        changed = third
        changed.replaced_by = helpline
    else:
        changed = helpline
        changed.replaced_by = other
    with pytest.raises(ValidationError):
        changed.full_clean()
