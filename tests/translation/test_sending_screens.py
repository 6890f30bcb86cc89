"""The coordinator's screens: a campaign, a selection, a job that is followed, who translates what."""

import datetime
import re

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import Translation

from campaigns.models import Quote
from tests import factories
from tests.scenes import scene
from translation.campaign_contents.due import campaign_dues, due_date
from translation.models import Assignment, Notice, NoticeKind, SendJob, SendStatus

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, site):
    user = factories.UserFactory(groups=["Editor"])
    client.force_login(user)
    return user


@scene
def campaign(site):
    campaign = factories.CampaignPageFactory(
        parent=site.campaign_index, title="WDATIP", observance_day=30, observance_month=7
    )
    factories.TakeawayFactory(statement="Keep it.", campaigns=[campaign])
    return campaign


@scene
def translator(site):
    return factories.UserFactory(groups=["Translator ru"])


def sending(name: str, *args) -> str:
    return reverse(f"translation_sending:{name}", args=args)


def bulk(model: str, *objects) -> str:
    ids = "&".join(f"id={each.pk}" for each in objects)
    app = "wagtailcore" if model == "page" else "campaigns"
    return f"{reverse('wagtail_bulk_action', args=[app, model, 'send_for_translation'])}?{ids}"


def test_campaign_screen__says_what_is_sent_and_sends_it(client, editor, campaign, site, translator):
    shown = client.get(sending("campaign", campaign.pk)).text
    assert "Takeaways: 1" in shown
    assert "In time for the next observance" in shown

    data = {"locales": [site.locales["ru"].pk], "person_ru": translator.pk, "due": "2027-07-01"}
    response = client.post(sending("campaign", campaign.pk), data)

    job = SendJob.objects.get()
    assert response.url == sending("job", job.pk)
    assert (job.title, job.status, job.object_key) == ("WDATIP", SendStatus.DONE, campaign.translation_key)
    assert Translation.objects.count() == 2
    assert set(Assignment.objects.values_list("person", "due")) == {(translator.pk, datetime.date(2027, 7, 1))}
    assert "Finished" in client.get(response.url).text


def test_campaign_screen__of_a_translation_sends_the_original(client, editor, campaign, site):
    russian = factories.CampaignPageFactory(
        parent=site.campaign_indexes["ru"], translation_key=campaign.translation_key
    )

    client.post(sending("campaign", russian.pk), {"locales": [site.locales["tg"].pk]})

    assert SendJob.objects.get().problems == []
    assert Translation.objects.filter(source__locale=site.locales["en"]).count() == 2


def test_campaign_screen__offers_only_translators_of_the_language(client, editor, campaign, site, translator):
    data = {"locales": [site.locales["tg"].pk], "person_tg": translator.pk}

    response = client.post(sending("campaign", campaign.pk), data)

    assert "person_tg" in response.context["form"].errors
    assert not SendJob.objects.exists()


@pytest.mark.parametrize("group", ["Translator ru", "Reviewer"])
def test_screens__are_the_coordinators(client, site, campaign, group):
    job = SendJob.objects.create(title="…", objects_to_send=[])
    client.force_login(factories.UserFactory(groups=[group]))

    item = f"{campaign.translation_key}:{site.locales['ru'].pk}"
    asked = [
        client.get(sending("campaign", campaign.pk)),
        client.post(sending("campaign", campaign.pk), {"locales": [site.locales["ru"].pk]}),
        client.get(sending("job", job.pk)),
        client.get(sending("progress", job.pk)),
        client.post(sending("resume", job.pk)),
        client.post(sending("assign"), {"item": item, "person": "nobody"}),
    ]

    # Wagtail leads whoever may not see a screen back to its front page.
    assert {response.status_code for response in asked} <= {302, 403}
    assert {response.url for response in asked if response.status_code == 302} <= {reverse("wagtailadmin_home")}
    assert not Assignment.objects.exists()
    assert SendJob.objects.count() == 1


def test_campaign_screen__is_of_campaigns_only(client, editor, site):
    assert client.get(sending("campaign", site.home.pk)).status_code == 404


