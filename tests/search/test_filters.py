"""Filters with the number of results that each option leaves; one is a link that works without scripts."""

import datetime

from django.core.management import call_command

from core import work
from search import query
from search.models import Entry
from tests import factories
from tests.scenes import scene
from tests.search.asking import ask, suggested, titles


@scene
def lanterns(site):
    topic = factories.TopicFactory(name="Youth", slug="youth")
    campaign = factories.CampaignPageFactory(parent=site.campaign_index, title="A day", slug="a-day")
    rows = [("One", 2023, [campaign], []), ("Two", 2024, [campaign], [topic]), ("Three", 2024, [], [topic])]
    for name, year, campaigns, topics in rows:
        factories.NewsPageFactory(
            parent=site.news_index,
            title=f"Lanterns {name}",
            date=datetime.date(year, 5, 1),
            campaigns=campaigns,
            topics=topics,
        )
    factories.ContentPageFactory(parent=factories.SectionPageFactory(parent=site.home), title="Lanterns of ours")
    work.perform_due()


def options(client, **parameters) -> dict[str, list[str]]:
    filters = ask(client, "lanterns", **parameters).context["filters"]
    return {each.name: [str(label) for _value, label in each.options] for each in filters}


def test_filters__count_what_each_option_leaves(client, lanterns):
    assert options(client) == {
        "kind": ["Stories (3)", "Other pages (1)"],
        "campaign": ["A day (2)"],
        "topic": ["Youth (2)"],
        "year": ["2024 (2)", "2023 (1)"],
    }


def test_filters__count_with_the_other_filters(client, lanterns):
    found = options(client, year="2024")
    assert found["campaign"] == ["A day (1)"]
    assert found["year"] == ["2024 (2)", "2023 (1)"]


def test_filters__narrow_the_results(client, lanterns):
    assert titles(client, "lanterns", year="2024", campaign="a-day") == ["Lanterns Two"]
    assert titles(client, "lanterns", topic="youth") == ["Lanterns Three", "Lanterns Two"]
    assert titles(client, "lanterns", kind="page") == ["Lanterns of ours"]
    assert titles(client, "lanterns", kind="page", year="2023") == []
    assert len(titles(client, "lanterns", kind="unknown", topic="unknown", year="0")) == 4


def test_filters__are_kept_by_the_pager(client, site, committed):
    for n in range(20):
        factories.NewsPageFactory(parent=site.news_index, title=f"Lanterns {n}", date=datetime.date(2024, 1, 1))
    factories.NewsPageFactory(parent=site.news_index, title="Lanterns", date=datetime.date(2023, 1, 1))
    committed()
    response = ask(client, "lanterns", year="2024")
    assert "?q=lanterns&amp;year=2024&amp;page=2" in response.content.decode()
    assert len(titles(client, "lanterns", year="2024", page=2)) == 5


def test_translation__takes_the_ties_of_its_original(client, site, committed):
    topic = factories.TopicFactory(name="Youth", slug="youth")
    original = factories.NewsPageFactory(
        parent=site.news_index, title="Lanterns", topics=[topic], date=datetime.date(2020, 1, 1)
    )
    factories.NewsPageFactory(
        parent=site.news_indexes["ru"],
        title="Фонари",
        translation_key=original.translation_key,
        date=datetime.date(2024, 1, 1),
    )
    committed()
    assert titles(client, "фонарь", "ru", topic="youth", year="2020") == ["Фонари"]


def test_suggestions__are_words_and_titles(client, lanterns):
    names = ["Lanterns of ours", "Lanterns Three", "Lanterns Two", "Lanterns One"]
    assert suggested(client, "lant") == ["lanterns", *names]
    assert suggested(client, "lanterns th") == ["Lanterns Three"]
    assert suggested(client, "la") == []


def test_suggestions__fold_letters(client, site, committed):
    factories.NewsPageFactory(parent=site.news_indexes["tg"], title="Муҳоҷират ва ҷавонон")
    committed()
    assert suggested(client, "мух", "tg") == ["муҳоҷират", "Муҳоҷират ва ҷавонон"]
    assert suggested(client, "ЧАВ", "tg") == ["ҷавонон", "Муҳоҷират ва ҷавонон"]


def test_rebuild__writes_all_of_it_anew(client, lanterns, capsys):
    Entry.objects.all().delete()
    assert titles(client, "lanterns") == []
    assert suggested(client, "lant") == []
    call_command("rebuild_search")
    assert len(titles(client, "lanterns")) == 4
    assert suggested(client, "lant")[0] == "lanterns"
    assert "pages for readers" in capsys.readouterr().out


def test_filters__write_all_digits_as_the_language_does(client, site, committed):
    index = site.news_indexes["fa-af"]
    for n, year in enumerate((2023, 2024, 2024)):
        factories.NewsPageFactory(parent=index, title="فانوس", slug=f"f{n}", date=datetime.date(year, 5, 1))
    factories.ContentPageFactory(
        parent=factories.SectionPageFactory(parent=site.homes["fa-af"]), title="فانوس دیگر", slug="other"
    )
    committed()
    page = ask(client, "فانوس", "fa-af")
    found = {each.name: [str(label) for _value, label in each.options] for each in page.context["filters"]}
    assert found["year"] == ["۲۰۲۴ (۲)", "۲۰۲۳ (۱)"]
    assert [label[-3:] for label in found["kind"]] == ["(۳)", "(۱)"]
    assert '<option value="2024"' in page.content.decode()


def test_many_results__are_the_newest_and_those_with_the_words_in_the_title(client, site, committed, monkeypatch):
    monkeypatch.setattr(query, "MOST", 3)
    for n in range(6):
        factories.NewsPageFactory(
            parent=site.news_index,
            title="Lanterns" if n == 0 else f"Number {n}",
            summary="Of lanterns",
            date=datetime.date(2015 + n, 5, 1),
        )
    committed()

    answer = ask(client, "lanterns")
    assert titles(client, "lanterns") == ["Lanterns", "Number 5", "Number 4"]
    assert "More than 3 pages found" in answer.text
    # Those of a year are found though they are not among the newest.
    assert titles(client, "lanterns", year="2016") == ["Number 1"]
    assert "1 page found" in ask(client, "lanterns", year="2016").text
    assert "2020 (1)" in options(client, year="2016")["year"]
