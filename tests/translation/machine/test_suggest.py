"""Machine suggestions: marked, unconfirmed, and asked for only what may be sent."""

import pytest
from django.urls import reverse
from lxml import etree
from wagtail_localize.models import StringTranslation, Translation

from tests import factories
from tests.scenes import scene
from tests.translation.exchanging import file_of, live_with, wordings
from translation.models import MachineSettings, MachineText, Unit

pytestmark = pytest.mark.django_db
# It turns the words round.
DUMMY = {"CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"}
TURNED = {"World Day": "Day World", "WD": "WD", "Ask <b>us</b> now.": "now. <b>us</b> Ask"}


@scene
def campaign(site):
    return factories.CampaignPageFactory(
        parent=site.campaign_index,
        title="World Day",
        slug="wdatip",
        short_name="WD",
        introduction="<p>Ask <b>us</b> now.</p>",
    )


@scene
def russian(newsroom, campaign) -> Translation:
    return newsroom.send(campaign, "ru")[0]


@pytest.fixture
def machine(settings) -> None:
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = DUMMY


def ask(newsroom, translation: Translation):
    url = reverse("wagtail_localize:machine_translate", args=[translation.pk])
    return newsroom.as_(newsroom.translators["ru"]).post(url, follow=True)


def test_machine__is_off_by_default(newsroom, russian):
    assert "no machine translator" in ask(newsroom, russian).content.decode()
    assert wordings() == {}


@pytest.mark.usefixtures("machine")
def test_suggestions__are_marked_and_wait_for_a_person(newsroom, russian):
    response = ask(newsroom, russian)

    assert "3 strings filled by Dummy translator. Confirm each" in response.content.decode()
    assert set(wordings()) == set(TURNED)
    assert {row.tool_name for row in StringTranslation.objects.all()} == {"Dummy translator"}
    assert {row.translation_type for row in StringTranslation.objects.all()} == {"machine"}
    assert Unit.objects.filter(unsure_since__isnull=False).count() == MachineText.objects.count() == 3
    assert newsroom.submit(russian) is None


@pytest.mark.usefixtures("machine")
def test_confirmed_suggestions__are_submitted_and_marked_for_the_reviewer(newsroom, russian):
    ask(newsroom, russian)
    words = wordings()
    newsroom.word_one(russian, "World Day", "Всемирный день")
    for source in ("WD", "Ask <b>us</b> now."):
        newsroom.word_one(russian, source, words[source])
    review = newsroom.submit(russian)
    assert review is not None

    shown = newsroom.as_(newsroom.reviewer).get(reverse("translation_review:review", args=[review.pk]))

    html = shown.content.decode()
    assert html.count(">machine: Dummy translator<") == 2
    assert html.count(">changed from machine: Dummy translator<") == 1


@pytest.mark.usefixtures("machine")
def test_suggestions__are_marked_in_files(newsroom, russian):
    ask(newsroom, russian)

    root = etree.fromstring(file_of(russian, "xliff"))
    targets = list(root.iter("{*}target"))
    assert {target.get("state-qualifier") for target in targets} == {"mt-suggestion"}
    assert {target.get("state") for target in targets} == {"needs-review-translation"}
    assert "Text by machine: Dummy translator" in file_of(russian, "po").decode()


@pytest.mark.usefixtures("machine")
def test_memory__comes_first(newsroom, site, russian):
    live_with(newsroom, russian)
    takeaway = factories.TakeawayFactory(statement="World Day", detail="Other words")
    [other] = newsroom.send(takeaway, "ru")
    StringTranslation.objects.filter(context__object_id=other.source.object_id).delete()

    ask(newsroom, other)

    texts = dict(
        StringTranslation.objects.filter(context__object_id=other.source.object_id).values_list(
            "data", "tool_name"
        )
    )
    assert texts == {"World Day [ru]": "Translation memory", "words Other": "Dummy translator"}


@pytest.mark.usefixtures("machine")
@pytest.mark.parametrize(("allowed", "sent"), [(False, False), (True, True)])
def test_personal_data__is_sent_only_where_it_is_allowed(newsroom, allowed, sent):
    MachineSettings.objects.create(sends_people=allowed)
    [translation] = newsroom.send(factories.QuoteFactory(text="They kept my passport."), "ru")

    response = ask(newsroom, translation)

    assert bool(StringTranslation.objects.filter(tool_name="Dummy translator")) is sent
    assert ("Personal data is not sent" in response.content.decode()) is not sent


@pytest.mark.usefixtures("machine")
@pytest.mark.parametrize("allowed", [False, True])
def test_drafts__are_sent_only_where_it_is_allowed(newsroom, site, allowed):
    MachineSettings.objects.create(sends_drafts=allowed)
    page = factories.CampaignPageFactory(parent=site.campaign_index, title="Not yet", slug="draft", live=False)
    [translation] = newsroom.send(page, "ru")

    response = ask(newsroom, translation)

    assert ("Drafts are not sent" in response.content.decode()) is not allowed
    assert MachineText.objects.exists() is allowed


@pytest.mark.usefixtures("machine")
def test_other_languages__are_not_theirs_to_fill(newsroom, campaign, russian):
    [tajik] = newsroom.send(campaign, "tg")
    url = reverse("wagtail_localize:machine_translate", args=[tajik.pk])

    assert newsroom.as_(newsroom.translators["ru"]).post(url).status_code in (302, 403)
    assert wordings() == {}


@pytest.mark.usefixtures("machine")
def test_setting__is_the_administrators(newsroom):
    url = reverse("wagtailsettings:edit", args=["translation", "machinesettings", MachineSettings.load().pk])

    newsroom.as_(newsroom.publisher).post(url, {"sends_people": "on"})

    assert not MachineSettings.load().sends_people
