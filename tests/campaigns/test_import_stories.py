"""The command, from a file to the reader."""

import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from campaigns.models import ImportedStory, ImportStatus, NewsPage, Person, Place, Quote
from core.findings import PublishBlocked
from tests import factories

MENU = "-\nOur Work\nOur WorkAs in every year the teams are at work in four towns.\nAbout\nAbout\n- Take Action\n"
WORDS = "We came to learn, and we go home with work to do"
ENGLISH = (
    "{head}Forty-three young people met under the Blue Lamp Day (BLD) campaign, and on the Day of the Young.\n"
    "They learnt with the Office for Roads (OFR) how the Safe Roads and Return Project helps, and with the XYZ.\n"
    "- light the lamp\n- read <the> name\n"
    f"“{WORDS},” said the Head of the Office in Khujand, Mr. Karim Nazarov, who had come by bus.\n"
)
RUSSIAN = (
    "{head}Сорок три человека встретились в рамках Дня синей лампы и Дня молодых.\n"
    "Проект «Безопасные дороги и возвращение домой» и Управление дорог помогли им.\n"
    "«Мы приехали учиться и уезжаем с делом», — сказала координатор проекта Анна Берг.\n"
)
TAJIK = (
    "{head}Чилу се нафар дар доираи Рӯзи чароғи кабуд ва Рӯзи ҷавонон ҷамъ омаданд.\n"
    "Лоиҳаи «Роҳҳои бехатар ва бозгашт ба хона» ба онҳо ёрӣ дод.\n"
    "«Мо барои омӯхтан омадем ва бо кор ба хона меравем», – гуфт роҳбари дафтар Карим Назаров.\n"
)


@pytest.fixture
def lamp_day(site):
    page = factories.CampaignPageFactory(
        parent=site.campaign_index, title="Blue Lamp Day", short_name="BLD", hashtags="#LightALamp"
    )
    factories.EditionPageFactory(parent=page, year=2023, global_theme="Nobody Walks Home Alone Again")
    factories.EditionPageFactory(parent=page, year=2024)
    _translate(page, site, "ru", "День синей лампы")
    _translate(page, site, "tg", "Рӯзи чароғи кабуд")
    return page


@pytest.fixture
def youth_day(site):
    page = factories.CampaignPageFactory(parent=site.campaign_index, title="Day of the Young", short_name="DOY")
    factories.EditionPageFactory(parent=page, year=2024, starts_on=datetime.date(2024, 8, 12))
    _translate(page, site, "ru", "День молодых")
    _translate(page, site, "tg", "Рӯзи ҷавонон")
    return page


@pytest.fixture
def project(site):
    section = factories.SectionPageFactory(parent=site.home)
    page = factories.ProjectPageFactory(parent=section, title="Safe Roads and Return Project", acronym="SRR")
    for code, title in (
        ("ru", "Проект «Безопасные дороги и возвращение домой»"),
        ("tg", "Лоиҳаи «Роҳҳои бехатар ва бозгашт ба хона»"),
    ):
        parent = factories.SectionPageFactory(parent=site.homes[code], translation_key=section.translation_key)
        factories.ProjectPageFactory(parent=parent, translation_key=page.translation_key, title=title)
    return page


@pytest.fixture
def partner(site):
    organisation = factories.OrganisationFactory(name="Office for Roads", acronym="OFR")
    factories.OrganisationFactory(
        name="Управление дорог", locale="ru", translation_key=organisation.translation_key
    )
    return organisation


@pytest.fixture
def known(lamp_day, youth_day, project, partner):
    return lamp_day, youth_day, project, partner


def _translate(page, site, code, title):
    factories.CampaignPageFactory(
        parent=site.campaign_indexes[code], translation_key=page.translation_key, title=title, short_name=""
    )


@pytest.fixture
def write(tmp_path):
    def _write(body, name="story.txt", title="Lanterns over the River", menu=MENU):
        path = tmp_path / name
        path.write_text(f"{menu}{title}\n{body}", encoding="utf-8")
        return path

    return _write


