"""The command, from a file to the reader."""

import datetime

import pytest

from campaigns.models import NewsPage, Person, Place, Quote
from core.findings import PublishBlocked
from tests import factories
from tests.campaigns.importing import (
    ENGLISH,
    REAL_STORY,
    RUSSIAN,
    TAJIK,
    WORDS,
    keys,
    needs_real_story,
    run,
    say_who_speaks,
)


@pytest.mark.parametrize(
    ("locale", "body", "head", "places", "date"),
    [
        ("en", ENGLISH, "Romit, Tajikistan, August 16, 2024 - ", [("Romit", "Tajikistan")], (2024, 8, 16)),
        ("en", ENGLISH, "Bishkek/Astana, 30 May 2025 – ", [("Bishkek", ""), ("Astana", "")], (2025, 5, 30)),
        ("en", ENGLISH, "Almaty - ", [("Almaty", "")], None),
        ("en", ENGLISH, "Geneva – ", [("Geneva", "")], None),
        ("en", ENGLISH, "Dushanbe, 31.03.2016. (Agency) – ", [("Dushanbe", "")], (2016, 3, 31)),
        ("en", ENGLISH, "Kyiv – It was yesterday, 14 June 2023. ", [("Kyiv", "")], (2023, 6, 14)),
        ("ru", RUSSIAN, "Душанбе, 16 августа 2024 г. – ", [("Душанбе", "")], (2024, 8, 16)),
        ("tg", TAJIK, "Хуҷанд, 16 августи соли 2024 – ", [("Хуҷанд", "")], (2024, 8, 16)),
    ],
)
def test_import_stories__every_dateline_becomes_a_draft_with_its_ties(
    site, known, write, locale, body, head, places, date
):
    lamp_day, youth_day, project, partner = known
    date = date and datetime.date(*date)
    run(write(body.format(head=head)), locale=locale)

    page = NewsPage.objects.get()
    assert (page.live, page.locale.language_code, page.title) == (False, locale, "Lanterns over the River")
    assert page.get_parent().specific == site.news_indexes[locale]
    assert [(tie.place.name, tie.place.country) for tie in page.places.all()] == places
    assert page.dateline_date == date
    assert keys(page.campaign_ties, "campaign") == [lamp_day.translation_key, youth_day.translation_key]
    assert {tie.campaign.locale.language_code for tie in page.campaign_ties.all()} == {locale}
    assert keys(page.project_ties, "project") == [project.translation_key]
    assert keys(page.partner_ties, "organisation") == ([] if locale == "tg" else [partner.translation_key])
    quote = Quote.objects.get()
    assert (quote.live, quote.source, quote.date) == (False, page, date)
    assert (quote.who_speaks, quote.speaker, quote.imported.proposed) == ("", None, "official")
    assert quote.imported.name in ("Mr. Karim Nazarov", "Анна Берг", "Карим Назаров")
    assert not Person.objects.exists()
    assert not page.latest_revision.as_object().live


@pytest.mark.parametrize(
    ("locale", "body", "head", "words"),
    [
        ("en", ENGLISH, "Romit, Tajikistan, August 16, 2024 - ", WORDS),
        ("ru", RUSSIAN, "Ромит, Таджикистан, 16.08.2024 г. — ", "Мы приехали учиться и уезжаем с делом"),
        ("tg", TAJIK, "Ромит, 16 августи соли 2024 – ", "Мо барои омӯхтан омадем ва бо кор ба хона меравем"),
    ],
)
def test_import_stories__published_it_stands_on_both_campaigns_in_the_right_edition(
    site, known, write, client, locale, body, head, words
):
    lamp_day, youth_day, *_rest = known
    run(write(body.format(head=head)), locale=locale)
    page = NewsPage.objects.get()
    addresses = [page.get_translation(site.locales[locale]).url for page in (lamp_day, youth_day)]
    in_edition = lamp_day.get_children().get(slug="2024").url
    too_early = lamp_day.get_children().get(slug="2023").url
    for address in (*addresses, in_edition):
        assert words not in client.get(address).content.decode()

    say_who_speaks(speaker=factories.PersonFactory(locale=locale, live=False))
    page.get_latest_revision().publish()

    for address in (*addresses, in_edition):
        html = client.get(address).content.decode()
        assert page.title in html
        assert words in html
    assert page.title not in client.get(too_early).content.decode()
    _head, _tag, main = client.get(page.url).content.decode().partition("<main")
    assert main.count(words) == 1
    assert Person.objects.get().live
    assert Place.objects.get().live


def test_import_stories__body_keeps_text_list_and_quote_apart(known, write):
    run(write(ENGLISH.format(head="Almaty - ")))
    text, voices = NewsPage.objects.get().body
    assert text.value.source.count("<p>") == 2
    assert "<ul><li>light the lamp</li><li>read &lt;the&gt; name</li></ul>" in text.value.source
    assert (voices.block_type, list(voices.value["picks"])) == ("voices", [Quote.objects.get()])


