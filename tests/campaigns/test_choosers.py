import json
import re
from typing import Any

import pytest
from django.urls import reverse

from campaigns.admin.forms import NEWEST
from campaigns.models import KeyFigure, Organisation, Person, Place, Quote, Takeaway, Topic
from core.models import TranslatableSnippet
from tests import factories
from tests.scenes import scene

pytestmark = pytest.mark.django_db

CHOOSERS = {
    Quote: {"text": "Now I ask who keeps the passport."},
    Takeaway: {"statement": "Whoever keeps your passport breaks the law."},
    KeyFigure: {"value": "1 in 3", "label": "detected victims is a child"},
    Organisation: {"name": "Youth centre", "kind": "civil_society"},
    Person: {"name": "Camp leader"},
    Place: {"name": "Romit"},
    Topic: {"name": "Safe migration"},
}


def url(model: type[TranslatableSnippet], view: str, locale: str = "") -> str:
    path = reverse(f"wagtailsnippetchoosers_campaigns_{model._meta.model_name}:{view}")
    return f"{path}?locale={locale}" if locale else path


@scene
def editor(site):
    return factories.UserFactory(groups=["Editor"])


@pytest.fixture
def admin(client, editor):
    client.force_login(editor)
    return client


def create(client, model: type[TranslatableSnippet], locale: str = "tg", **fields) -> dict[str, Any]:
    return json.loads(client.post(url(model, "create", locale), {**CHOOSERS[model], **fields}).content)


@pytest.mark.parametrize("model", CHOOSERS)
def test_chooser__makes_a_draft_in_the_language_of_the_page(admin, editor, model):
    answer = create(admin, model)

    piece = model.objects.get()
    assert answer["step"] == "chosen"
    assert answer["result"]["id"] == str(piece.pk)
    assert piece.locale.language_code == "tg"
    assert not piece.live
    assert piece.latest_revision.user == editor
    assert not piece.revisions.exclude(pk=piece.latest_revision_id).exists()


@pytest.mark.parametrize("model", CHOOSERS)
def test_chooser__without_the_right_makes_nothing(site, client, model):
    client.force_login(factories.UserFactory(groups=["Translator tg"]))

    response = client.post(url(model, "create", "tg"), CHOOSERS[model])

    assert response.status_code in (302, 403)
    assert not model.objects.exists()


def test_chooser__offers_no_form_to_whom_may_not_use_it(site, client):
    client.force_login(factories.UserFactory(groups=["Translator tg"]))

    shown = json.loads(client.get(url(Quote, "choose", "tg")).content)

    assert shown["step"] == "choose"
    assert "data-chooser-modal-creation-form" not in shown["html"]


def test_chooser__says_what_is_missing(admin):
    answer = create(admin, Quote, text="")

    assert answer["step"] == "reshow_creation_form"
    assert "error-message" in answer["htmlFragment"]
    assert not Quote.objects.exists()


def test_chooser__keeps_the_language_when_the_form_comes_back(admin):
    assert "locale=tg" in create(admin, Quote, text="")["htmlFragment"]


def test_chooser__lists_the_language_of_the_page_and_others_on_demand(admin, site):
    factories.TakeawayFactory(statement="Ask who pays.", locale="en")
    factories.TakeawayFactory(statement="Пурсед, ки кӣ пардохт мекунад.", locale="tg")

    tajik = json.loads(admin.get(url(Takeaway, "choose", "tg")).content)["html"]
    english = admin.get(url(Takeaway, "choose_results", "tg") + "&q=&locale=en").content.decode()
    every = admin.get(url(Takeaway, "choose_results", "tg") + "&q=&locale=").content.decode()

    assert "Пурсед" in tajik
    assert "Ask who" not in tajik
    assert 'name="locale"' in tajik
    assert "Ask who" in english
    assert "Пурсед" not in english
    assert "Пурсед" in every
    assert "Ask who" in every


def test_chooser__finds_and_shows_the_state(admin, site):
    factories.QuoteFactory(text="The bus left before dawn.", live=False)
    factories.QuoteFactory(text="Nobody asked me.")

    found = admin.get(url(Quote, "choose_results", "en") + "&q=dawn").content.decode()

    assert "before dawn" in found
    assert "Nobody" not in found
    assert "draft" in found.lower()


def test_quote__notes_a_new_speaker_as_a_draft(admin, editor):
    create(admin, Quote, speaker_name="  Camp   leader ", role="leader of the camp", who_speaks="adult")

    quote = Quote.objects.get()
    assert quote.speaker.name == "Camp leader"
    assert not quote.speaker.live
    assert quote.speaker.locale.language_code == "tg"
    assert quote.speaker.latest_revision.user == editor
    assert quote.latest_revision.content["speaker"] == quote.speaker.pk
    assert quote.role == "leader of the camp"


def test_quote__takes_the_speaker_who_is_known(admin, site):
    known = factories.PersonFactory(name="Camp leader", locale="tg")
    factories.PersonFactory(name="Camp leader", locale="ru")

    create(admin, Quote, speaker_name="camp LEADER")

    assert Quote.objects.get().speaker == known
    assert Person.objects.count() == 2


def test_quote__tells_two_of_one_name_apart(admin, site):
    teacher = factories.PersonFactory(name="Camp leader", role="teacher", locale="tg")
    factories.PersonFactory(name="Camp leader", role="nurse", locale="tg")

    html = json.loads(admin.get(url(Quote, "choose", "tg")).content)["html"]
    create(admin, Quote, speaker_name="Camp leader (teacher)")

    assert '<option value="Camp leader (teacher)">' in html
    assert Quote.objects.get().speaker == teacher