def run(*paths, **options):
    out, err = StringIO(), StringIO()
    call_command("import_stories", *map(str, paths), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def keys(ties, name):
    return [getattr(tie, name).translation_key for tie in ties.all()]


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
    assert (quote.live, quote.source, quote.date, quote.who_speaks) == (False, page, date, "official")
    assert quote.speaker.name in ("Karim Nazarov", "Анна Берг", "Карим Назаров")
    assert not quote.speaker.live
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

    page.get_latest_revision().publish()

    for address in (*addresses, in_edition):
        html = client.get(address).content.decode()
        assert page.title in html
        assert words in html
    assert page.title not in client.get(too_early).content.decode()
    html = client.get(page.url).content.decode()
    assert html.count(words) == 1
    assert Person.objects.get().live
    assert Place.objects.get().live


def test_import_stories__body_keeps_text_list_and_quote_apart(known, write):
    run(write(ENGLISH.format(head="Almaty - ")))
    text, voices = NewsPage.objects.get().body
    assert text.value.source.count("<p>") == 2
    assert "<ul><li>light the lamp</li><li>read &lt;the&gt; name</li></ul>" in text.value.source
    assert (voices.block_type, list(voices.value["picks"])) == ("voices", [Quote.objects.get()])


def test_import_stories__quote_amid_other_words_stays_in_the_text(known, write):
    run(write(f"Almaty - It rained all day on the Day of the Young. “{WORDS},” said Anna Berg, lawyer.\n"))
    [text] = NewsPage.objects.get().body
    assert WORDS in text.value.source
    assert Quote.objects.get().text == f"{WORDS}."


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
    assert "nobody is named who said it" in out


def test_import_stories__reuses_people_and_places_of_the_same_name(known, write):
    place = factories.PlaceFactory(name="Romit", country="Tajikistan")
    factories.PlaceFactory(name="Romit", country="Elsewhere")
    person = factories.PersonFactory(name="Karim Nazarov")
    run(write(ENGLISH.format(head="Romit, Tajikistan, August 16, 2024 - ")))
    assert NewsPage.objects.get().places.get().place == place
    assert Quote.objects.get().speaker == person
    assert (Place.objects.count(), Person.objects.count()) == (2, 1)


@pytest.mark.parametrize(
    "sentence",
    [
        "They lit a lamp and wrote #LightALamp on the wall of the old mill by the river.",
        "The theme was “Nobody Walks Home Alone Again”, and they walked home together.",
        "It was the BLD, and the mill by the river was full of people from the town.",
        "It was the BLUE LAMP DAY, and the mill by the river was full of people.",
        "В тот день шла подготовка ко Дню синей лампы, и вся улица была в огнях.",
    ],
)
def test_import_stories__campaign_by_hashtag_theme_acronym_or_another_language(lamp_day, write, sentence):
    run(write(f"Almaty - {sentence}\n"))
    assert keys(NewsPage.objects.get().campaign_ties, "campaign") == [lamp_day.translation_key]


@pytest.mark.parametrize("sentence", ["A bld of stones fell.", "The BLDX met.", "The blue lamp daylight came."])
def test_import_stories__similar_words_are_no_campaign(lamp_day, write, sentence):
    out, _err = run(write(f"Almaty - {sentence} And so the mill by the river was full of people.\n"))
    assert not NewsPage.objects.get().campaign_ties.exists()
    assert "No campaign and no topic" in out


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
        "Acronyms that nothing here has: XYZ",
        "6 lines before the title",
        "“Share”",
        "who had come by bus",
    ):
        assert part in out
    assert err == ""


def test_import_stories__dry_run_reports_and_writes_nothing(known, write):
    out, _err = run(write(ENGLISH.format(head="Almaty - ")), dry_run=True)
    assert "would be imported" in out
    for model in (NewsPage, Quote, Person, Place, ImportedStory):
        assert not model.objects.exists()


def test_import_stories__second_run_does_nothing(known, write):
    path = write(ENGLISH.format(head="Almaty - "))
    run(path)
    page, entry = NewsPage.objects.get(), ImportedStory.objects.get()
    out, _err = run(path)
    assert "unchanged" in out
    assert ImportedStory.objects.get().changed_at == entry.changed_at
    assert NewsPage.objects.get().latest_revision_id == page.latest_revision_id
    assert (Quote.objects.count(), Place.objects.count(), page.revisions.count()) == (1, 1, 1)


def test_import_stories__same_content_from_another_file_is_unchanged(known, write):
    body = ENGLISH.format(head="Almaty - ")
    run(write(body, "a.txt"))
    out, _err = run(write(body, "b.txt"))
    assert "a.txt" in out
    assert NewsPage.objects.count() == 1


def test_import_stories__same_file_in_another_language_is_another_story(known, write):
    run(write(ENGLISH.format(head="Almaty - ")))
    run(write("Almaty - They met on the Day of the Young in the town.\n", title="Фонари над рекой"), locale="ru")
    assert NewsPage.objects.count() == 2


def test_import_stories__changed_file_updates_an_untouched_draft(known, write):
    run(write(ENGLISH.format(head="Almaty - ")))
    before = NewsPage.objects.get()
    path = write(
        "Geneva – They met on the Day of the Young in the town.\n“Now we go home,” said Anna Berg, lawyer.\n"
    )
    out, _err = run(path)
    page = NewsPage.objects.get()
    assert "updated" in out
    assert (page.pk, page.slug, page.live) == (before.pk, before.slug, False)
    assert page.places.get().place.name == "Geneva"
    assert page.campaign_ties.count() == 1
    assert Quote.objects.get().text == "We go home."
    assert page.latest_revision.as_object().places.get().place.name == "Geneva"
    entry = ImportedStory.objects.get()
    assert (entry.status, entry.revision_id) == (ImportStatus.UPDATED, page.latest_revision_id)
    assert "unchanged" in run(path)[0]


def _edit(page):
    page.title = "By an editor"
    page.save_revision()


