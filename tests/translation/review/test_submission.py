"""One submission and one review of a page with what belongs to it."""

import re
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import Translation

from campaigns.models import CampaignPage, Quote
from core.models import SiteImage
from tests import factories
from tests.scenes import scene
from tests.translating import change_source, edit_url, waiting
from translation.alt_texts.drafts import approve, propose, refuse
from translation.models import AltTextDraft, Notice, NoticeKind, Review, ReviewStatus
from translation.notices.events import Submitted
from translation.review.submit import submit
from translation.review.workflow import decide
from translation.units.segments import target_of

pytestmark = pytest.mark.django_db


@scene
def images(site) -> list[SiteImage]:
    return [factories.SiteImageFactory(title=f"Image {number}", alt_texts={"en": "A road"}) for number in range(3)]


@scene
def quotes(site) -> list[Quote]:
    speakers = [factories.PersonFactory(name=f"Zarina {number}", role="teacher") for number in range(2)]
    return [
        factories.QuoteFactory(text=f"We ask {number}", role="", speaker=speaker)
        for number, speaker in enumerate(speakers)
    ]


@scene
def campaign(site, images, quotes) -> CampaignPage:
    voices = ("voices", {"heading": "", "limit": 3, "only_picked": True, "picks": quotes})
    shown = [("image", {"image": image, "caption": ""}) for image in images[1:]]
    return factories.CampaignPageFactory(
        parent=site.campaign_index, title="World Day", slug="wdatip", lead_image=images[0], body=[voices, *shown]
    )


@scene
def translated(newsroom, campaign, quotes, images) -> list[Translation]:
    """The page, two quotes and two speakers with all texts, and drafts of three alternative texts."""
    sources = [campaign, *quotes, *(quote.speaker for quote in quotes)]
    found = [translation for each in sources for translation in newsroom.send(each, "ru")]
    for each in found:
        newsroom.word(each)
    for image in images:
        russian = newsroom.site.locales["ru"]
        propose(image, russian, "Дорога", newsroom.translators["ru"], submits=False)
    return found


def reviews_of(translations: list[Translation]) -> list[Review | None]:
    return [waiting(each) for each in translations]


def test_submission__takes_along_what_belongs_to_the_page(newsroom, translated):
    newsroom.submit(translated[0])

    reviews = reviews_of(translated)
    assert all(reviews)
    assert len({review.submission for review in reviews if review}) == 1
    drafts = AltTextDraft.objects.all()
    assert {draft.submission for draft in drafts} == {reviews[0] and reviews[0].submission}
    assert {draft.status for draft in drafts} == {ReviewStatus.WAITING}


def test_submission__tells_the_findings_of_all_that_it_takes_along(newsroom, translated):
    newsroom.word_one(translated[1], "We ask 0", "Мы спрашиваем спрашиваем 0.")
    client = newsroom.as_(newsroom.translators["ru"])

    told = client.post(reverse("translation_review:submit", args=[translated[0].pk]), follow=True).content.decode()

    assert "A word is repeated." in told
    assert waiting(translated[1])


def test_strings_that_are_missing__are_counted_as_on_the_desk(newsroom, campaign, quotes):
    [russian, *_others] = [newsroom.send(each, "ru")[0] for each in (campaign, *quotes)]
    client = newsroom.as_(newsroom.translators["ru"])
    desk = client.get(reverse("translation_desk:desk", args=[campaign.translation_key, "ru"])).content.decode()

    answer = client.post(reverse("translation_review:submit", args=[russian.pk]), follow=True)

    [told] = map(str, answer.context["messages"])
    assert "are not translated" in told
    assert re.search(r"\d+", told)[0] == re.search(r"data-count>(\d+)<", desk)[1]


@pytest.mark.parametrize(
    "words", ["We ask 70", "Felt wool costs 5 somoni at each of the stalls of the market, and " * 2]
)
def test_quote_that_is_refused__is_named_once(newsroom, translated, quotes, words):
    change_source(quotes[0], text=words)
    newsroom.word_one(translated[1], words, "Мы спрашиваем 9")
    client = newsroom.as_(newsroom.translators["ru"])

    answer = client.post(reverse("translation_review:submit", args=[translated[0].pk]), follow=True)

    [told] = [str(each) for each in answer.context["messages"] if "Not submitted" in str(each)]
    assert told.count(words[:40]) == 1
    assert waiting(translated[1]) is None


