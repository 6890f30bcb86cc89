"""Units of a review: approved, returned, corrected, commented on."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.rich_text import RichText

from campaigns.models import CampaignPage
from tests import factories
from tests.scenes import scene
from tests.translating import change_source, edit_url, state_of, waiting, words_of
from translation.models import Notice, NoticeKind, Review, ReviewStatus, SegmentComment, Unit, UnitDecision
from translation.review.screen import Screen
from translation.units.difference import difference
from translation.units.segments import target_of

pytestmark = pytest.mark.django_db


@scene
def campaign(site) -> CampaignPage:
    return factories.CampaignPageFactory(
        parent=site.campaign_index, title="World Day", slug="wdatip", short_name="WD 5"
    )


@scene
def review(newsroom, campaign) -> Review:
    [russian] = newsroom.send(campaign, "ru")
    newsroom.word(russian)
    found = newsroom.submit(russian)
    assert found
    return found


@scene
def second(newsroom):
    return factories.UserFactory(groups=["Reviewer"])


def row_of(newsroom, review: Review, source: str, user=None):
    screen = Screen(Review.objects.get(pk=review.pk), user or newsroom.reviewer)
    return next(row for section in screen.sections for row in section.rows if row.source == source)


def act(newsroom, review: Review, action: str, user=None, **fields):
    address = reverse("translation_review:review", args=[review.pk])
    return newsroom.as_(user or newsroom.reviewer).post(address, {"action": action, **fields})


def status(review: Review) -> str:
    return Review.objects.get(pk=review.pk).status


def test_units__approved_one_by_one_are_approved_when_the_reviewer_finishes(newsroom, review):
    for source in ("World Day", "WD 5"):
        act(newsroom, review, f"approve-unit/{row_of(newsroom, review, source).act}")
    before = status(review), UnitDecision.objects.count()

    act(newsroom, review, "approve")

    assert before == (ReviewStatus.WAITING, 2)
    assert status(review) == ReviewStatus.APPROVED


def test_unit__that_is_returned_needs_a_reason_and_returns_the_object(newsroom, review):
    row = row_of(newsroom, review, "World Day")
    act(newsroom, review, f"return-unit/{row.act}")
    nothing = UnitDecision.objects.exists()
    act(newsroom, review, f"return-unit/{row.act}", **{f"reason-{row.id}": "Too short."})
    act(newsroom, review, "approve")

    assert not nothing
    review.refresh_from_db()
    assert review.status == ReviewStatus.REFUSED
    assert "Too short." in review.reason


def test_unit__that_was_returned_says_why_and_is_marked_in_the_next_review(newsroom, review, campaign):
    row = row_of(newsroom, review, "World Day")
    act(newsroom, review, f"return-unit/{row.act}", **{f"reason-{row.id}": "Too short."})
    act(newsroom, review, "approve")
    [russian] = newsroom.send(campaign, "ru")

    desk = newsroom.as_(newsroom.translators["ru"]).get(edit_url(target_of(russian))).text
    again = newsroom.submit(russian)
    act(newsroom, again, "approve")

    assert "Too short." in desk
    assert status(again) == ReviewStatus.WAITING
    assert row_of(newsroom, again, "World Day").comments


def test_approval_as_a_whole__is_refused_where_a_unit_was_returned(newsroom, review):
    row = row_of(newsroom, review, "World Day")
    act(newsroom, review, f"return-unit/{row.act}", **{f"reason-{row.id}": "Too short."})
    state = review.revision.content_object.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[review.revision.object_id, "approve", state.pk])

    newsroom.as_(newsroom.reviewer).post(url)

    assert status(review) == ReviewStatus.WAITING


def test_approval_of_units__holds_for_the_next_submission_where_the_text_is_the_same(newsroom, review, campaign):
    act(newsroom, review, f"approve-unit/{row_of(newsroom, review, 'WD 5').act}")
    act(newsroom, review, "reject", reason="Say “day”.")
    russian = newsroom.send(campaign, "ru")[0]
    newsroom.word_one(russian, "World Day", "День")

    again = newsroom.submit(russian)

    assert again
    assert again != review
    assert [row.source for row in Screen(again, newsroom.reviewer).sections[0].rows if row.is_open] == [
        "World Day"
    ]


def test_all_that_is_unmarked__leaves_what_has_a_finding_or_a_comment(newsroom, review, campaign):
    russian = newsroom.send(campaign, "ru")[0]
    newsroom.as_(newsroom.translators["ru"]).post(reverse("translation_review:take_back", args=[review.pk]))
    newsroom.word_one(russian, "WD 5", "ДМ ДМ 5")
    newsroom.word_one(russian, "World Day", "День мира")
    wrong = newsroom.submit(russian)
    assert wrong
    address = reverse("translation_review:review", args=[wrong.pk])
    text = newsroom.as_(newsroom.reviewer).get(address).text
    row = row_of(newsroom, wrong, "WD 5")

    told = newsroom.as_(newsroom.reviewer).post(address, {"action": "approve"}, follow=True).text
    waits = status(wrong), list(UnitDecision.objects.values_list("path_id", flat=True))
    act(newsroom, wrong, f"approve-unit/{row.act}")
    act(newsroom, wrong, "approve")

    assert row.findings
    assert "Approve all that is unmarked" in text
    assert "One marked string was left" in told
    assert waits == (ReviewStatus.WAITING, [row_of(newsroom, wrong, "World Day").path_id])
    assert status(wrong) == ReviewStatus.APPROVED


def test_unit__that_was_commented_on_after_the_screen_was_opened_is_left(newsroom, review):
    """The screen had no mark when it was opened."""
    row = row_of(newsroom, review, "World Day")
    act(newsroom, review, f"comment/{row.act}", **{f"comment-{row.id}": "Which day?"})

    act(newsroom, review, "approve")

    assert status(review) == ReviewStatus.WAITING
    assert row_of(newsroom, review, "World Day").is_open
    assert not row_of(newsroom, review, "WD 5").is_open


def test_comments__are_threads_that_the_editor_shows(newsroom, review, campaign):
    row = row_of(newsroom, review, "World Day")
    act(newsroom, review, f"comment/{row.act}", **{f"comment-{row.id}": "Which day?"})
    first = SegmentComment.objects.get()
    russian = newsroom.send(campaign, "ru")[0]
    translator = newsroom.as_(newsroom.translators["ru"])
    editor = translator.get(edit_url(target_of(russian))).content.decode()
    url = reverse("translation_review:comment_in_editor", args=[russian.pk])
    translator.post(url, {"parent": first.pk, "text": "30 July."})
    translator.post(url, {"path_id": row.path_id, "string_hash": row.string_hash, "text": "Of the world."})
    marked = row_of(newsroom, review, "World Day")
    act(newsroom, review, f"resolve/{first.pk}")

    assert "Which day?" in editor
    assert [answer.text for answer in first.answers.all()] == ["30 July."]
    assert [comment.text for comment in marked.comments] == ["Which day?", "Of the world."]
    assert marked.is_marked
    assert SegmentComment.objects.get(pk=first.pk).resolved_by == newsroom.reviewer


def test_comment_on_the_desk__leads_back_to_the_unit(newsroom, review, campaign):
    row = row_of(newsroom, review, "World Day")
    russian = newsroom.send(campaign, "ru")[0]
    translator = newsroom.as_(newsroom.translators["ru"])
    desk = reverse("translation_desk:desk", args=[campaign.translation_key, "ru"])
    unit = f"#s{russian.pk}-{russian.source.stringsegment_set.get(string__data='World Day').pk}"
    url = reverse("translation_review:comment_in_editor", args=[russian.pk])
    sent = {"path_id": row.path_id, "string_hash": row.string_hash, "text": "Which day?", "next": f"{desk}{unit}"}

    first = translator.post(url, sent)
    page = translator.get(desk).content.decode()
    comment = SegmentComment.objects.get()
    resolved = translator.post(reverse("translation_review:resolve", args=[comment.pk]), {"next": f"{desk}{unit}"})
    abroad = translator.post(url, {**sent, "next": "https://evil.example/"})

    assert first["Location"] == resolved["Location"] == f"{desk}{unit}"
    # In the form of the answer and in that of the button.
    assert page.count(f'name="next" value="{desk}{unit}"') == 2
    assert "evil" not in abroad["Location"]


def test_comment__sent_twice_is_stored_once(newsroom, review):
    row = row_of(newsroom, review, "World Day")
    for _time in range(2):
        act(newsroom, review, f"comment/{row.act}", **{f"comment-{row.id}": "Which day?"})

    assert SegmentComment.objects.count() == 1


def test_typed_reason__is_not_lost_when_something_else_is_saved(newsroom, review):
    row, other = row_of(newsroom, review, "World Day"), row_of(newsroom, review, "WD 5")
    typed = {
        "reason": "Long and careful.",
        f"reason-{other.id}": "Too short.",
        f"comment-{row.id}": "Which day?",
    }

    page = act(newsroom, review, f"comment/{row.act}", **typed).content.decode()

    assert ">Long and careful.</textarea>" in page
    assert ">Too short.</textarea>" in page
    assert ">Which day?</textarea>" not in page
    assert SegmentComment.objects.get().text == "Which day?"


def test_source_of_a_text__is_shown(newsroom, review, campaign, site):
    newsroom.decide(review)
    other = factories.EditionPageFactory(parent=campaign, year=2024, global_theme="World Day")
    [russian] = newsroom.send(other, "ru")
    newsroom.word(russian)
    next_review = newsroom.submit(russian)

    assert row_of(newsroom, next_review, "World Day").origin == "translation memory"
    assert row_of(newsroom, review, "World Day").origin == "typed"


def test_correction__needs_the_eyes_of_another_reviewer(newsroom, review, campaign, second):
    row = row_of(newsroom, review, "World Day")
    act(newsroom, review, f"correct/{row.act}", **{f"text-{row.id}": "Всемирный день"})
    russian = newsroom.send(campaign, "ru")[0]
    corrected = waiting(russian)
    assert corrected
    act(newsroom, corrected, "approve")
    first = status(corrected), words_of(russian, "World Day")
    act(newsroom, corrected, f"approve-unit/{row_of(newsroom, corrected, 'World Day').act}")
    own = UnitDecision.objects.filter(review=corrected, path_id=row.path_id).exists()

    act(newsroom, corrected, "approve", user=second)

    assert first == (ReviewStatus.WAITING, "Всемирный день")
    assert status(review) == ReviewStatus.WITHDRAWN
    assert not own
    assert status(corrected) == ReviewStatus.APPROVED
    approvers = dict(Unit.objects.approved().values_list("source", "approved_by"))
    assert approvers == {"World Day": second.pk, "WD 5": newsroom.reviewer.pk}


def test_correction__of_a_text_that_has_changed_meanwhile_is_refused(newsroom, review, campaign):
    row = row_of(newsroom, review, "World Day")
    russian = newsroom.send(campaign, "ru")[0]
    newsroom.word_one(russian, "World Day", "Позже")

    act(newsroom, review, f"correct/{row.act}", **{f"text-{row.id}": "Всемирный день"})

    assert words_of(russian, "World Day") == "Позже"
    assert status(review) == ReviewStatus.WAITING


def test_correction__with_an_open_tag_is_refused(newsroom, review, campaign):
    row = row_of(newsroom, review, "World Day")
    act(newsroom, review, f"correct/{row.act}", **{f"text-{row.id}": "<b>День"})

    assert words_of(newsroom.send(campaign, "ru")[0], "World Day") == "World Day [ru]"


def test_correction__is_judged_by_the_texts_that_it_changes(newsroom, campaign):
    [russian] = newsroom.send(campaign, "ru")
    newsroom.word(russian)
    newsroom.word_one(russian, "WD 5", "ВД 5")
    submitted = newsroom.submit(russian)
    change_source(campaign, short_name="WD 9")
    row = row_of(newsroom, submitted, "World Day")

    act(newsroom, submitted, f"correct/{row.act}", **{f"text-{row.id}": "Всемирный день"})

    assert words_of(russian, "World Day") == "Всемирный день"
    assert (status(submitted), status(waiting(russian))) == (ReviewStatus.WITHDRAWN, ReviewStatus.WAITING)


@pytest.mark.parametrize("text", ["ВД 7", "<b>ВД 5"])
def test_correction__that_is_refused_stands_at_its_unit_with_the_reason(newsroom, review, text):
    row = row_of(newsroom, review, "WD 5")
    answer = act(newsroom, review, f"correct/{row.act}", **{f"text-{row.id}": text})

    unit = BeautifulSoup(answer.content, "html.parser").find(id=f"s-{row.id}")
    said, field = unit.select_one(".help-critical"), unit.find("textarea", attrs={"name": f"text-{row.id}"})
    assert "“WD 5”: " in said.text
    assert field.text.strip() == text
    assert field.find_parent("details").has_attr("open")


@pytest.mark.parametrize("action", ["approve-unit", "return-unit", "correct"])
def test_unit__is_not_decided_by_translators(newsroom, review, action):
    row = row_of(newsroom, review, "World Day")
    answer = act(
        newsroom,
        review,
        f"{action}/{row.act}",
        user=newsroom.translators["ru"],
        **{f"reason-{row.id}": "No.", f"text-{row.id}": "Нет"},
    )

    assert answer.status_code in (302, 403)
    assert not UnitDecision.objects.exists()
    assert status(review) == ReviewStatus.WAITING


MARKED = 'See <b>all 5</b> of <a id="a1">the &lt;rules&gt;</a>.'
TURNED = '<a id="a1">[ru]</a> <b>5</b> <i>&lt;R&gt;</i>'


@pytest.fixture
def marked(newsroom, site):
    intro = '<p>See <b>all 5</b> of <a href="https://one.example/">the &lt;rules&gt;</a>.</p>'
    campaign = factories.CampaignPageFactory(
        parent=site.campaign_index, title="World Day", slug="wdatip", short_name="", introduction=intro
    )
    [russian] = newsroom.send(campaign, "ru")
    return russian


def test_unit__shows_tags_as_marks_with_their_numbers_in_the_source(newsroom, marked):
    newsroom.word(marked, lambda text: '<a id="a1">Все 5</a> &lt;правил&gt;<b>!</b>' if text == MARKED else text)
    review = newsroom.submit(marked)

    answer = newsroom.as_(newsroom.reviewer).get(reverse("translation_review:review", args=[review.pk]))
    cells = [cell for cell in BeautifulSoup(answer.content, "html.parser").select("td[lang]") if "5" in cell.text]

    assert [cell.text for cell in cells] == ["See 1all 5/1 of 2the <rules>/2.", "2Все 5/2 <правил>1!/1"]
    assert [mark["title"] for mark in cells[0].select(".desk-tag")] == ["<b>", "</b>", '<a id="a1">', "</a>"]


def test_difference__is_by_words_and_marks():
    shown = BeautifulSoup(difference("One <b>5</b>", TURNED, MARKED), "html.parser")

    assert shown.text == "One2[ru]/2 15/1 i<R>/i"
    assert [each.text for each in shown.select("del")] == ["One"]
    assert [each.text for each in shown.select("ins")] == ["2[ru]/2", " i<R>/i"]


def test_submission__is_refused_with_the_words_of_a_string(newsroom, marked):
    newsroom.word_one(marked, "World Day", "Всемирный день")
    client = newsroom.as_(newsroom.translators["ru"])
    url = reverse("translation_review:submit", args=[marked.pk])

    answer = BeautifulSoup(client.post(url, follow=True).content, "html.parser")

    assert "“See all 5 of the <rules>.”" in answer.select_one(".messages").text


def test_source_changed_in_review__marks_the_unit_and_is_approved_as_what_it_is(
    newsroom, campaign, django_capture_on_commit_callbacks
):
    [russian] = newsroom.send(campaign, "ru")
    newsroom.word(russian)
    newsroom.word_one(russian, "WD 5", "ВД 5")
    submitted = newsroom.submit(russian)
    change_source(campaign, short_name="WD 9")
    row = row_of(newsroom, submitted, "WD 5")

    page = newsroom.as_(newsroom.reviewer).get(reverse("translation_review:review", args=[submitted.pk]))
    shown = BeautifulSoup(page.content, "html.parser").find(id=f"s-{row.id}")
    act(newsroom, submitted, "approve")
    waits = status(submitted), row_of(newsroom, submitted, "WD 5").is_open
    with django_capture_on_commit_callbacks(execute=True):
        act(newsroom, submitted, f"approve-unit/{row.act}")
        act(newsroom, submitted, "approve")

    assert "The source has changed since the submission" in shown.text
    assert (shown.find("del").text, shown.find("ins").text) == ("5", "9")
    assert "It is out of date at once." in shown.text
    assert any(each.finding.code == "figures" for each in row.findings)
    assert shown.find("button", value=f"correct/{row.act}") is None
    assert waits == (ReviewStatus.WAITING, True)
    assert status(submitted) == ReviewStatus.APPROVED
    assert [(unit.old_source, unit.was_approved) for unit in Unit.objects.stale()] == [("WD 5", True)]
    assert not Notice.objects.filter(kind=NoticeKind.READY).exists()


def test_strings_added_in_review__are_counted_before_and_after_its_approval(newsroom, review, campaign):
    text = RichText("<p>Felt wool is sold here.</p><p>Come early.</p>")
    change_source(campaign, title="World Day now", body=[("rich_text", text)])
    row = row_of(newsroom, review, "World Day")
    address = reverse("translation_review:review", args=[review.pk])
    reviewer = newsroom.as_(newsroom.reviewer)

    before = reviewer.get(address).text
    reviewer.post(address, {"action": f"approve-unit/{row.act}"})
    after = reviewer.post(address, {"action": "approve"}, follow=True).text

    assert "2 strings were added to the source since the submission. They are not in this review." in before
    assert status(review) == ReviewStatus.APPROVED
    assert "not complete: 2 strings were added to the source since the submission." in after
    assert state_of(newsroom.send(campaign, "ru")[0]).strings_left == 3


def test_text_changed_in_review__does_not_keep_publishers_from_being_told(
    newsroom, review, campaign, django_capture_on_commit_callbacks
):
    newsroom.word_one(newsroom.send(campaign, "ru")[0], "WD 5", "Позже 5")

    with django_capture_on_commit_callbacks(execute=True):
        act(newsroom, review, "approve")

    assert status(review) == ReviewStatus.APPROVED
    assert Notice.objects.filter(kind=NoticeKind.READY).exists()
