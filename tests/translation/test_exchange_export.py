"""The ZIP for translators, and who may have it."""

import polib
import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail_localize.models import StringTranslation, Translation

from campaigns.models import CampaignPage
from tests import factories
from tests.scenes import scene
from tests.translating import translation_into
from tests.translation.exchanging import (
    EXPORT,
    IMPORT,
    add_strings,
    apply,
    export,
    file_of,
    po_of,
    unzipped,
    upload,
    word,
    wordings,
)
from translation.models import Unit
from translation.units.segments import target_of

pytestmark = pytest.mark.django_db


@scene
def campaign(site) -> CampaignPage:
    return factories.CampaignPageFactory(
        parent=site.campaign_index, title="World Day", slug="wdatip", introduction="<p>Ask.</p>", short_name=""
    )


@scene
def russian(newsroom, campaign) -> Translation:
    return newsroom.send(campaign, "ru", "tg")[0]


@pytest.fixture
def translator(newsroom) -> Client:
    return newsroom.as_(newsroom.translators["ru"])


def languages_offered(client: Client, **asked) -> list[str]:
    form = client.get(reverse(EXPORT), asked).context.get("form")
    assert form is not None
    return [code for code, _name in form.fields["languages"].choices]


def test_page__is_one_file_for_each_language(newsroom, campaign, russian):
    files = unzipped(export(newsroom.as_(newsroom.editor), "po", ("ru", "tg"), page=campaign.pk))

    assert sorted(files) == ["ru/campaign-world-day.ru.po", "tg/campaign-world-day.tg.po"]
    assert polib.pofile(files["ru/campaign-world-day.ru.po"].decode()).metadata["Language"] == "ru"


def test_names__are_unique(newsroom, site, campaign, russian):
    other = factories.CampaignPageFactory(parent=site.campaign_index, title="World Day", slug="other")
    newsroom.send(other, "ru")

    files = unzipped(export(newsroom.as_(newsroom.editor), "xliff", page=[campaign.pk, other.pk]))

    assert sorted(files) == ["ru/campaign-world-day-2.ru.xlf", "ru/campaign-world-day.ru.xlf"]


def test_campaign__brings_all_that_a_reader_meets(newsroom, site, campaign, russian):
    person = factories.PersonFactory(name="Zarina")
    quote = factories.QuoteFactory(text="A loaf.", campaigns=[campaign], speaker=person)
    edition = factories.EditionPageFactory(parent=campaign, year=2024)
    story = factories.NewsPageFactory(parent=site.news_index, title="At the oven", campaigns=[campaign])
    elsewhere = factories.NewsPageFactory(parent=site.news_index, title="Elsewhere")
    for source in (person, quote, edition, story, elsewhere):
        newsroom.send(source, "ru")

    files = unzipped(export(newsroom.as_(newsroom.editor), page=campaign.pk, members=1))

    names = " ".join(files)
    assert all(part in names for part in ("world-day", "a-loaf", "zarina", "edition-2024", "at-the-oven"))
    assert "elsewhere" not in names


def test_selection__of_snippets(newsroom, site):
    quotes = [factories.QuoteFactory(text=text) for text in ("A loaf.", "A debt.")]
    for quote in quotes:
        newsroom.send(quote, "ru")

    asked = [f"campaigns.quote:{quote.pk}" for quote in quotes]
    files = unzipped(export(newsroom.as_(newsroom.editor), "po", object=asked))

    assert sorted(files) == ["ru/quote-a-debt.ru.po", "ru/quote-a-loaf.ru.po"]


def test_bulk_action__leads_to_the_export(newsroom, campaign, russian):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "export_for_translators"])

    response = newsroom.as_(newsroom.editor).get(url, {"id": [campaign.pk]})

    assert response["Location"] == f"{reverse(EXPORT)}?page={campaign.pk}"


@pytest.mark.parametrize(
    ("group", "languages"),
    [
        ("Editor", ["ru", "tg"]),
        ("Publisher", ["ru", "tg"]),
        ("Reviewer", ["ru", "tg"]),
        ("Translator ru", ["ru"]),
        ("Translator tg", ["tg"]),
    ],
)
def test_languages__are_those_of_the_persons_rights(newsroom, campaign, russian, group, languages):
    client = newsroom.as_(factories.UserFactory(groups=[group]))

    assert languages_offered(client, page=campaign.pk) == languages


def test_language_of_others__is_not_exported_by_a_direct_post(translator, campaign, russian):
    response = export(translator, "xliff", ("tg",), page=campaign.pk)

    assert response.status_code in (302, 403)


@pytest.mark.parametrize("group", ["Editor", "Translator ru", None])
def test_form__without_a_language_is_shown_again_with_the_error(newsroom, campaign, russian, group):
    user = factories.UserFactory(groups=[group] if group else [], is_superuser=group is None)
    client = newsroom.as_(user)

    response = export(client, languages=(), page=campaign.pk)

    assert response.status_code == 200
    html = BeautifulSoup(response.content, "html.parser")
    assert "This field is required." in html.select_one("main form").get_text()
    offered = [box["value"] for box in html.select('input[name="languages"]')]
    assert offered == languages_offered(client, page=campaign.pk)