def test_review__takes_two_loads_and_three_clicks(newsroom, translated, django_capture_on_commit_callbacks):
    """From the list: open it, tick the list of who becomes public, approve."""
    newsroom.submit(translated[0])
    reviewer = newsroom.as_(newsroom.reviewer)
    index = reviewer.get(reverse("translation_review:index")).content.decode()
    links = set(re.findall(r'href="(/admin/translation/review/\d+/)"', index))
    [address] = links

    screen = reviewer.get(address)  # click 1, load 1
    text = screen.content.decode()
    [digest] = boxes(text)  # click 2
    buttons = re.findall(r'name="action" value="(\w+)" class="button"', text)
    answer = reviewer.post(address, {"action": buttons[0], "confirm-public": digest})  # click 3, load 2

    assert answer.url == reverse("translation_review:index")
    assert {review.status for review in Review.objects.all()} == {ReviewStatus.APPROVED}
    assert not AltTextDraft.objects.exists()
    assert {image.alt_texts.get("ru") for image in SiteImage.objects.all()} != {None}
    assert [target_of(each).live for each in translated[1:]] == [True] * 4


def boxes(screen: str) -> list[str]:
    """Return the values of the checkboxes that confirm who becomes public, which the form of the review sends."""
    return re.findall(r'name="confirm-public" value="(\w+)" form="review"', screen)


def test_review__of_one_quote_is_confirmed_on_its_screen(newsroom, site):
    [quote] = newsroom.send(factories.QuoteFactory(text="I asked first.", role="worker", speaker=None), "ru")
    newsroom.word(quote, {"I asked first.": "Я спросила первой.", "worker": "работница"}.get)
    reviewer = newsroom.as_(newsroom.reviewer)
    address = reverse("translation_review:review", args=[newsroom.submit(quote).pk])

    [digest] = boxes(reviewer.get(address).content.decode())
    reviewer.post(address, {"action": "approve", "confirm-public": digest})

    assert target_of(quote).live


def test_submission__leaves_out_what_is_not_translated_and_says_so(newsroom, campaign, quotes):
    [page] = newsroom.send(campaign, "ru")
    [quote] = newsroom.send(quotes[0], "ru")
    newsroom.word(page)
    client = newsroom.as_(newsroom.translators["ru"])

    answer = client.post(reverse("translation_review:submit", args=[page.pk]), follow=True)

    assert waiting(page)
    assert waiting(quote) is None
    said = " ".join(str(message) for message in answer.context["messages"])
    assert "We ask 0" in said


def test_submission__of_a_page_in_review_takes_the_rest(newsroom, campaign, quotes):
    [page] = newsroom.send(campaign, "ru")
    newsroom.word(page)
    first = newsroom.submit(page)
    [quote] = newsroom.send(quotes[0], "ru")
    newsroom.word(quote)

    assert newsroom.submit(page) == first
    later = waiting(quote)

    assert later
    assert first
    assert later.submission != first.submission


def test_unit_in_another_review__is_read_only_with_a_link(newsroom, campaign, quotes):
    [quote] = newsroom.send(quotes[0], "ru")
    newsroom.word(quote)
    alone = newsroom.submit(quote)
    [page] = newsroom.send(campaign, "ru")
    newsroom.word(page)
    review = newsroom.submit(page)
    assert alone
    assert review

    screen = newsroom.as_(newsroom.reviewer).get(reverse("translation_review:review", args=[review.pk]))
    text = screen.content.decode()

    assert [section.review for section in screen.context["screen"].elsewhere] == [alone]
    assert reverse("translation_review:review", args=[alone.pk]) in text
    assert f"approve-unit/{review.pk}/" in text
    assert f"approve-unit/{alone.pk}/" not in text
    assert Review.objects.filter(object_key=quotes[0].translation_key, status=ReviewStatus.WAITING).count() == 1


