"""Old and mistyped addresses arrive at the one address of the page."""

import pytest
from wagtail.contrib.redirects.models import Redirect

from core.addresses.mistyped import tidied
from core.addresses.queries import without_tracking
from tests import factories
from tests.scenes import scene


@scene
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
        "&",
        "=",
        "=20",
        "=3D",
        "—",
        "%E2%80%94",
        "۔",
        "。",
        "\u2066",
        "\u2069\u200f",
        "%EF%BB%BF",
        "</a>",
        "%3C/a%3E",
        "&lt;/a&gt;",
        "-",
        "-.",
        "\u2011",
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
        "/index.php?id=5%29.&utm_source=x",
        "/index.php?id=5%3C/a%3E",
        "/index.php?id=5</a>",
        "/index.php?id=5&quot;",
        "/index.php?id=5=20",
        "/index.php?id=5-",
        "/index.php?id=5—",
        "/index.php?id=5&",
        "/index.php?id=5%E2%81%A9",
        "/index.php/?id=5",
    ],
)
def test_query_addresses(client, pages, address):
    Redirect.objects.create(old_path=Redirect.normalise_path("/index.php?id=5"), redirect_page=pages)
    assert arrives(client, address) == "/en/safe-work/"


@pytest.mark.parametrize(
    ("old", "address"),
    [
        ("/index.php?option=com_content&id=7:some-Title", "/index.php?option=com_content&id=7%3Asome-Title"),
        ("/index.php?option=com_content&id=7%3asome", "/index.php?id=7:some&option=com_content"),
        ("/index.php?option=com_content&id=7:x", "/index.php?utm_source=x&id=7%3aX&option=com_content"),
        ("/files/a,b(c).html", "/files/a%2Cb%28c%29.html"),
        ("/old page.html", "/old%20page.html"),
        ("/go?to=a/b", "/go?to=a%2Fb"),
        ("/go?q=two words", "/go?q=two+words"),
        ("/go?q=two%20words", "/go?q=two+words&fbclid=1"),
        ("/go?имя=Права&id=2", "/go?%D0%B8%D0%BC%D1%8F=%D0%9F%D1%80%D0%B0%D0%B2%D0%B0&id=2"),
        ("/go?имя=права&id=2", "/go?id=2&имя=ПРАВА"),
        ("/go?%CD%EE=1", "/go?%cd%ee=1"),
        ("/index.php?id=5&view=a", "/index.php?id=5&amp;view=a"),
        ("/index.php?id=5&view=a", "/index.php?id=5&amp;amp;view=a"),
        ("/index.php?id=5&view=a", "/index.php?id=5&amp%3Bview=a"),
        ("/index.php?id=5&view=a", "/index.php?view=a&%23038;id=5"),
        ("/index.php?id=5", "/index.php?id=5&amp;utm_source=x"),
        ("/index.php?id=5&amp;view=a", "/index.php?id=5&view=a"),
        ("/index.php?id=5", "/index.php%3Fid=5"),
        ("/?p=12", "/?p=12&amp;utm_source=x"),
        ("/?route=a/b", "/?route=a%2Fb"),
        ("/?q=node/12", "/?q=node%2F12&s=20&from=x"),
        ("/index.php?id=5", "/index.php?id=5&srsltid=1&_ga=2.1&_gl=1*2&mc_cid=3&mc_eid=4&igshid=5"),
        ("/index.php?id=5", "/index.php?id=5&from=x&ref=y&ref_src=z&share=1&s=20&t=abc"),
        ("/index.php?t=5", "/index.php?s=1&t=5&utm_source=x"),
        ("/index.php?ref=5", "/index.php?ref=5&from=x"),
        ("/index.php?id=5", "/index.php?id=5&nobody_knows=1&lang=ru"),
        ("/Новости", "/новости/"),
        ("/новости", "/Новости/"),
        ("/новости", "/НОВОСТИ"),
        ("/новости", "/%D0%9D%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/?utm_source=x"),
        ("/Қонунҳо/ӣ", "/қОНУНҲО/Ӣ."),
        ("/ΤΕΛΟΣ", "/τελος"),
        ("/straße", "/STRAẞE"),
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


@pytest.mark.parametrize("first", ["/go?id=5", "/go?id=5&view=a", "/Go?id=5"])
def test_query__of_the_most_that_is_named_comes_first(client, pages, first):
    redirects = {"/go": "/en/", "/go?id=5": "/ru/", "/go?id=5&view=a": "/tg/", "/Go?id=5": "/fa-af/"}
    for old, new in redirects.items():
        Redirect.objects.create(old_path=old, redirect_link=new)
    assert arrives(client, first.replace("?", "?x=1&utm_source=2&")) == redirects[first]
    assert arrives(client, "/go?view=b&utm_source=x") == "/en/?view=b"


@pytest.mark.parametrize(
    "address",
    [
        "/index.php?id=6",
        "/index.php?id=55",
        "/index.php?view=5",
        "/default.aspx?x=1",
        "/Index.html?id=5x",
        "/home.jsp?page=2&utm_source=x",
        "/en/index.php?id=6",
        "/fa/index.php?id=6",
        "/fa/?p=12",
        "/).?id=6",
    ],
)
def test_unknown_query_address__is_not_the_home_page(client, pages, address):
    Redirect.objects.create(old_path="/index.php?id=5", redirect_page=pages)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("address", "home"),
    [
        ("/index.php", "/"),
        ("/index.html", "/"),
        ("/Default.aspx", "/"),
        ("/index.php?utm_source=x&ref=y", "/"),
        ("/ru/index.php", "/ru/"),
        ("/fa/index.html?fbclid=1", "/fa-af/"),
    ],
)
def test_file_of_the_home_page__is_the_home_page(client, pages, address, home):
    assert arrives(client, address) == home


@pytest.mark.parametrize(
    "address",
    [
        "/old%20page.html?fbclid=1",
        "/old%20page.html?utm_source=x&amp;gclid=2",
        "/OLD%20page.html?srsltid=1&s=20&t=3&from=x",
        "/EN/safe-work/?fbclid=1",
        "/en/safe-work?utm%5Fsource=x",
        "/en/safe-work/.?_gl=1*2",
    ],
)
def test_tracking__is_not_carried_along(client, pages, address):
    Redirect.objects.create(old_path=Redirect.normalise_path("/old page.html"), redirect_page=pages)
    assert arrives(client, address) == "/en/safe-work/"


def test_query__is_carried_along_without_tracking(client, pages):
    Redirect.objects.create(old_path="/old", redirect_page=pages)
    assert arrives(client, "/old?page=2&amp;fbclid=1&amp;kind=a%20b") == "/en/safe-work/?page=2&kind=a%20b"


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
        "/en/nowhere",
        "/en/nowhere-",
        "/en/nowhere/-",
        "/EN/nowhere-/",
        "/en/safe-work/draft",
        "/en/safe-work/draft</a>",
        "/EN/feeds/campaigns/nowhere.atom",
        "/%E0%A4%A",
        "/index.php?id=%00",
        "/%25%25%25?%=%&%zz",
        "/en/%FF%FE.",
        "/index.php?" + "a=1&" * 5_000,
        "/index.php?id=" + "(" * 3_000,
        "/index.php?" + "&".join(f"a{n}=(%5B{n}" for n in range(400)),
        "/old/" + "Ж" * 250,
        "/old/" + "a" * 9_000,
        "/en/nowhere" + "=20" * 320,
        "/en/" + "-." * 400 + "a",
        "/%2Fexample.org/",
        "/%5Cexample.org/.",
        "/%2F%2Fexample.org/%2e%2e?id=5",
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


@pytest.mark.parametrize("address", ["/en/nowhere/", "/en/nowhere-.?id=5&amp;x=(", "/index.php?id=6"])
def test_missing_page__costs_few_queries(client, pages, django_assert_max_num_queries, address):
    client.get("/en/nowhere/")
    with django_assert_max_num_queries(24):
        client.get(address)


def test_hyphen__stays_where_it_is_a_part_of_the_address(client, site, pages):
    factories.SectionPageFactory(parent=site.home, slug="safe-work-", title="Another")
    assert arrives(client, "/EN/safe-work-") == "/en/safe-work-/"
    assert arrives(client, "/en/safe-work-.") == "/en/safe-work-/"
    assert arrives(client, "/en/safe-work--") == "/en/safe-work/"


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