def test_import_stories__quote_amid_other_words_leaves_the_text(known, write):
    said = f"“{WORDS},” said Anna Berg, lawyer, who had come by bus."
    out, _err = run(write(f"Almaty - {said} It rained all day. “{WORDS} again,” she added. They sang.\n"))
    page = NewsPage.objects.get()
    blocks = [(block.block_type, block.value) for block in page.body]
    assert [name for name, _value in blocks] == ["voices", "rich_text", "voices", "rich_text"]
    assert [list(value["picks"]) for name, value in blocks if name == "voices"] == [
        [Quote.objects.get(text=f"{WORDS}.")],
        [Quote.objects.get(text=f"{WORDS} again.")],
    ]
    assert all(value["only_picked"] for name, value in blocks if name == "voices")
    assert [value.source for name, value in blocks if name == "rich_text"] == [
        "<p>It rained all day.</p>",
        "<p>They sang.</p>",
    ]
    assert page.summary == "It rained all day."
    assert "who had come by bus" in out


def test_import_stories__withdrawn_quote_leaves_no_word_on_the_page(known, write, client):
    said = f"“{WORDS},” said Karim Nazarov, Head of the Office."
    run(write(f"Almaty, 1 May 2024 - It rained on the Day of the Young. {said} They sang.\n"))
    page, quote = NewsPage.objects.get(), Quote.objects.get()
    say_who_speaks(speaker=factories.PersonFactory(name="Karim Nazarov"))
    page.get_latest_revision().publish()
    assert "Karim Nazarov" in client.get(page.url).content.decode()
    assert WORDS in client.get(page.url).content.decode()
    quote.refresh_from_db()
    quote.consent_withdrawn = datetime.date(2024, 1, 1)
    quote.save(update_fields=["consent_withdrawn"])
    html = client.get(page.url).content.decode()
    assert WORDS not in html
    assert "Karim Nazarov" not in html
    assert "They sang." in html


@pytest.mark.parametrize(
    "said",
    [
        f"“{WORDS},” said Zarina, 16, a camp participant.",
        f"“{WORDS},” said Zarina (16), director of the club.",
        f"“{WORDS},” said 16-year-old camp participant Zarina.",
        f"“{WORDS},” said a camp participant aged 16.",
        f"“{WORDS},” said Zarina, coordinator of the club, who is 16.",
        f"«{WORDS}», — сказала Зарина, 16 лет, участница лагеря.",
        f"«{WORDS}», — сказала участница лагеря Зарина, 16 лет.",
        f"«{WORDS}», — сказала 16-летняя участница лагеря Зарина.",
        f"«{WORDS}», – гуфт Зарина, 16 сола, иштирокчии лагер.",
    ],
)
def test_import_stories__minor_is_never_in_office_and_the_age_is_only_reported(known, write, said):
    out, _err = run(write(f"Almaty - They met on the Day of the Young in the town. {said}\n"))
    page, quote = NewsPage.objects.get(), Quote.objects.get()
    assert (quote.who_speaks, quote.imported.proposed, quote.imported.words) == ("", "minor", "")
    assert "16" not in quote.imported.name
    assert "16" not in f"{quote.text} {quote.role} {quote.speaker}"
    assert "16" not in "".join(block.value.source for block in page.body if block.block_type == "rich_text")
    assert "a minor of 16" in out


def test_import_stories__ordinary_person_must_be_asked_before_publishing(known, write):
    run(write(f"Almaty - They met on the Day of the Young in the town.\n“{WORDS},” said a camp participant.\n"))
    page, quote = NewsPage.objects.get(), Quote.objects.get()
    assert (quote.speaker, quote.role, quote.who_speaks) == (None, "camp participant", "")
    assert not Person.objects.exists()
    with pytest.raises(PublishBlocked):
        page.get_latest_revision().publish()
    assert not NewsPage.objects.filter(live=True).exists()


def test_import_stories__quote_without_a_speaker_is_reported_and_not_made(known, write):
    out, _err = run(write(f"Almaty - They met on the Day of the Young in the town.\n“{WORDS}.”\nIt rained.\n"))
    assert not Quote.objects.exists()
    assert "no speaker is named: the words stay in the text and need consent" in out
    assert WORDS in NewsPage.objects.get().body[0].value.source


def test_import_stories__reuses_places_of_the_same_name_and_people_never(known, write):
    place = factories.PlaceFactory(name="Romit", country="Tajikistan")
    factories.PlaceFactory(name="Romit", country="Elsewhere")
    factories.PersonFactory(name="Karim Nazarov", role="Head of the Office in Khujand")
    run(write(ENGLISH.format(head="Romit, Tajikistan, August 16, 2024 - ")))
    assert NewsPage.objects.get().places.get().place == place
    assert Quote.objects.get().speaker is None
    assert (Place.objects.count(), Person.objects.count()) == (2, 1)