def test_person_without_rights__is_refused(newsroom, campaign, russian):
    nobody = factories.UserFactory(groups=["Moderators of nothing"])

    assert newsroom.as_(nobody).get(reverse(EXPORT), {"page": campaign.pk}).status_code in (302, 403)


def test_what_was_never_sent__says_so(newsroom, campaign):
    response = newsroom.as_(newsroom.editor).get(reverse(EXPORT), {"page": campaign.pk})

    assert "Not sent for translation yet" in response.content.decode()


def test_without_a_choice__campaigns_are_offered_and_the_import(translator, campaign, russian):
    html = translator.get(reverse(EXPORT)).content.decode()

    assert f"?page={campaign.pk}&amp;members=1" in html
    assert reverse(IMPORT) in html


def test_menus__lead_here(newsroom, translator, campaign, russian):
    home = translator.get(reverse("wagtailadmin_home")).content.decode()
    page = newsroom.as_(newsroom.editor).get(reverse("wagtailadmin_explore", args=[campaign.pk]))

    assert reverse(EXPORT) in home
    assert f"{reverse(EXPORT)}?page={campaign.pk}&amp;members=1" in page.content.decode()


def test_export__of_200_strings_takes_few_queries(newsroom, campaign, russian, django_assert_max_num_queries):
    for segment in add_strings(russian, [f"Sentence number {number}." for number in range(200)]):
        word(russian, segment, "Предложение")
    client = newsroom.as_(newsroom.translators["ru"])
    client.get(reverse(EXPORT))

    with django_assert_max_num_queries(16):
        response = export(client, page=campaign.pk)

    assert unzipped(response)["ru/campaign-world-day.ru.xlf"].count(b"<trans-unit") > 200


# The buttons of wagtail-localize's editor.


def po_url(translation: Translation, name: str = "upload") -> str:
    return reverse(f"wagtail_localize:{name}_pofile", args=[translation.pk])


def test_po_download__names_the_state(translator, russian):
    segment = russian.source.stringsegment_set.get(context__path="title")
    word(russian, segment, "День")
    Unit.objects.create(
        object_key=russian.source.object_id,
        locale=russian.target_locale,
        path="title",
        path_id=segment.context.path_id,
        string_hash=segment.string.data_hash,
        unsure_from="PO",
        unsure_since=timezone.now(),
    )

    po = polib.pofile(translator.get(po_url(russian, "download")).content.decode())

    assert [entry.msgstr for entry in po if entry.fuzzy] == ["День"]
    assert po.metadata["X-WagtailLocalize-TranslationID"] == str(russian.uuid)


def test_po_upload__with_fuzzy_entries_leaves_them_to_be_looked_at(translator, russian):
    def fuzzily(entry: polib.POEntry) -> None:
        entry.msgstr = f"{entry.msgid} [ru]"
        entry.flags = ["fuzzy"] if entry.msgid == "Ask." else []

    shown = upload(translator, po_of(russian, fuzzily), "ru.po", po_url(russian))
    response = apply(translator, shown)

    assert wordings() == {"World Day": "World Day [ru]", "Ask.": "Ask. [ru]"}
    assert Unit.objects.unsure().get().path == "introduction"
    assert "needs review" in response.content.decode()


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda po: po.replace(b"msgctxt", b"#. msgctxt"), "keep its header"),
        (lambda po: po[: len(po) // 2], "incomplete"),
        (lambda po: b"no po", "damaged"),
        (lambda po: po.decode().encode("utf-16-le"), "not in UTF-8"),
    ],
)
def test_po_upload__that_is_no_good_imports_nothing(translator, russian, change, line):
    content = po_of(russian, lambda entry: setattr(entry, "msgstr", "x"))

    response = upload(translator, change(content), "ru.po", po_url(russian))

    assert line in response.content.decode()
    assert not StringTranslation.objects.exists()


def test_po_upload__of_another_translation_is_refused(newsroom, translator, russian, site):
    quote = factories.QuoteFactory()
    [other] = newsroom.send(quote, "ru")

    response = upload(translator, file_of(other, "po"), "ru.po", po_url(russian))

    assert "belongs to another translation" in response.content.decode()


def test_po_buttons__are_refused_in_another_language(newsroom, campaign, russian):
    tajik = newsroom.as_(newsroom.translators["tg"])
    file = SimpleUploadedFile("ru.po", po_of(russian, lambda entry: setattr(entry, "msgstr", "x")))

    assert tajik.post(po_url(russian), {"file": file}).status_code in (302, 403)
    assert tajik.get(po_url(russian, "download")).status_code in (302, 403)
    assert not StringTranslation.objects.exists()
    assert target_of(translation_into(campaign, "ru")) is not None
