"""An image whose consent is withdrawn: who may do it, what goes, what stays, and the way back."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from core.consent.withdrawals import undo, withdraw
from core.models import Withdrawal
from home.rights import make_groups
from tests import factories
from tests.scenes import scene
from tests.withdrawing import stored

pytestmark = pytest.mark.django_db

WORD = "zarnigorinabrak"


@scene
def image(site):
    make_groups()
    image = factories.SiteImageFactory(
        people=True, title=f"Girl with {WORD}", alt_texts={"en": f"A girl holds a {WORD}"}, credit=f"{WORD} & sons"
    )
    factories.ContentPageFactory(parent=factories.SectionPageFactory(parent=site.home), lead_image=image)
    image.get_renditions("width-400|format-webp", "width-700|format-webp")
    return image


def url(image) -> str:
    return reverse("consent:withdraw", args=["core", "siteimage", image.pk])


def test_image__loses_its_sizes_and_its_words_at_once(client, image, django_capture_on_commit_callbacks):
    rendition = image.renditions.first()
    assert client.get(rendition.url).status_code == 200
    user = factories.UserFactory(groups=["Editor"])
    client.force_login(user)
    assert WORD in client.get(url(image)).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(url(image), {"reason": "Asked for", "asked_by": "her mother"})

    client.logout()
    assert client.get(rendition.url).status_code == 404
    assert not rendition.file.storage.exists(rendition.file.name)
    assert not image.renditions.exists()
    assert stored(WORD) <= {"core_withheldcontent.rows"}
    record = Withdrawal.objects.get()
    assert (record.withdrawn_by, record.reason, record.asked_by) == (user, "Asked for", "her mother")
    assert record.removed["Sizes of the image"] == 2
    assert any(rendition.url in address for address in record.addresses)


def test_image__no_code_that_holds_an_old_copy_brings_it_back(image):
    old = type(image).objects.get(pk=image.pk)
    withdraw(image, None, "Asked for")

    old.rights = "Free"
    old.save()

    image.refresh_from_db()
    assert image.rights == "Free"
    assert image.consent_withdrawn
    assert stored(WORD) <= {"core_withheldcontent.rows"}


@pytest.mark.parametrize(
    ("group", "status"), [("Editor", 200), ("Publisher", 200), ("Translator ru", 403), (None, 302)]
)
def test_image__withdrawn_by_whoever_may_change_it(client, image, group, status):
    client.force_login(factories.UserFactory(groups=[group] if group else []))

    assert client.get(url(image)).status_code == status
    client.post(url(image), {"reason": "Asked for"})

    assert Withdrawal.objects.exists() is (status == 200)


@pytest.mark.parametrize(("group", "undone"), [("Editor", False), ("Translator ru", False), ("Publisher", True)])
def test_image__mistake_is_undone_by_publishers(client, image, group, undone):
    record = withdraw(image, None, "Asked for")
    client.force_login(factories.UserFactory(groups=[group]))

    assert WORD not in client.get(reverse("consent:record", args=[record.pk])).content.decode()
    undo_url = reverse("consent:undo", args=[record.pk])
    assert (WORD in client.get(undo_url).content.decode()) is undone
    client.post(undo_url, {"reason": "Another image"})

    image.refresh_from_db()
    assert image.consent_holds() is undone
    assert (WORD in image.title) is undone


@pytest.mark.parametrize("data", [{}, {"reason": "  "}, {"reason": "x" * 501}])
def test_image__needs_a_reason(client, image, data):
    client.force_login(factories.UserFactory(groups=["Editor"]))

    assert client.post(url(image), data).context["form"].errors
    assert not Withdrawal.objects.exists()


@pytest.mark.parametrize("address", ["core/siteimage/999", "core/siteimage/x", "core/change/1", "auth/user/1"])
def test_address_of_nothing__is_not_found(client, image, address):
    client.force_login(factories.UserFactory(is_superuser=True))

    assert client.get(f"/admin/withdrawn-consents/withdraw/{address}/").status_code == 404


def test_withdrawn_twice__has_one_record(image):
    first = withdraw(image, None, "Asked for")

    assert withdraw(image, None, "Again") == first
    assert Withdrawal.objects.count() == 1


def test_undone__can_be_withdrawn_again(image):
    first = withdraw(image, None, "Asked for")
    undo(first, None, "Mistake")

    assert withdraw(type(image).objects.get(pk=image.pk), None, "Now indeed") != first


def test_withdrawal__is_done_whole_or_not_at_all(image, monkeypatch):
    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("core.consent.withdrawals.log", killed)
    with pytest.raises(KeyboardInterrupt):
        withdraw(image, None, "Asked for")

    image.refresh_from_db()
    assert image.consent_withdrawn is None
    assert WORD in image.title
    assert image.renditions.count() == 2
    assert not Withdrawal.objects.exists()


def test_command__tells_first_and_then_does(image, capsys):
    call_command("withdraw_consent", "core.siteimage", str(image.pk), "--dry-run")
    assert "Sizes of the image: 2" in capsys.readouterr().out
    assert not Withdrawal.objects.exists()

    call_command("withdraw_consent", "core.siteimage", str(image.pk), "--reason", "Asked for")
    assert Withdrawal.objects.count() == 1
    call_command("withdraw_consent", "core.siteimage", str(image.pk), "--reason", "Asked for")
    assert "already withdrawn" in capsys.readouterr().out


@pytest.mark.parametrize(
    "args", [["core.siteimage", "999"], ["core.siteimage", "x"], ["core.siteimage"], ["core.change", "1"]]
)
def test_command__refuses_what_it_cannot_do(image, args):
    with pytest.raises(CommandError):
        call_command("withdraw_consent", *args, "--reason", "Asked for")


def test_command__records_what_was_noted_before_there_were_records(image):
    type(image).objects.filter(pk=image.pk).update(consent_withdrawn="2024-01-01")

    call_command("withdraw_consent", "core.siteimage", "--noted", "--reason", "Noted in 2024")

    image.refresh_from_db()
    assert str(image.consent_withdrawn) == "2024-01-01"
    assert stored(WORD) <= {"core_withheldcontent.rows"}


def test_list__shows_records_and_no_content(client, image):
    record = withdraw(image, factories.UserFactory(username="marina"), "Asked for by letter")
    client.force_login(factories.UserFactory(groups=["Editor"]))

    for address in (reverse("consent:list"), reverse("consent:record", args=[record.pk])):
        html = client.get(address).content.decode()
        assert "Asked for by letter" in html
        assert "marina" in html
        assert WORD not in html
    client.force_login(factories.UserFactory(groups=["Translator ru"]))
    assert client.get(reverse("consent:list")).status_code == 403


def test_form_of_the_image__leads_there_and_shows_the_state(client, image):
    client.force_login(factories.UserFactory(groups=["Editor"]))
    edit = reverse("wagtailimages:edit", args=[image.pk])
    assert url(image) in client.get(edit).content.decode()

    record = withdraw(image, None, "Asked for")

    assert reverse("consent:record", args=[record.pk]) in client.get(edit).content.decode()