def test_taken_back__is_all_of_the_submission(newsroom, translated):
    review = newsroom.submit(translated[0])
    client = newsroom.as_(newsroom.translators["ru"])

    client.post(reverse("translation_review:take_back", args=[review.pk]))

    assert not any(reviews_of(translated))
    assert {draft.status for draft in AltTextDraft.objects.all()} == {ReviewStatus.WITHDRAWN}
    assert newsroom.submit(translated[0])
    assert all(reviews_of(translated))


def test_open_review_from_before__is_shown_and_decided(newsroom, campaign):
    """It says neither who wrote its texts nor what it was submitted with."""
    [page] = newsroom.send(campaign, "ru")
    newsroom.word(page)
    review = newsroom.submit(page)
    kept = ("path", "path_id", "hash", "source", "text", "stale", "by")
    review.wordings = [{name: each[name] for name in kept} for each in review.wordings]
    review.submission = None
    review.save()

    screen = newsroom.as_(newsroom.reviewer).get(reverse("translation_review:review", args=[review.pk]))
    newsroom.decide(review)

    assert "World Day [ru]" in screen.content.decode()
    review.refresh_from_db()
    assert review.status == ReviewStatus.APPROVED


def mails_to(person) -> list[str]:
    return [str(message.subject) for message in mail.outbox if message.to == [person.email]]


def test_mails__are_one_for_each_person_and_event(newsroom, translated, django_capture_on_commit_callbacks):
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        review = newsroom.submit(translated[0])
    submitted = list(mail.outbox)
    mail.outbox.clear()
    screen: Client = newsroom.as_(newsroom.reviewer)
    address = reverse("translation_review:review", args=[review.pk])
    [digest] = boxes(screen.get(address).content.decode())
    with django_capture_on_commit_callbacks(execute=True):
        screen.post(address, {"action": "approve", "confirm-public": digest})

    assert [message.to for message in submitted] == [[newsroom.reviewer.email]]
    assert len(mails_to(newsroom.translators["ru"])) == 1
    assert len(mails_to(newsroom.publisher)) == 1
    assert len(mail.outbox) == 2
    notices = Notice.objects.filter(kind=NoticeKind.APPROVED)
    assert [notice.person for notice in notices] == [newsroom.translators["ru"]]
    assert "8 approved" in notices[0].detail
    ready = Notice.objects.get(kind=NoticeKind.READY)
    opened = newsroom.as_(newsroom.publisher).get(reverse("translation_notices:open", args=[ready.pk]))
    assert opened.url in (
        edit_url(target_of(translated[0])),
        reverse("translation_launch:launch", args=[target_of(translated[0]).pk, "ru"]),
    )


def test_mails__of_an_alternative_text_alone(newsroom, campaign, images, django_capture_on_commit_callbacks):
    """It is submitted on its own screen."""
    url = reverse("translation_alt_texts:edit", args=["ru", images[0].pk])
    with django_capture_on_commit_callbacks(execute=True):
        newsroom.as_(newsroom.translators["ru"]).post(url, {"text": "Дорога"})
    mail.outbox.clear()
    draft = AltTextDraft.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        newsroom.as_(newsroom.reviewer).post(url, {"action": "reject", "draft": draft.pk, "reason": "Say more."})

    assert len(mail.outbox) == 1
    assert "Say more." in Notice.objects.get(kind=NoticeKind.REFUSED).detail


@pytest.fixture
def both(newsroom, quotes, images) -> list[Review]:
    """A quote and a takeaway of one submission, with two alternative texts."""
    things = [quotes[0], factories.TakeawayFactory(statement="Keep it.")]
    translations = [translation for each in things for translation in newsroom.send(each, "ru")]
    for each in translations:
        newsroom.word(each)
    together = uuid4()
    for image in images[:2]:
        propose(image, translations[0].target_locale, "Дорога", newsroom.translators["ru"], submits=False)
    drafts = AltTextDraft.objects.order_by("pk")
    drafts.update(submission=together, status=ReviewStatus.WAITING)
    return [submit(each, newsroom.translators["ru"], together) for each in translations]


