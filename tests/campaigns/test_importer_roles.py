import pytest

from campaigns.importer.roles import official_words


@pytest.mark.parametrize(
    "role",
    [
        "Chief of the Mission in Tajikistan",
        "Deputy Minister of Labour, Migration and Employment",
        "the Head of the Survivor Support Unit",
        "Ambassador of Sweden to Tajikistan",
        "UN Resident Coordinator",
        "Child Protection Officer",
        "Commissioner for Human Rights (Ombudsman)",
        "Secretary-General",
        "spokesperson for the Ministry of Internal Affairs",
        "Chair of the Committee for Youth Affairs and Sports",
        "Project Manager",
        "Mayor of Khujand",
        "Regional Director for Central Asia",
        "глава миссии в Таджикистане",
        "заместитель министра труда, миграции и занятости",
        "уполномоченный по правам человека",
        "координатор проекта",
        "Председатель Комитета по делам молодёжи и спорта",
        "роҳбари намояндагӣ",
        "муовини вазири меҳнат",
        "раиси кумита",
        "рохбари лоиха",
    ],
)
def test_official_words__office(role):
    assert official_words(role)


@pytest.mark.parametrize(
    "role",
    [
        "",
        "camp participant",
        "survivor",
        "survivor and director",
        "director, and a survivor herself",
        "mother of the minister",
        "the Minister’s wife",
        "returnee from Romit",
        "student representative",
        "representative of the survivors",
        "head of the household",
        "Head of a family in Romit",
        "former minister",
        "ex-director",
        "youth ambassador",
        "peer educator",
        "head teacher",
        "17-year-old participant",
        "a tailor",
        "one of the participants",
        "участница лагеря",
        "мама троих детей",
        "студент и координатор клуба",
        "бывший министр",
        "глава семьи",
        "представитель молодёжи",
        "вернувшаяся мигрантка",
        "иштирокчии лагер",
        "модари се фарзанд",
        "муҳоҷири баргашта",
        "мухочири баргашта",
        "собиқ раиси кумита",
        "донишҷӯ",
    ],
)
def test_official_words__ordinary_or_unknown(role):
    assert not official_words(role)
