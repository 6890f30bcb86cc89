import datetime

import pytest

from tests import factories
from tests.becoming_public import NAME, WORDS
from tests.campaigns.importing import MENU
from tests.scenes import scene


@scene
def lamp_day(site):
    page = factories.CampaignPageFactory(
        parent=site.campaign_index, title="Blue Lamp Day", short_name="BLD", hashtags="#LightALamp"
    )
    factories.EditionPageFactory(parent=page, year=2023, global_theme="Nobody Walks Home Alone Again")
    factories.EditionPageFactory(parent=page, year=2024)
    _translate(page, site, "ru", "День синей лампы")
    _translate(page, site, "tg", "Рӯзи чароғи кабуд")
    return page


@scene
def youth_day(site):
    page = factories.CampaignPageFactory(parent=site.campaign_index, title="Day of the Young", short_name="DOY")
    factories.EditionPageFactory(parent=page, year=2024, starts_on=datetime.date(2024, 8, 12))
    _translate(page, site, "ru", "День молодых")
    _translate(page, site, "tg", "Рӯзи ҷавонон")
    return page


@scene
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


@scene
def partner(site):
    organisation = factories.OrganisationFactory(name="Office for Roads", acronym="OFR")
    factories.OrganisationFactory(
        name="Управление дорог", locale="ru", translation_key=organisation.translation_key
    )
    return organisation


@scene
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


@scene
def speaker(site):
    return factories.PersonFactory(live=False, name=NAME)


@scene
def story_of_somebody(site, speaker):
    """A draft with a quote of somebody who has not been public."""
    page = factories.NewsPageFactory(parent=site.news_index, live=False)
    factories.QuoteFactory(live=False, source=page, speaker=speaker, text=WORDS, who_speaks="survivor")
    page.save_revision()
    return page


@pytest.fixture
def file(tmp_path):
    def _file(*lines: str, name: str = "story.txt", encoding: str = "utf-8"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes("\n".join(lines).encode(encoding))
        return path

    return _file