@pytest.mark.parametrize(
    ("deed", "told"),
    [
        (["approve"], "4 approved, 0 with requested changes."),
        (["reject", "“We ask”: too short."], "0 approved, 2 with requested changes."),
    ],
)
def test_mail__about_a_snippet_says_how_much_was_decided_and_quotes_nothing(
    newsroom, both, deed, told, django_capture_on_commit_callbacks
):
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        newsroom.decide(both[0], *deed)

    [sent] = [each for each in mail.outbox if each.to == [newsroom.translators["ru"].email]]
    assert told in sent.body
    assert "We ask" not in sent.body
    notice = Notice.objects.get(person=newsroom.translators["ru"])
    assert notice.detail == "\n".join([told, *deed[1:]])


def waits_in_the_dashboard(newsroom, committed, deed=None) -> str:
    with committed(execute=True):
        if deed:
            deed()
    text = newsroom.as_(newsroom.reviewer).get(reverse("wagtailadmin_home")).text
    return "needs your review" if "needs your review" in text else ""


def test_notice_of_a_review__goes_when_nothing_of_the_submission_waits(
    newsroom, both, django_capture_on_commit_callbacks
):
    committed = django_capture_on_commit_callbacks
    client = newsroom.as_(newsroom.reviewer)
    first, second = AltTextDraft.objects.order_by("pk")

    shown = [
        waits_in_the_dashboard(newsroom, committed, Submitted(both[0].submission)),
        waits_in_the_dashboard(newsroom, committed, lambda: decide(both[0], newsroom.reviewer, "approve")),
        waits_in_the_dashboard(newsroom, committed, lambda: decide(both[1], newsroom.reviewer, "reject", "No.")),
    ]
    notice = Notice.objects.get(person=newsroom.reviewer)
    opened = client.get(reverse("translation_notices:open", args=[notice.pk]))
    Notice.objects.update(seen_at=None)
    shown += [
        waits_in_the_dashboard(newsroom, committed, lambda: approve(first.pk, first.image_id, newsroom.reviewer))
    ]
    shown += [
        waits_in_the_dashboard(newsroom, committed, lambda: approve(second.pk, second.image_id, newsroom.reviewer))
    ]

    assert [bool(each) for each in shown] == [True, True, True, True, False]
    assert opened["Location"] == reverse("translation_alt_texts:edit", args=["ru", first.image_id])


def test_notice_of_alternative_texts__leads_to_one_that_waits(
    newsroom, images, django_capture_on_commit_callbacks
):
    committed, russian, together = django_capture_on_commit_callbacks, newsroom.site.locales["ru"], uuid4()
    for image in images[:2]:
        propose(image, russian, "Дорога", newsroom.translators["ru"], submits=False)
    AltTextDraft.objects.update(submission=together, status=ReviewStatus.WAITING)
    first, second = AltTextDraft.objects.order_by("pk")

    told = waits_in_the_dashboard(newsroom, committed, Submitted(together))
    left = waits_in_the_dashboard(
        newsroom, committed, lambda: approve(first.pk, first.image_id, newsroom.reviewer)
    )
    leads_to = Notice.objects.get(kind=NoticeKind.SUBMITTED).image
    gone = waits_in_the_dashboard(
        newsroom, committed, lambda: refuse(second.pk, second.image_id, newsroom.reviewer, "No.")
    )

    assert (told, left, gone) == ("needs your review", "needs your review", "")
    assert leads_to == images[1]


@pytest.mark.parametrize("end", ["withdraw", "delete", "cancel"])
def test_notice_of_a_review__goes_when_the_review_ends_undecided(
    newsroom, campaign, end, django_capture_on_commit_callbacks
):
    committed = django_capture_on_commit_callbacks
    [russian] = newsroom.send(campaign, "ru")
    newsroom.word(russian)
    told = waits_in_the_dashboard(newsroom, committed, lambda: newsroom.submit(russian))
    page = target_of(russian)
    deeds = {
        "withdraw": lambda: newsroom.as_(newsroom.translators["ru"]).post(
            reverse("translation_review:take_back", args=[Review.objects.get().pk])
        ),
        "delete": page.delete,
        "cancel": lambda: page.current_workflow_state.cancel(user=newsroom.publisher),
    }

    assert told
    assert not waits_in_the_dashboard(newsroom, committed, deeds[end])
