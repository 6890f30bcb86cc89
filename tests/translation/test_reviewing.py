"""From the translator through the reviewer to the reader."""

import pytest
from django.urls import reverse
from wagtail.models import Page, TaskState

from campaigns.models import CampaignPage
from tests import factories
from tests.forms import section_form
from tests.scenes import scene
from tests.translating import change_source, edit_url, state_of, waiting, words_of
from translation.models import Review, ReviewStatus, SegmentComment, Unit
from translation.units.segments import target_of
from translation.units.states import Status

pytestmark = pytest.mark.django_db


@scene
def campaign(site) -> CampaignPage:
    return factories.CampaignPageFactory(
        parent=site.campaign_index, title="World Day", slug="wdatip", short_name="WD"
    )


@scene
def russian(newsroom, campaign):
    [translation] = newsroom.send(campaign, "ru")
    return translation


def test_submission__is_refused_while_a_string_is_missing(newsroom, russian):
    newsroom.word_one(russian, "World Day", "День")

    assert newsroom.submit(russian) is None
    assert state_of(russian).status == Status.IN_TRANSLATION


def test_whole_way__ends_before_the_reader_until_a_publisher_publishes(newsroom, russian, client):
    newsroom.word(russian)
    review = newsroom.submit(russian)
    assert state_of(russian).status == Status.IN_REVIEW

    newsroom.publish(russian)
    assert not target_of(russian).live
    newsroom.decide(review)
    assert state_of(russian).status == Status.REVIEWED
    assert client.get("/ru/campaigns/wdatip/").status_code == 404
    newsroom.publish(russian)

    assert state_of(russian).status == Status.LIVE
    assert "World Day [ru]" in client.get("/ru/campaigns/wdatip/").content.decode()


def test_translator__does_not_approve_what_they_translated(newsroom, russian, settings):
    both = factories.UserFactory(groups=["Translator ru", "Reviewer"])
    newsroom.translators["ru"] = both
    newsroom.word(russian)
    review = newsroom.submit(russian)

    refused = newsroom.decide(review, user=both)
    still_waiting = waiting(russian)
    settings.TRANSLATION_FOUR_EYES = False
    newsroom.decide(review, user=both)

    assert refused.status_code == 403 or refused.url == reverse("wagtailadmin_home")
    assert still_waiting
    assert not waiting(russian)


def test_translator__does_not_approve_what_they_translated_and_is_out_of_date_since(newsroom, campaign):
    [russian] = newsroom.bring_live(campaign, "ru")
    both = factories.UserFactory(groups=["Translator ru", "Reviewer"])
    newsroom.translators["ru"] = both
    change_source(campaign, title="Another day")
    newsroom.word(russian, lambda text: "Never read")
    change_source(campaign, title="Another day again")
    review = newsroom.submit(russian)

    newsroom.decide(review, user=both)

    assert waiting(russian) == review
    assert target_of(russian).title == "World Day [ru]"


def test_source_changed_during_review__approves_only_the_wording_that_was_read(newsroom, russian, campaign):
    both = factories.UserFactory(groups=["Translator ru", "Reviewer"])
    newsroom.word(russian)
    review = newsroom.submit(russian)
    newsroom.translators["ru"] = both
    newsroom.word_one(russian, "World Day", "Never read")
    change_source(campaign, title="Another day")
    newsroom.decide(review)

    newsroom.decide(newsroom.submit(russian), user=both)

    assert waiting(russian)


@pytest.mark.parametrize("group", ["Editor", "Publisher", "Translator ru", "Translator tg"])
def test_approval__by_others_is_refused(newsroom, russian, group):
    newsroom.word(russian)
    review = newsroom.submit(russian)

    newsroom.decide(review, user=factories.UserFactory(groups=[group]))

    assert waiting(russian) == review


def test_approval__by_wagtails_own_way_is_the_same(newsroom, russian):
    newsroom.word(russian)
    review = newsroom.submit(russian)
    state = TaskState.objects.get(revision=review.revision)
    url = reverse("wagtailadmin_pages:workflow_action", args=[target_of(russian).pk, "approve", state.pk])

    newsroom.as_(newsroom.publisher).post(url)
    before = waiting(russian)
    newsroom.as_(newsroom.reviewer).post(url)

    assert before == review
    review.refresh_from_db()
    assert review.status == ReviewStatus.APPROVED
    assert review.decided_by == newsroom.reviewer
    assert Unit.objects.approved().filter(object_key=review.object_key).count() == 2


def test_refusal__goes_back_with_a_reason(newsroom, russian):
    newsroom.word(russian)
    review = newsroom.submit(russian)

    newsroom.decide(review, "reject")
    without_reason = waiting(russian)
    newsroom.decide(review, "reject", "“Day” is too short.")

    assert without_reason == review
    assert state_of(russian).status == Status.IN_TRANSLATION
    page = newsroom.as_(newsroom.translators["ru"]).get(edit_url(target_of(russian))).content.decode()
    assert "“Day” is too short." in page
    assert newsroom.submit(russian)