def test_selected_pages__are_sent_and_what_cannot_be_is_named(client, editor, site):
    story = factories.NewsPageFactory(parent=site.news_index, title="Romit")
    russian = factories.NewsPageFactory(
        parent=site.news_indexes["ru"], title="Ромит", translation_key=story.translation_key
    )

    shown = client.get(bulk("page", story, russian)).text
    client.post(bulk("page", story, russian), {"locales": [site.locales["tg"].pk]})

    assert "“Ромит” in Русский is a translation" in shown
    job = SendJob.objects.get()
    assert (job.title, job.problems) == ("Romit", [])
    assert Page.objects.filter(locale=site.locales["tg"], translation_key=story.translation_key).exists()


def test_selected_page__may_bring_the_pages_beneath(client, editor, site):
    section = factories.SectionPageFactory(parent=site.home, slug="work")
    factories.ContentPageFactory(parent=section, slug="camps")

    data = {"locales": [site.locales["ru"].pk], "include_descendants": "on"}
    response = client.post(bulk("page", section), data)

    assert response.url == sending("job", SendJob.objects.get().pk)
    assert Page.objects.filter(locale=site.locales["ru"], slug="camps").exists()


def test_selected_snippets__are_sent(client, editor, site):
    quotes = [factories.QuoteFactory(text=f"Ask {number}.") for number in range(2)]
    listing = client.get(reverse("wagtailsnippets_campaigns_quote:list")).text
    assert "send_for_translation" in listing

    client.post(bulk("quote", *quotes), {"locales": [site.locales["ru"].pk]})

    assert SendJob.objects.get().title == "Ask 0. and 1 other"
    assert Quote.objects.filter(locale=site.locales["ru"], live=False).count() == 2


def test_selection__of_who_may_not_send_is_sent_by_nobody(client, site):
    quote = factories.QuoteFactory(text="Ask first.")
    client.force_login(factories.UserFactory(groups=["Translator ru"]))

    client.post(bulk("quote", quote), {"locales": [site.locales["ru"].pk]})

    assert not SendJob.objects.exists()


def test_one_page__with_much_that_hangs_on_it_is_sent_in_the_background(client, editor, site):
    story = factories.NewsPageFactory(parent=site.news_index)
    for _number in range(4):
        factories.QuoteFactory(source=story)
    url = reverse("wagtail_localize:submit_page_translation", args=[story.pk])

    response = client.post(url, {"locales": [site.locales["ru"].pk]})

    assert response.url == sending("job", SendJob.objects.get().pk)
    assert Quote.objects.filter(locale=site.locales["ru"]).count() == 4


def test_one_page__that_is_a_translation_itself_is_refused_in_the_form(client, editor, site):
    story = factories.NewsPageFactory(parent=site.news_index)
    russian = factories.NewsPageFactory(parent=site.news_indexes["ru"], translation_key=story.translation_key)
    url = reverse("wagtail_localize:submit_page_translation", args=[russian.pk])

    response = client.post(url, {"locales": [site.locales["tg"].pk]})

    assert "Send its source" in response.context["form"].errors["locales"][0]
    assert not Translation.objects.exists()


def test_job__is_followed_by_a_script_and_without_it(client, editor, site, django_assert_max_num_queries):
    problems = [{"title": "Romit", "reason": "This item has been deleted.", "refused": True}]
    job = SendJob.objects.create(
        title="WDATIP", objects_to_send=[["x", 1]] * 60, done=20, status=SendStatus.RUNNING, problems=problems
    )

    shown = client.get(sending("job", job.pk)).text
    with django_assert_max_num_queries(7):
        progress = client.get(sending("progress", job.pk)).json()

    assert re.search(r'data-progress="[^"]+/progress/"', shown)
    assert "admin/js/sending.js" in shown
    assert '<noscript><meta http-equiv="refresh"' in shown
    assert 'value="20" max="60"' in shown
    assert "This item has been deleted." in shown
    assert progress == {
        "done": 20,
        "total": 60,
        "status": "running",
        "finished": False,
        "text": "20 of 60 are done.",
        "problems": [{"title": "Romit", "reason": "This item has been deleted."}],
    }


