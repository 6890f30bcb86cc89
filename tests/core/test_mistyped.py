"""Old and mistyped addresses arrive at the one address of the page."""

import pytest
from wagtail.contrib.redirects.models import Redirect

from core.addresses.mistyped import tidied, without_tracking
from tests import factories


@pytest.fixture
def pages(site):
    section = factories.SectionPageFactory(parent=site.home, slug="safe-work", title="Safe work")
    factories.ContentPageFactory(parent=section, slug="rights", title="Rights")
    factories.ContentPageFactory(parent=section, slug="draft", title="Draft", live=False)
    for code in ("ru", "tg", "fa-af"):
        factories.SectionPageFactory(parent=site.homes[code], translation_key=section.translation_key)
    return section


def arrives(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 301, (address, response.status_code)
    assert "max-age=3600" in response.headers["Cache-Control"]
    return response.url


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("/EN/", "/en/"),
        ("/En/Safe-Work/", "/en/safe-work/"),
        ("/en/Safe-Work/RIGHTS/", "/en/safe-work/rights/"),
        ("/EN/SAFE-WORK/RIGHTS", "/en/safe-work/rights/"),
        ("/en//safe-work///rights/", "/en/safe-work/rights/"),
        ("/fa/", "/fa-af/"),
        ("/fa", "/fa-af/"),
        ("/fa-AF/", "/fa-af/"),
        ("/fa_AF/safe-work/", "/fa-af/safe-work/"),
        ("/prs/safe-work/", "/fa-af/safe-work/"),
        ("/FA/Safe-work", "/fa-af/safe-work/"),
        ("/ru-RU/safe-work/", "/ru/safe-work/"),
        ("/RU", "/ru/"),
        ("/tg-TJ/safe-work/", "/tg/safe-work/"),
        ("/tgk/", "/tg/"),
        ("/en-us/", "/en/"),
        ("/EN/Search/", "/en/search/"),
        ("/en/index.html", "/en/"),
    ],
)
def test_upper_case_and_other_codes(client, pages, typed, address):
    assert arrives(client, typed) == address


@pytest.mark.parametrize(
    "appended",
    [
        ".",
        ",",
        ")",
        ").",
        "%22",
        "”",
        "%E2%80%9D",
        "»",
        ">",
        "%3E",
        "&gt;",
        "!",
        "%20",
        ";",
        "'",
        "...",
        "]",
        "*",
        "%E2%80%8B",
    ],
)
@pytest.mark.parametrize("stem", ["/en/safe-work/rights/", "/en/safe-work/rights"])
def test_punctuation_that_mail_programs_append(client, pages, stem, appended):
    assert arrives(client, stem + appended) == "/en/safe-work/rights/"


def test_punctuation_behind_a_home_page(client, pages):
    assert arrives(client, "/en/).") == "/en/"
    assert arrives(client, "/fa/.") == "/fa-af/"


@pytest.mark.parametrize(
    "address",
    [
        "/index.php?id=5",
        "/index.php?id=5&utm_source=mail&utm_medium=x",
        "/index.php?fbclid=abc&id=5",
        "/index.php?id=5&gclid=1&yclid=2&_openstat=3",
        "/Index.php?id=5",
        "/index.php?ID=5",
        "/index.php?id=5.",
        "/index.php?id=5)",
        "/index.php/?id=5",
    ],
)
def test_query_addresses(client, pages, address):
    Redirect.objects.create(old_path=Redirect.normalise_path("/index.php?id=5"), redirect_page=pages)
    assert arrives(client, address) == "/en/safe-work/"


@pytest.mark.parametrize(
    ("old", "address"),
    [
        ("/?p=12", "/?p=12&utm_source=mail"),
        ("/?option=com_content&id=7", "/?fbclid=1&id=7&option=com_content"),
        ("/node?nid=7&lang=ru", "/node?lang=ru&nid=7&fbclid=1"),
        ("/article.aspx?id=3", "/Article.aspx?id=3"),
        ("/old/Camp", "/OLD/camp/?utm_source=x"),
        ("/old/camp", "/old/camp)."),
        ("/en/old", "/EN/Old/"),
        ("/fa-af/old", "/fa/old"),
    ],
)
def test_old_addresses(client, pages, old, address):
    Redirect.objects.create(old_path=Redirect.normalise_path(old), redirect_page=pages)
    assert arrives(client, address).partition("?")[0] == "/en/safe-work/"


def test_query__of_the_redirect_itself_comes_first(client, pages):
    Redirect.objects.create(old_path="/index.php", redirect_link="/en/")
    Redirect.objects.create(old_path="/index.php?id=5", redirect_page=pages)
    Redirect.objects.create(old_path="/index.php?id=5&utm_source=x", redirect_link="/ru/")
    assert arrives(client, "/index.php?id=5&utm_medium=y") == "/en/safe-work/"
    assert arrives(client, "/index.php?utm_source=x&id=5") == "/ru/"
    assert arrives(client, "/index.php?id=6") == "/en/?id=6"


def test_query__is_kept_where_it_was_not_meant(client, pages):
    assert arrives(client, "/EN/safe-work/?page=2") == "/en/safe-work/?page=2"


@pytest.mark.parametrize(
    "address",
    [
        "/en/nowhere/",
        "/EN/nowhere/",
        "/xx/",
        "/en/safe-work/draft/",
        "/EN/safe-work/Draft/",
        "/runaway/",
        "/ru-news/",
        "/en/safe-work/rights/%00.",
        "/%00",
        "/static/nothing.css.",
    ],
)
def test_what_is_nowhere__stays_so(client, pages, address):
    assert client.get(address).status_code in (400, 404)


@pytest.mark.parametrize("query", ["", "?utm_source=x", "?p=12"])
def test_front_door__answers_by_itself(client, site, query):
    response = client.get(f"/{query}", headers={"Accept-Language": "ru"})
    assert (response.status_code, response.url) == (302, f"/ru/{query}")


def test_form__is_not_sent_on(client, pages):
    assert client.post("/EN/").status_code in (404, 405)


def test_missing_page__costs_few_queries(client, pages, django_assert_max_num_queries):
    client.get("/en/nowhere/")
    with django_assert_max_num_queries(24):
        client.get("/en/nowhere/")


def test_tidied__does_not_loop():
    assert tidied("/" + "./" * 200) == "/"
    assert tidied(address := "/EN/" + "." * 50_000 + "a") == address


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("utm_source=a&id=5&UTM_Medium=b", "id=5"),
        ("fbclid=1&gclid=2&yclid=3&msclkid=4&ysclid=5", ""),
        ("page=2&q=utm_source", "page=2&q=utm_source"),
        ("id=5&&", "id=5"),
        ("attempt=1&packet=2&mcc=3", "attempt=1&packet=2&mcc=3"),
    ],
)
def test_tracking(query, left):
    assert without_tracking(query) == left