def test_strings_saved_after_submission__do_not_disturb_it(newsroom, russian, client):
    newsroom.word(russian)
    review = newsroom.submit(russian)
    newsroom.word_one(russian, "World Day", "Позже")

    newsroom.decide(review)
    newsroom.publish(russian)

    assert target_of(russian).title == "World Day [ru]"
    assert words_of(russian, "World Day") == "Позже"
    assert state_of(russian).status == Status.IN_TRANSLATION


def test_update_of_a_live_page__is_live_with_its_approval(newsroom, campaign, client):
    [russian] = newsroom.bring_live(campaign, "ru")
    change_source(campaign, title="Another day")
    newsroom.word(russian)
    newsroom.decide(newsroom.submit(russian))

    assert "Another day [ru]" in client.get("/ru/campaigns/wdatip/").content.decode()
    assert state_of(russian).status == Status.LIVE


def test_source_changed_during_review__stays_out_of_date_after_approval(newsroom, russian, campaign):
    newsroom.word(russian)
    review = newsroom.submit(russian)
    change_source(campaign, title="Another day")

    newsroom.decide(review)
    newsroom.publish(russian)

    assert target_of(russian).title == "World Day [ru]"
    assert state_of(russian).status == Status.STALE


def test_comment__on_a_string_is_seen_by_the_translator_and_resolved(newsroom, russian):
    newsroom.word(russian)
    review = newsroom.submit(russian)
    wording = review.wordings[0]
    data = {"path_id": wording["path_id"], "string_hash": wording["hash"], "text": "Which day?"}
    newsroom.as_(newsroom.reviewer).post(reverse("translation_review:comment", args=[review.pk]), data)
    translator = newsroom.as_(newsroom.translators["ru"])

    seen = translator.get(edit_url(target_of(russian))).content.decode()
    translator.post(reverse("translation_review:resolve", args=[SegmentComment.objects.get().pk]))

    assert "Which day?" in seen
    assert SegmentComment.objects.get().resolved_by == newsroom.translators["ru"]


def test_comment__by_somebody_of_another_language_is_refused(newsroom, russian):
    newsroom.word(russian)
    review = newsroom.submit(russian)
    wording = review.wordings[0]
    data = {"path_id": wording["path_id"], "string_hash": wording["hash"], "text": "Hello"}

    newsroom.as_(newsroom.translators["tg"]).post(reverse("translation_review:comment", args=[review.pk]), data)

    assert not SegmentComment.objects.exists()


def test_taken_back__can_be_submitted_again(newsroom, russian):
    newsroom.word(russian)
    review = newsroom.submit(russian)

    newsroom.as_(newsroom.translators["ru"]).post(reverse("translation_review:take_back", args=[review.pk]))

    assert waiting(russian) is None
    assert state_of(russian).status == Status.IN_TRANSLATION
    assert newsroom.submit(russian)


def test_submitted_twice__waits_once(newsroom, russian):
    newsroom.word(russian)
    newsroom.submit(russian)
    newsroom.submit(russian)

    assert Review.objects.count() == 1


def test_blocked_by_the_gate__nothing_is_approved(newsroom, campaign):
    image = factories.SiteImageFactory()
    [russian] = newsroom.bring_live(campaign, "ru")
    change_source(campaign, title="Another day", lead_image=image)
    newsroom.word(russian)
    review = newsroom.submit(russian)
    type(image).objects.filter(pk=image.pk).update(alt_texts={})

    response = newsroom.decide(review)

    assert waiting(russian) == review
    assert "alternative text" in " ".join(str(m) for m in response.wsgi_request._messages)
    assert target_of(russian).title == "World Day [ru]"


def test_minor_change__keeps_translations_valid_with_a_name(newsroom, campaign):
    [russian, tajik] = newsroom.bring_live(campaign, "ru", "tg")
    change_source(campaign, title="World Day.")
    url = reverse("translation_review:changes", args=[campaign.translation_key])
    client = newsroom.as_(newsroom.editor)
    [change] = client.get(url).context["changes"]

    newsroom.as_(newsroom.translators["ru"]).post(url, {"minor": [change.id]})
    before = state_of(russian).status
    client.post(url, {"minor": [change.id]})

    assert before == Status.STALE
    assert [state_of(each).status for each in (russian, tajik)] == [Status.LIVE, Status.LIVE]
    assert {wording.kept_by for wording in Unit.objects.approved().filter(source="World Day.")} == {
        newsroom.editor
    }


def test_editor__hears_that_translations_are_out_of_date(newsroom, campaign):
    section = factories.SectionPageFactory(parent=newsroom.site.home, title="Our work", slug="work")
    newsroom.bring_live(section, "ru")

    response = newsroom.as_(newsroom.publisher).post(
        reverse("wagtailadmin_pages:edit", args=[section.pk]),
        section_form(title="Our work today", slug="work", **{"action-publish": "action-publish"}),
    )

    told = " ".join(str(message) for message in response.wsgi_request._messages)
    assert "out of date" in told
    assert reverse("translation_review:changes", args=[section.translation_key]) in told


def test_revision__of_a_translation_is_not_published_without_review(newsroom, russian):
    target = target_of(russian)
    revision = target.save_revision()

    with pytest.raises(Exception, match="not been reviewed"):
        revision.publish()

    assert not Page.objects.get(pk=target.pk).live
