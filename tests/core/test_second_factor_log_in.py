"""What opens with a password alone, and what with a second factor."""

import base64

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import PageViewRestriction
from wagtail.users.models import UserProfile

from tests import factories
from tests.second_factors import (
    PASSWORD,
    current_code,
    give_code,
    give_password,
    is_in,
    person,
    sign_in,
)

pytestmark = pytest.mark.django_db

LOG_INS = ["/admin/login/", "/en/_util/login/", "/ru/_util/login/", "/fa-af/_util/login/"]
VERIFY = "/admin/second-factor/"


@pytest.fixture(autouse=True)
def _required(settings, site):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.mark.parametrize("path", LOG_INS)
@pytest.mark.parametrize("device", [True, False])
def test_password_of_a_publisher__opens_nothing(path, device):
    client = give_password(person("Publisher", device=device), path)

    for address in (
        "/admin/",
        "/admin/account/",
        "/admin/pages/",
        "/admin/api/main/pages/",
        "/admin/reports/aging-pages/",
    ):
        response = client.get(address)
        assert (response.status_code, response.url) == (302, f"/admin/login/?next={address}")
    response = client.get("/admin/pages/", headers={"x-requested-with": "XMLHttpRequest"})
    assert response.status_code == 403
    assert client.get("/admin/", follow=True).request["PATH_INFO"].startswith(VERIFY)


def test_password__leads_to_the_second_factor_and_on_to_where_one_wanted():
    publisher = person("Publisher")
    client = give_password(publisher)

    asked = client.get("/admin/pages/", follow=True)
    response = give_code(client, current_code(publisher), next=asked.context["next"])

    assert asked.redirect_chain[-1][0] == "/admin/second-factor/?next=%2Fadmin%2Fpages%2F"
    assert (response.status_code, response.url) == (302, "/admin/pages/")
    assert is_in(client)


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_second_factor__leads_to_no_other_site(elsewhere):
    publisher = person("Publisher")

    response = give_code(give_password(publisher), current_code(publisher), next=elsewhere)

    assert response.url == "/admin/"


def test_private_page__is_closed_to_a_password_alone(site):
    publisher = person("Publisher")
    page = factories.SectionPageFactory(parent=site.homes["ru"], title="Только для нас")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    client = give_password(publisher, "/ru/_util/login/")

    asked = client.get(page.get_url(), follow=True)
    response = client.post(VERIFY, {"code": current_code(publisher), "next": asked.context["next"]}, follow=True)

    assert asked.request["PATH_INFO"] == VERIFY
    assert "Только для нас" not in asked.text
    assert "Только для нас" in response.text


@pytest.mark.parametrize("path", ["/api/v2/pages/", "/api/v2/images/", "/api/v2/quotes/"])
def test_api__takes_no_password_with_the_request(site, path):
    """Not even to tell whether it is right."""
    publisher = person("Publisher")

    answers = [Client().get(path, headers=basic(publisher, word)) for word in (PASSWORD, "wrong")]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert {answer.text for answer in answers} == {Client().get(path).text}


@pytest.mark.parametrize("path", ["pages/", "images/", "documents/"])
def test_api_of_the_admin__takes_no_password_with_the_request(path):
    response = Client().get(f"/admin/api/main/{path}", headers=basic(person("Publisher"), PASSWORD))

    assert response.url.startswith("/admin/login/")


def basic(user: User, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{user.username}:{password}".encode()).decode()}


def test_draft_and_previews__are_closed_to_a_password_alone(site):
    page = factories.CampaignPageFactory(parent=site.campaign_index, title="Not public yet", live=False)
    page.save_revision()
    client = give_password(person("Publisher"))

    for path in ("view_draft/", "edit/preview/", f"revisions/{page.latest_revision_id}/view/"):
        response = client.get(f"/admin/pages/{page.pk}/{path}", follow=True)
        assert response.request["PATH_INFO"] == VERIFY
        assert "Not public yet" not in response.text


def test_session_of_before__is_asked_once_it_is_needed():
    editor = person("Editor", device=False)
    client = give_password(editor)
    assert is_in(client)

    editor.groups.set([Group.objects.get(name="Publisher")])

    assert not is_in(client)


def test_session_of_before__is_asked_once_the_setting_is_on(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client = give_password(person("Publisher", device=False))
    assert is_in(client)

    settings.SECOND_FACTOR_REQUIRED = True

    assert not is_in(client)


def test_session__ends_to_be_verified_with_its_device():
    publisher = person("Publisher")
    client = sign_in(publisher)
    assert is_in(client)

    TOTPDevice.objects.all().delete()

    assert not is_in(client)


def test_session__is_not_verified_by_the_device_of_somebody_else():
    publisher, other = person("Publisher"), person("Publisher")
    client = sign_in(publisher)
    stolen = give_password(other)
    session = stolen.session
    session["otp_device_id"] = client.session["otp_device_id"]
    session.save()

    assert not is_in(stolen)


def test_password_reset__leaves_the_second_factor(mailoutbox):
    publisher = person("Publisher")
    client = Client()
    client.post("/admin/password_reset/", {"email": publisher.email})
    link = next(word for word in mailoutbox[0].body.split() if "/password_reset/confirm/" in word)
    path = "/" + link.split("/", 3)[3]
    form = client.get(path, follow=True)
    new = {"new_password1": "a-new-one-of-theirs", "new_password2": "a-new-one-of-theirs"}
    client.post(form.request["PATH_INFO"], new)
    assert not is_in(client)

    client.post("/admin/login/", {"username": publisher.username, "password": "a-new-one-of-theirs"})

    assert not is_in(client)
    assert give_code(client, current_code(publisher)).status_code == 302
    assert is_in(client)


def test_signing_out__ends_a_session_that_is_half_signed_in():
    client = give_password(person("Publisher"))

    response = client.post("/admin/second-factor/leave/")

    assert response.url == "/admin/login/"
    assert client.get(VERIFY).url.startswith("/admin/login/")


def test_cookie__is_another_one_after_the_second_factor():
    publisher = person("Publisher")
    client = give_password(publisher)
    before = client.cookies["sessionid"].value

    give_code(client, current_code(publisher))

    assert client.cookies["sessionid"].value != before


def test_screens__speak_the_persons_language():
    publisher = person("Publisher")
    UserProfile.objects.create(user=publisher, preferred_language="fa-af")

    response = give_password(publisher).get(VERIFY)

    assert 'lang="fa-af" dir="rtl"' in response.text


def test_public_pages__do_not_read_the_session_of_a_password_alone(site):
    client = give_password(person("Publisher"))
    client.get("/en/")

    response = client.get("/en/")

    assert "Cookie" not in response.get("Vary", "")
