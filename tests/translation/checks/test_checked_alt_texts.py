"""Checks of alternative texts: at the desk, at submission and in review."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail_localize.models import Translation

from core.media.alt_texts import outdated
from core.models import SiteImage
from tests import factories
from tests.scenes import scene
from tests.translating import waiting
from tests.translation.desk.desks import Desk, desk_of
from tests.typed import Response
from translation.models import AltTextDraft, ReviewStatus, Waiver

pytestmark = pytest.mark.django_db

WRONG = "В комнате 5 рядов стульев."


@scene
def image() -> SiteImage:
    return factories.SiteImageFactory(title="Hall", alt_texts={"en": "3 rows of chairs in a room."})


@scene
def russian(newsroom, site, image) -> Translation:
    page = factories.CampaignPageFactory(parent=site.campaign_index, lead_image=image)
    [translation] = newsroom.send(page, "ru")
    newsroom.word(translation)
    return translation


@pytest.fixture
def desk(newsroom, russian) -> Desk:
    return desk_of(newsroom, russian)


def save(desk: Desk, image: SiteImage, text: str) -> Response:
    AltTextDraft.objects.filter(image=image).delete()
    url = reverse("translation_desk:save_alt_text", args=["ru", image.pk])
    return desk.client.post(url, {"text": text})


def submit(desk: Desk) -> str:
    url = reverse("translation_review:submit", args=[desk.translation.pk])
    answer = desk.client.post(url, follow=True)
    return " ".join(str(message) for message in answer.context["messages"])


def waive(desk: Desk, image: SiteImage) -> None:
    unit = desk.get().select_one(f"#i{image.pk}")
    assert unit
    path_id, string_hash = str(unit["data-place"]).split()
    sent = {"path_id": path_id, "string_hash": string_hash, "code": "figures", "reason": "There are five"}
    desk.client.post(reverse("translation_checks:waive", args=[desk.translation.pk]), sent)


@pytest.mark.parametrize(
    ("text", "said", "is_blocking"),
    [
        ("3 rows of chairs in a room.", "same as the source", False),
        ("Три ряда ряда стульев в комнате.", "repeated", False),
        ("Три ряда стульeв в комнате.", "two scripts", True),
        (WRONG, "Numbers", True),
        ("<b>: три ряда, http://x.y.", "Invalid tags", True),
        ("<b>Три ряда</b> стульев.", "tags differ", False),
        ("Три ряда < стульев & в комнате", "final punctuation", False),
    ],
)
def test_desk__shows_what_is_wrong_when_it_is_typed_and_saved(desk, image, text, said, is_blocking):
    url = reverse("translation_desk:findings", args=[desk.translation.pk])
    typed = desk.client.post(url, {"units": json.dumps([[f"i{image.pk}", text]])}).json()["findings"]
    saved = save(desk, image, text).json()["findings"]

    assert typed[f"i{image.pk}"] == saved
    assert any(said in each["text"] for each in saved)
    assert any(each["blocking"] for each in saved) == is_blocking
    filtered = desk.get(show="finding").find(id=f"i{image.pk}")
    assert filtered
    assert said in filtered.text


def test_desk__finds_nothing_wrong_in_a_good_text(desk, image):
    assert save(desk, image, "Три ряда стульев в комнате.").json()["findings"] == []
    assert desk.get(show="finding").find(id=f"i{image.pk}") is None


def test_submission__leaves_out_a_text_with_a_blocking_finding_until_it_is_waived(desk, image, russian):
    save(desk, image, WRONG)

    assert "Hall" in submit(desk)
    draft = AltTextDraft.objects.get()
    assert (draft.status, draft.submission) == (ReviewStatus.WITHDRAWN, None)
    assert waiting(russian)
    assert "Numbers" in submit(desk)
    waive(desk, image)
    assert Waiver.objects.get().reason == "There are five"
    submit(desk)
    draft.refresh_from_db()
    assert draft.waits


def test_submission__names_other_findings_and_review_shows_and_marks_them(newsroom, desk, image, russian):
    save(desk, image, "Три ряда ряда стульев в комнате.")

    assert "A word is repeated." in submit(desk)
    review = waiting(russian)
    assert review
    address = reverse("translation_review:review", args=[review.pk])
    reviewer = newsroom.as_(newsroom.reviewer)
    screen = BeautifulSoup(reviewer.get(address).content, "html.parser")
    assert "A word is repeated." in screen.select_one(f"#p-{AltTextDraft.objects.get().pk}").text
    assert "Approve all that is unmarked" in screen.text

    reviewer.post(address, {"action": "approve"})
    assert AltTextDraft.objects.get().waits
    reviewer.post(address, {"action": f"approve-picture/{AltTextDraft.objects.get().pk}"})
    image.refresh_from_db()
    assert image.alt_texts["ru"] == "Три ряда ряда стульев в комнате."


def test_source_changed_in_review__marks_the_text_and_is_approved_as_what_it_is(newsroom, desk, image, russian):
    save(desk, image, "Три ряда стульев в комнате.")
    submit(desk)
    image.alt_texts = {"en": "3 rows of trees in a room."}
    image.save()
    draft = AltTextDraft.objects.get()
    address = reverse("translation_review:review", args=[waiting(russian).pk])
    reviewer = newsroom.as_(newsroom.reviewer)

    shown = BeautifulSoup(reviewer.get(address).content, "html.parser").select_one(f"#p-{draft.pk}")
    reviewer.post(address, {"action": "approve"})
    waits = AltTextDraft.objects.get().waits
    reviewer.post(address, {"action": f"approve-picture/{draft.pk}"})
    image.refresh_from_db()

    assert "The source has changed since the submission" in shown.text
    assert (shown.find("del").text, shown.find("ins").text) == ("chairs", "trees")
    assert "It is out of date at once." in shown.text
    assert waits
    assert image.alt_texts["ru"] == "Три ряда стульев в комнате."
    assert outdated(image.alt_texts, image.alt_sources) == {"ru"}


def test_text_alone__is_neither_submitted_nor_approved_with_a_blocking_finding(newsroom, desk, image, russian):
    address = reverse("translation_alt_texts:edit", args=["ru", image.pk])

    assert "Numbers" in desk.client.post(address, {"text": WRONG}).content.decode()
    save(desk, image, WRONG)
    AltTextDraft.objects.update(status=ReviewStatus.WAITING)
    draft = AltTextDraft.objects.get()
    reviewer = newsroom.as_(newsroom.reviewer)
    assert "Numbers" in reviewer.get(address).content.decode()
    reviewer.post(address, {"action": "approve", "draft": draft.pk})
    assert AltTextDraft.objects.filter(pk=draft.pk).exists()
