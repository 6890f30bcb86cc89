"""The import proposes who speaks; an editor decides."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from campaigns.importer.reader import read_story
from campaigns.importer.roles import official_words
from campaigns.models import ImportedQuote, NewsPage, Person, Quote
from core.findings import PublishBlocked
from tests import factories
from tests.campaigns.importing import WORDS, run
from tests.campaigns.test_gate_snippets import quote_data

pytestmark = pytest.mark.django_db

FAMILY = """Глава многодетной семьи рассказал о дороге домой
Бохтар, Таджикистан, 3 мая 2025 года – Горячая линия приняла звонок.
«Меня продали на стройку, и паспорт остался у бригадира», – рассказал Рустам Каримов, глава многодетной семьи.
Консультант записал адрес.
"""
EN = "Almaty, 1 May 2024 - They met on the Day of the Young in the town.\n“" + WORDS + ",” said {who}.\n"
RU = "Алматы, 3 мая 2025 года – Был праздник.\n«Мы приехали учиться и уезжаем с делом», – сказал {who}.\n"
TG = "Хуҷанд, 3 майи соли 2025 – Онҳо ҷамъ омаданд.\n«Мо барои омӯхтан омадем ва меравем», – гуфт {who}.\n"
FA = "چراغ‌ها\nکابل، ۳ می ۲۰۲۵ – آنها گرد آمدند.\n«ما برای آموختن آمدیم و با کار به خانه می‌رویم»، {who} گفت.\n"


@pytest.fixture
def editor(client, site):
    user = factories.UserFactory(is_superuser=True)
    client.force_login(user)
    return user


def edit_url(quote: Quote) -> str:
    return reverse(Quote.snippet_viewset.get_url_name("edit"), args=[quote.pk])


def test_import__a_private_person_taken_for_an_official_stays_unknown(known, write, tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(FAMILY, encoding="utf-8")
    run(path, locale="ru")
    quote = Quote.objects.get()

    assert (quote.who_speaks, quote.speaker, quote.role) == ("", None, "глава многодетной семьи")
    assert (quote.imported.name, quote.imported.proposed) == ("Рустам Каримов", "")
    with pytest.raises(PublishBlocked):
        NewsPage.objects.get().get_latest_revision().publish()
    with pytest.raises(PublishBlocked):
        quote.get_latest_revision().publish()
    assert not NewsPage.objects.filter(live=True).exists()


@pytest.mark.parametrize(
    ("locale", "story", "who", "proposed"),
    [
        ("en", EN, "Rustam Karimov, the ambassador’s driver", ""),
        ("en", EN, "Rustam Karimov, driver of the ambassador", ""),
        ("en", EN, "Rustam Karimov, head of a large family", ""),
        ("en", EN, "Rustam Karimov, Deputy Minister of Labour", "official"),
        ("en", EN, "Rustam Karimov, Head of the Office", "official"),
        ("ru", RU, "Рустам Каримов, водитель посла", ""),
        ("ru", RU, "Рустам Каримов, главный бухгалтер рынка", ""),
        ("ru", RU, "Рустам Каримов, председатель совета семей", ""),
        ("ru", RU, "Рустам Каримов, министр труда", "official"),
        ("tg", TG, "Рустам Каримов, ронандаи сафир", ""),
        ("tg", TG, "Рустам Каримов, раиси оилаи серфарзанд", ""),
        ("tg", TG, "Рустам Каримов, раиси кумита", "official"),
    ],
)
def test_import__nobody_is_an_official_until_an_editor_says_so(known, write, locale, story, who, proposed):
    out, _err = run(write(story.format(who=who)), locale=locale)
    quote = Quote.objects.get()

    assert (quote.who_speaks, quote.speaker, quote.imported.proposed) == ("", None, proposed)
    assert bool(quote.imported.words) == bool(proposed)
    assert ("proposed: public official (by the words" in out) == bool(proposed)
    assert not Person.objects.exists()
    with pytest.raises(PublishBlocked):
        quote.get_latest_revision().publish()


@pytest.mark.parametrize("who", ["رستم کریمی، سرپرست خانواده", "رستم کریمی، راننده سفیر", "رستم کریمی، وزیر کار"])
def test_import__in_dari_nobody_is_an_official_either(who):
    assert official_words(who.partition("، ")[2]) == ""
    assert not [quote for quote in read_story(FA.format(who=who)).quotes if quote.speaker.known]


@pytest.mark.parametrize(
    ("known_as", "role"),
    [
        ("Рустам Каримов", "министр труда"),
        ("Rustam Karimov", "Minister of Labour"),
        ("Рустам Каримов", "водитель"),
        ("رستم کریمی", "راننده"),
    ],
    ids=["another role", "another script", "exactly the same", "Dari"],
)
def test_import__a_person_of_the_same_name_is_shown_and_not_chosen(known, write, client, editor, known_as, role):
    person = factories.PersonFactory(name=known_as, role=role)
    name = known_as if known_as.startswith("ر") else "Рустам Каримов"
    run(write(RU.format(who="Рустам Каримов, водитель")), locale="ru")
    quote = Quote.objects.get()
    ImportedQuote.objects.update(name=name)
    html = client.get(edit_url(quote)).content.decode()

    assert quote.speaker is None
    assert quote.get_latest_revision().content["speaker"] is None
    assert "Proposed by the import" in html
    assert f"{known_as}</a> – {role}" in " ".join(html.split())
    assert reverse(Person.snippet_viewset.get_url_name("edit"), args=[person.pk]) in html


def test_import__two_people_of_one_name_are_both_shown(known, write, client, editor):
    factories.PersonFactory(name="Rustam Karimov", role="driver")
    factories.PersonFactory(name="Rustam Karimov", role="Minister of Labour")
    factories.PersonFactory(name="Zarina Karimova", role="nurse")
    run(write(EN.format(who="Mr. Rustam Karimov, Head of the Office")))
    html = " ".join(client.get(edit_url(Quote.objects.get())).content.decode().split())

    assert "Mr. Rustam Karimov" in html
    assert "Karimov</a> – driver" in html
    assert "Karimov</a> – Minister of Labour" in html
    assert "nurse" not in html
    assert "speaking in public (from “Head of the Office”)" in html


def test_editor__decides_and_the_proposal_is_gone(known, write, client, editor):
    run(write(EN.format(who="Rustam Karimov, Head of the Office")))
    quote = Quote.objects.get()
    chosen = factories.PersonFactory(name="Rustam Karimov")
    data = quote_data(quote, role="Head of the Office", consent_reference="", consent_scope="")

    refused = client.post(edit_url(quote), {**data, "action-publish": "1"})
    decided = {**data, "who_speaks": "official", "speaker": chosen.pk}
    client.post(edit_url(quote), {**decided, "action-publish": "1"})
    quote.refresh_from_db()

    assert "The quote has no kind of speaker." in refused.context["form"].errors["who_speaks"][0]
    assert (quote.live, quote.who_speaks, quote.speaker) == (True, "official", chosen)
    assert (quote.imported.decided_by, quote.imported.name) == (editor, "")
    assert "Proposed by the import" not in client.get(edit_url(quote)).content.decode()


def test_editor__a_preview_decides_nothing(known, write, client, editor):
    run(write(EN.format(who="Rustam Karimov, Head of the Office")))
    quote = Quote.objects.get()
    preview = reverse(Quote.snippet_viewset.get_url_name("preview_on_edit"), args=[quote.pk])

    client.post(preview, quote_data(quote, who_speaks="official", consent_reference="", consent_scope=""))
    client.get(preview)

    assert ImportedQuote.objects.get().decided_at is None
    assert Quote.objects.get().who_speaks == ""


def test_withdrawal__takes_the_name_in_the_text_as_well(known, write):
    run(write(EN.format(who="Rustam Karimov, Head of the Office")))
    quote = Quote.objects.get()

    call_command("withdraw_consent", "campaigns.quote", str(quote.pk), reason="By letter", stdout=StringIO())

    assert ImportedQuote.objects.filter(name="", words="").exists()
