"""What each role does and does not do in a language."""

import json

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import APIToken, Page
from wagtail_localize.models import StringTranslation, Translation

from campaigns.models import CampaignPage, Person, Quote
from tests import factories
from tests.forms import formset, quote_form
from tests.scenes import scene
from tests.translating import edit_url, waiting, words_of
from translation.access.queries import may_translate, only_locales
from translation.models import LanguageRight, ReviewStatus
from translation.units.segments import target_of

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"


@scene
def campaign(site) -> CampaignPage:
    return factories.CampaignPageFactory(parent=site.campaign_index, title="World Day", slug="wdatip")


@scene
def quote(campaign) -> Quote:
    return factories.QuoteFactory(text="Ask first.", campaigns=[campaign])


@pytest.fixture
def translator(newsroom) -> Client:
    return newsroom.as_(newsroom.translators["ru"])


def quote_url(view: str, *args: object) -> str:
    return reverse(f"wagtailsnippets_campaigns_quote:{view}", args=args)


@pytest.mark.parametrize("person", ["editor", "publisher", "reviewer", "tajik"])
def test_wording__is_written_by_the_translators_of_the_language_alone(newsroom, campaign, person):
    """Not by who may change everything else, either."""
    [russian] = newsroom.send(campaign, "ru")
    newsroom.word_one(russian, "World Day", "Всемирный день")
    segment = russian.source.stringsegment_set.get(string__data="World Day")
    url = reverse("wagtail_localize:edit_string_translation", args=[russian.pk, segment.pk])
    user = newsroom.translators["tg"] if person == "tajik" else getattr(newsroom, person)
    client = newsroom.as_(user)
    po = f'msgid ""\nmsgstr "X-WagtailLocalize-TranslationID: {russian.uuid}\\n"\n\nmsgctxt "title"\n'
    file = SimpleUploadedFile("t.po", f'{po}msgid "World Day"\nmsgstr "x"\n'.encode())

    answers = [
        client.put(url, "value=x", content_type=FORM).status_code,
        client.delete(url).status_code,
        client.post(reverse("wagtail_localize:upload_pofile", args=[russian.pk]), {"file": file}).status_code,
        client.post(reverse("wagtail_localize:machine_translate", args=[russian.pk])).status_code,
    ]

    assert answers == [403, 403, 403, 403]
    assert words_of(russian, "World Day") == "Всемирный день"


def test_reviewer__of_what_is_submitted_changes_nothing(newsroom, quote):
    [russian] = newsroom.send(quote, "ru")
    newsroom.word(russian)
    newsroom.submit(russian)
    before = list(StringTranslation.objects.values_list("pk", "data"))
    reviewer = newsroom.as_(newsroom.reviewer)
    target = target_of(russian)

    assert reviewer.get(edit_url(target)).status_code == 200
    reviewer.post(edit_url(target), quote_form(text="Mine"))

    assert list(StringTranslation.objects.values_list("pk", "data")) == before
    assert target_of(russian).latest_revision_id == target.latest_revision_id
    assert waiting(russian).status == ReviewStatus.WAITING


def test_translator__makes_nothing_anywhere(newsroom, translator, campaign, site):
    pages, pieces = Page.objects.count(), Quote.objects.count()
    add = reverse("wagtailadmin_pages:add", args=["campaigns", "campaignpage", site.campaign_indexes["ru"].pk])
    chooser = reverse("wagtailsnippetchoosers_campaigns_person:create")
    russian = target_of(newsroom.send(campaign, "ru")[0])
    pages += 1

    answers = [
        translator.post(add, {"title": "День", "slug": "day"}).status_code,
        translator.post(quote_url("add") + "?locale=ru", quote_form()).status_code,
        translator.post(chooser + "?locale=ru", {"name": "Мадина", **formset("x")}).status_code,
        translator.post(reverse("wagtailadmin_pages:copy", args=[russian.pk]), {"new_title": "x"}).status_code,
        translator.post(f"/admin/api/main/pages/{russian.pk}/action/copy/").status_code,
    ]

    assert answers == [403] * 5
    assert (Page.objects.count(), Quote.objects.count(), Person.objects.count()) == (pages, pieces, 0)


def test_menu__offers_a_translator_what_opens(newsroom, translator):
    html = translator.get(reverse("wagtailadmin_home")).content.decode()

    assert quote_url("list") in html
    assert reverse("wagtail_localize:translations_report") in html
    assert reverse("wagtailadmin_reports:aging_pages") not in html


def test_locked_page__is_published_stopped_and_restarted_by_nobody_else(newsroom, campaign):
    [russian] = newsroom.send(campaign, "ru")
    newsroom.word(russian)
    newsroom.decide(newsroom.submit(russian))
    target = target_of(russian)
    target.locked, target.locked_by = True, newsroom.editor
    target.save(update_fields=["locked", "locked_by"])
    publisher = newsroom.as_(newsroom.publisher)

    newsroom.publish(russian)
    publisher.post(reverse("wagtail_localize:stop_translation", args=[russian.pk]))
    assert not target_of(russian).live
    assert Translation.objects.get().enabled
    Translation.objects.update(enabled=False)
    publisher.post(edit_url(target), {"localize-restart-translation": "1"})

    assert not Translation.objects.get().enabled


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("{ru}/actions/delete/", {}),
        ("{ru}/actions/copy/", {}),
        ("{ru}/actions/move/", {"destination_id": 1}),
        ("{ru}/actions/publish/", {}),
        ("{en}/actions/copy_for_translation/", {"locale": "tg"}),
        ("{en}/", {"meta": {"type": "campaigns.CampaignPage"}, "title": "Changed"}),
    ],
)
def test_api_v3__is_closed_to_translators(newsroom, campaign, settings, path, data):
    settings.ROOT_URLCONF = "tests.urls_with_api"
    russian = target_of(newsroom.send(campaign, "ru")[0])
    _token, key = APIToken.create_token(user=newsroom.translators["ru"], name="t")
    send = Client().patch if "actions" not in path else Client().post

    response = send(
        "/api/v3/pages/" + path.format(ru=russian.pk, en=campaign.pk),
        json.dumps(data),
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    )

    assert response.status_code == 403
    assert Page.objects.filter(pk=russian.pk, live=False).exists()
    assert Page.objects.filter(slug="wdatip").count() == 2


def test_who_has_other_work_as_well__is_held_to_no_language(newsroom, site, campaign):
    both = factories.UserFactory(groups=["Editor", "Translator ru"])
    [russian] = newsroom.send(campaign, "ru")

    assert only_locales(newsroom.translators["ru"]) == {site.locales["ru"].pk}
    assert only_locales(both) is None
    assert may_translate(both, site.locales["ru"].pk)
    assert not may_translate(both, site.locales["tg"].pk)
    assert newsroom.as_(both).get(edit_url(campaign)).status_code == 200
    assert newsroom.as_(both).get(edit_url(target_of(russian))).status_code == 200


def test_right_in_a_language__follows_a_group_that_is_made_for_it(site):
    LanguageRight.objects.all().delete()

    for name in ("Translator ru", "Reviewer"):
        Group.objects.filter(name=name).delete()
        Group.objects.create(name=name)

    rights = LanguageRight.objects.values_list("group__name", "locale__language_code", "action")
    assert set(rights) == {
        ("Translator ru", "ru", "translate"),
        ("Reviewer", "ru", "review"),
        ("Reviewer", "tg", "review"),
        ("Reviewer", "fa-af", "review"),
    }