def test_job__that_was_left_is_taken_up_by_hand(client, editor, site):
    quote = factories.QuoteFactory()
    job = SendJob.objects.create(
        title="…", objects_to_send=[["campaigns.quote", quote.pk]], status=SendStatus.RUNNING, requested_by=editor
    )
    job.locales.set([site.locales["ru"]])

    client.post(sending("resume", job.pk))

    job.refresh_from_db()
    assert job.status == SendStatus.DONE
    assert Quote.objects.filter(locale=site.locales["ru"]).exists()


def test_page_menu__offers_to_send_a_whole_campaign(client, editor, campaign, site):
    story = factories.NewsPageFactory(parent=site.news_index)

    assert (
        sending("campaign", campaign.pk) in client.get(reverse("wagtailadmin_pages:edit", args=[campaign.pk])).text
    )
    assert "Send all material" not in client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).text


def test_assigning__many_at_once(client, editor, site, translator, django_capture_on_commit_callbacks):
    quotes = [factories.QuoteFactory(text=f"Ask {number}.") for number in range(3)]
    items = [f"{quote.translation_key}:{site.locales['ru'].pk}" for quote in quotes]
    assert "Ask 2." in client.get(sending("assign"), {"item": items}).text

    client.post(sending("assign"), {"item": items, "person": translator.pk, "due": "2027-07-01"})
    client.post(sending("assign"), {"item": items, "person": translator.pk, "due": "2027-07-01"})

    assert Assignment.objects.filter(person=translator, due=datetime.date(2027, 7, 1)).count() == 3
    notice = Notice.objects.get(person=translator)
    assert notice.kind == NoticeKind.ASSIGNED
    assert "3 items to translate" in notice.detail


def test_assigning__leaves_what_is_not_asked_for(client, editor, site, translator):
    quote = factories.QuoteFactory()
    item = f"{quote.translation_key}:{site.locales['ru'].pk}"
    client.post(sending("assign"), {"item": item, "person": translator.pk, "due": "2027-07-01"})

    client.post(sending("assign"), {"item": item, "person": "keep", "due": "2027-08-01"})
    client.post(sending("assign"), {"item": item, "person": "keep"})

    row = Assignment.objects.get()
    assert (row.person, row.due) == (translator, datetime.date(2027, 8, 1))


def test_assigning__takes_nobody_without_the_right(client, editor, site, translator):
    quote = factories.QuoteFactory()
    item = f"{quote.translation_key}:{site.locales['tg'].pk}"

    response = client.post(sending("assign"), {"item": item, "person": translator.pk})

    assert "person" in response.context["form"].errors
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("item", ["", "x", "x:y", "00000000-0000-0000-0000-000000000000:1"])
def test_assigning__of_nothing_that_exists_is_not_found(client, editor, item):
    assert client.get(sending("assign"), {"item": item}).status_code == 404


@pytest.mark.parametrize(
    ("today", "due"),
    [
        ("2026-01-10", "2026-07-16"),
        ("2026-07-20", "2026-07-16"),
        ("2026-07-30", "2026-07-16"),
        ("2026-07-31", "2027-07-16"),
    ],
)
def test_due_date__is_counted_back_from_the_next_observance(campaign, today, due):
    assert due_date(campaign, datetime.date.fromisoformat(today)) == datetime.date.fromisoformat(due)


def test_due_date__of_a_leap_day_and_of_no_day(site):
    leap = factories.CampaignPageFactory(parent=site.campaign_index, observance_day=29, observance_month=2)
    none = factories.CampaignPageFactory(parent=site.campaign_index)

    assert due_date(leap, datetime.date(2026, 1, 1)) == datetime.date(2026, 2, 14)
    assert due_date(leap, datetime.date(2028, 1, 1)) == datetime.date(2028, 2, 15)
    assert due_date(none, datetime.date(2026, 1, 1)) is None


def test_due_date__of_what_belongs_to_two_campaigns_is_the_earlier(campaign, site):
    other = factories.CampaignPageFactory(parent=site.campaign_index, observance_day=12, observance_month=6)
    both = factories.TakeawayFactory(campaigns=[campaign, other])

    dues = campaign_dues(datetime.date(2026, 1, 10))

    assert dues[both.translation_key] == datetime.date(2026, 5, 29)
    assert dues[campaign.translation_key] == datetime.date(2026, 7, 16)