def test_quote__a_name_of_two_people_alone_chooses_nobody(admin, site):
    for role in ("teacher", "nurse"):
        factories.PersonFactory(name="Camp leader", role=role, locale="tg")

    create(admin, Quote, speaker_name="camp leader", who_speaks="adult")

    assert not Quote.objects.exists()
    assert Person.objects.count() == 2


def test_quote__suggests_names_with_what_tells_people_apart(admin, site):
    school = factories.OrganisationFactory(name="School 5", locale="tg")
    factories.PersonFactory(name="Camp leader", role="teacher", organisation=school, locale="tg")

    html = json.loads(admin.get(url(Quote, "choose", "tg")).content)["html"]

    assert '<option value="Camp leader">teacher, School 5</option>' in html


def test_quote__suggests_names_of_which_the_beginning_is_typed(admin, site):
    leader = factories.PersonFactory(name="Camp leader", role="teacher", locale="tg")
    for number in range(NEWEST):
        factories.PersonFactory(name=f"Cook {number}", locale="tg")

    opened = json.loads(admin.get(url(Quote, "choose", "tg")).content)["html"]
    typed = admin.post(url(Quote, "speakers", "tg"), {"speaker_name": "cam"}).text
    create(admin, Quote, speaker_name="camp leader")

    assert "Camp leader" not in opened
    assert f'data-w-swap-src-value="{url(Quote, "speakers", "tg")}"' in opened
    assert typed.strip() == '<option value="Camp leader">teacher</option>'
    assert Quote.objects.get().speaker == leader


def test_quote__with_an_error_notes_nobody(admin):
    create(admin, Quote, text="", speaker_name="Camp leader")

    assert not Person.objects.exists()


def test_quote__is_made_without_a_chooser_inside(admin):
    html = json.loads(admin.get(url(Quote, "choose", "tg")).content)["html"]

    form = html.partition("data-chooser-modal-creation-form")[2]
    assert 'name="speaker_name"' in form
    assert "data-chooser-action-choose" not in form
    for field in ("text", "original_language", "role", "who_speaks", "date", "consent_reference", "consent_until"):
        assert f'name="{field}"' in form


def test_quote__keeps_date_and_consent(admin):
    create(
        admin,
        Quote,
        date="2024-08-16",
        original_language="tg",
        consent_reference="F-7",
        consent_scope="website",
        consent_until="2030-01-01",
    )

    quote = Quote.objects.get()
    assert (quote.date.isoformat(), quote.original_language) == ("2024-08-16", "tg")
    assert quote.consent_holds() is True


@pytest.mark.parametrize("model", [Organisation, Place, Topic])
def test_names__are_not_made_twice(admin, model):
    create(admin, model)
    answer = create(admin, model)

    assert answer["step"] == "reshow_creation_form"
    assert model.objects.count() == 1


@pytest.mark.parametrize("model", CHOOSERS)
def test_form__that_is_sent_twice_makes_one(admin, model):
    form = json.loads(admin.get(url(model, "choose", "tg")).content)["html"]
    key = re.search(r'name="[^"]*key" value="([0-9a-f-]{36})"', form)[1]
    speaker = {"speaker_name": "Camp leader", "who_speaks": "adult", "role": "guide"} if model is Quote else {}

    first, second = (create(admin, model, key=key, **speaker) for _time in range(2))

    assert first["result"]["id"] == second["result"]["id"]
    assert model.objects.count() == 1
    assert Person.objects.count() == (1 if model in (Quote, Person) else 0)


def test_form__takes_no_key_of_another_language(admin, site):
    english = factories.PlaceFactory(name="Romit")

    create(admin, Place, key=str(english.translation_key))

    assert Place.objects.get(locale__language_code="tg").translation_key != english.translation_key


def test_names__may_be_the_same_in_two_languages(admin):
    for code in ("ru", "tg"):
        create(admin, Place, locale=code)

    assert Place.objects.count() == 2


def test_unknown_language__falls_to_the_sites_own(admin):
    create(admin, Place, locale="xx")

    assert Place.objects.get().locale.language_code == "en"


def test_page_editor__hands_choosers_its_language(admin, site):
    page = factories.NewsPageFactory(parent=site.news_indexes["tg"])

    html = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    assert '"ACTIVE_CONTENT_LOCALE": "tg"' in html
    assert reverse("wagtailsnippetchoosers_campaigns_place:choose") in html


def page_chooser(client, locale: str, *types: str) -> str:
    query = {"page_type": ",".join(types), "locale": locale}
    return json.loads(client.get(reverse("wagtailadmin_choose_page"), query).content)["html"]


def test_page_chooser__opens_with_the_campaigns_of_the_language(admin, site):
    campaign = factories.CampaignPageFactory(parent=site.campaign_index, title="World Day")
    factories.CampaignPageFactory(
        parent=site.campaign_indexes["tg"], title="Рӯзи ҷаҳонӣ", translation_key=campaign.translation_key
    )

    tajik, english = (page_chooser(admin, code, "campaigns.campaignpage") for code in ("tg", "en"))

    assert "Рӯзи ҷаҳонӣ" in tajik
    assert "World Day" not in tajik
    assert "locale=en" in tajik
    assert "World Day" in english
    assert "Home en" not in english


def test_page_chooser__of_any_page_opens_at_the_root(admin, site):
    assert "Home en" in page_chooser(admin, "en", "wagtailcore.page")


def test_page_chooser__with_nothing_to_choose_shows_the_tree(admin, site):
    assert "Home en" in page_chooser(admin, "en", "campaigns.projectpage")