@pytest.mark.parametrize(
    "sentence",
    [
        "They lit a lamp and wrote #LightALamp on the wall of the old mill by the river.",
        "They lit a lamp and wrote #lightalamp on the wall of the old mill by the river.",
        "They lit a lamp and wrote #LIGHTALAMP2024 on the wall of the old mill by the river.",
        "They lit a lamp and wrote #BLD2024 on the wall of the old mill by the river.",
        "They lit a lamp and wrote #bld on the wall of the old mill by the river.",
        "The theme was “Nobody Walks Home Alone Again”, and they walked home together.",
        "It was the BLD, and the mill by the river was full of people from the town.",
        "It was the BLUE LAMP DAY, and the mill by the river was full of people.",
        "В тот день шла подготовка ко Дню синей лампы, и вся улица была в огнях.",
    ],
)
def test_import_stories__campaign_by_hashtag_theme_acronym_or_another_language(lamp_day, write, sentence):
    run(write(f"Almaty - {sentence}\n"), any_language=True)
    assert keys(NewsPage.objects.get().campaign_ties, "campaign") == [lamp_day.translation_key]


@pytest.mark.parametrize("sentence", ["A bld of stones fell.", "The BLDX met.", "The blue lamp daylight came."])
def test_import_stories__similar_words_are_no_campaign(lamp_day, write, sentence):
    out, _err = run(write(f"Almaty - {sentence} And so the mill by the river was full of people.\n"))
    assert not NewsPage.objects.get().campaign_ties.exists()
    assert "No campaign or topic" in out


def test_import_stories__longest_name_takes_the_words_of_shorter_ones(lamp_day, write):
    factories.TopicFactory(name="Blue lamp")
    topic = factories.TopicFactory(name="Old mills")
    run(write("Almaty - They met on Blue Lamp Day to speak of an old mill and of all old mills.\n"))
    assert keys(NewsPage.objects.get().topic_ties, "topic") == [topic.translation_key]


def test_import_stories__report_says_what_was_recognised_and_what_was_left(known, write):
    out, err = run(write(ENGLISH.format(head="Almaty - ") + "###\nShare\n"))
    for part in (
        "imported as a draft",
        "Lanterns over the River",
        "Almaty",
        "Blue Lamp Day; Day of the Young",
        "Safe Roads and Return Project",
        "Office for Roads",
        "Karim Nazarov, Head of the Office in Khujand",
        "No date found",
        "Unknown acronyms: XYZ",
        "6 lines before the title",
        "“Share”",
        "who had come by bus",
    ):
        assert part in out
    assert err == ""


def test_import_stories__report_counts_one_paragraph_as_one(known, write):
    out, _err = run(write("Almaty - They met on Blue Lamp Day to speak of the road that leads over the river.\n"))
    assert "1 paragraph\n" in out


def test_import_stories__doubtful_date_is_reported(known, write):
    out, _err = run(write(ENGLISH.format(head="Almaty, 08/05/2024 - ")))
    assert "“08/05/2024” was read as 8 May 2024: it may be the other way round" in out


def test_import_stories__queries_do_not_grow_with_the_names(known, write, django_assert_max_num_queries):
    path = write(ENGLISH.format(head="Almaty - "))
    for number in range(40):
        factories.OrganisationFactory(name=f"Invented Office {number}")
        factories.TopicFactory(name=f"Invented topic {number}")
    with django_assert_max_num_queries(12):
        run(path, dry_run=True)


@needs_real_story
def test_import_stories__a_page_of_the_old_site_stands_on_both_campaigns(site, client):
    names = ("World Day Against Trafficking in Persons", "International Youth Day")
    days = [
        factories.CampaignPageFactory(parent=site.campaign_index, title=name, short_name=short)
        for name, short in zip(names, ("WDATIP", "IYD"), strict=True)
    ]
    for page in days:
        factories.EditionPageFactory(parent=page, year=2024)
        factories.EditionPageFactory(parent=page, year=2025)
    factories.ProjectPageFactory(
        parent=factories.SectionPageFactory(parent=site.home),
        title="Safe Migration and Countering Trafficking in Persons Project",
    )
    run(REAL_STORY)
    page = NewsPage.objects.get()
    assert page.project_ties.count() == 1
    assert (Quote.objects.get().who_speaks, Quote.objects.get().imported.proposed) == ("", "official")
    say_who_speaks()

    page.get_latest_revision().publish()

    for campaign in days:
        edition, later = campaign.get_children().order_by("slug")
        for address in (campaign.url, edition.url):
            html = client.get(address).content.decode()
            assert page.title in html
            assert "a safer environment" in html
            assert "Chief of the IOM Mission in Tajikistan" in html
        assert page.title not in client.get(later.url).content.decode()