def _publish(page):
    page.get_latest_revision().publish()


def _edit_quote(page):
    Quote.objects.get().save_revision()


def _translate_story(page):
    ru = page.get_parent().specific.get_translations().get(locale__language_code="ru")
    factories.NewsPageFactory(parent=ru, translation_key=page.translation_key, live=False)


@pytest.mark.parametrize(
    ("touch", "reason"),
    [
        (_edit, "has been edited"),
        (_publish, "has been published"),
        (_edit_quote, "a quote of it has been edited"),
        (_translate_story, "has been translated"),
        (lambda page: page.delete(), "was deleted"),
    ],
    ids=["edited", "published", "quote edited", "translated", "deleted"],
)
def test_import_stories__changed_file_leaves_a_touched_page_alone(known, write, touch, reason):
    run(write(ENGLISH.format(head="Romit, 16 August 2024 – ")))
    touch(NewsPage.objects.get())
    changed = write("Geneva – They met on the Day of the Young in the town.\n")
    for _again in range(2):
        out, _err = run(changed)
        assert "skipped" in out
        assert reason in out
    assert not Place.objects.filter(name="Geneva").exists()
    entry = ImportedStory.objects.get()
    assert entry.status == ImportStatus.SKIPPED
    assert reason in entry.reason


def test_import_stories__deleted_page_does_not_come_back(known, write):
    path = write(ENGLISH.format(head="Almaty - "))
    run(path)
    NewsPage.objects.get().delete()
    out, _err = run(path)
    assert "its page was deleted" in out
    assert not NewsPage.objects.exists()


def test_import_stories__one_bad_file_does_not_stop_the_others(known, write, tmp_path):
    write(ENGLISH.format(head="Almaty - "), "a.txt")
    (tmp_path / "b.txt").write_bytes("Заголовок\nДушанбе – Текст.".encode("cp1251"))
    (tmp_path / "c.txt").write_bytes(b"")
    write("Geneva – They met on the Day of the Young in the town.\n", "d.txt", title="Another Story")
    (tmp_path / "notes.md").write_text("not a story")
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError, match="2 of 4 files") as failure:
        call_command("import_stories", str(tmp_path), stdout=out, stderr=err)
    assert failure.value.returncode == 1
    assert [line.split(": ")[1] for line in err.getvalue().splitlines()] == ["wrong encoding", "empty"]
    assert {page.title for page in NewsPage.objects.all()} == {"Lanterns over the River", "Another Story"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "binary"),
        ("Заголовок\nТекст".encode("cp1251"), "wrong encoding"),
        (b"Almaty - There is no title over this dateline, and so it is no story at all.", "no title"),
        (b"x" * 50_000_000, "too large"),
    ],
    ids=["empty", "binary", "wrong encoding", "no title", "50 MB"],
)
def test_import_stories__bad_input_is_one_clear_line(site, tmp_path, content, words):
    path = tmp_path / "story.txt"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=words) as failure:
        run(path)
    assert "\n" not in str(failure.value)
    assert not NewsPage.objects.exists()
    assert not ImportedStory.objects.exists()


def test_import_stories__what_cannot_be_saved_changes_nothing(known, write):
    title = "داستان رودخانه"
    with pytest.raises(CommandError, match=r"story\.txt: "):
        run(write(ENGLISH.format(head="Almaty - "), title=title, menu=""))
    for model in (NewsPage, Quote, Person, Place, ImportedStory):
        assert not model.objects.exists()


def test_import_stories__unknown_language_and_missing_list_of_news(site, tmp_path):
    with pytest.raises(CommandError, match="no language “xx”"):
        run(tmp_path, locale="xx")
    site.news_indexes["ru"].delete()
    with pytest.raises(CommandError, match="no list of news in “ru”"):
        run(tmp_path, locale="ru")


def test_import_stories__folder_without_stories(site, tmp_path):
    with pytest.raises(CommandError, match=r"no \*\.txt"):
        run(tmp_path)


def test_import_stories__queries_do_not_grow_with_the_names(known, write, django_assert_max_num_queries):
    path = write(ENGLISH.format(head="Almaty - "))
    for number in range(40):
        factories.OrganisationFactory(name=f"Invented Office {number}")
        factories.TopicFactory(name=f"Invented topic {number}")
    with django_assert_max_num_queries(12):
        run(path, dry_run=True)


REAL_STORY = Path(__file__).parents[3] / "shared" / "story.txt"


@pytest.mark.skipif(not REAL_STORY.exists(), reason="the story taken from the web is not beside this checkout")
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
    assert Quote.objects.get().who_speaks == "official"

    page.get_latest_revision().publish()

    for campaign in days:
        edition, later = campaign.get_children().order_by("slug")
        for address in (campaign.url, edition.url):
            html = client.get(address).content.decode()
            assert page.title in html
            assert "a safer environment" in html
            assert "Chief of the IOM Mission in Tajikistan" in html
        assert page.title not in client.get(later.url).content.decode()
