"""A story with files of every kind, and what their addresses answer."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.test import Client
from wagtail.models import Page, PageViewRestriction

from core.seo.pictures import looked_up
from tests import factories

PASSWORD = "a-word-of-ours"
YESTERDAY = datetime.timedelta(days=1)
API = "/api/v2/"


@dataclass
class Shown:
    """A page with all the files that it shows: `addresses` by what they are."""

    page: Page
    image: object
    document: object
    captions: object
    addresses: dict[str, str]
    never: dict[str, str]


def rendition(image) -> str:
    return image.get_rendition("width-400|format-webp").url


def story(site, **kwargs) -> Shown:
    image = factories.SiteImageFactory(people=True, title="Lantern")
    poster, inside = factories.SiteImageFactory(), factories.SiteImageFactory()
    film, captions, leaflet, linked = (factories.DocumentFactory(title=f"Paper {n}") for n in range(4))
    files = [{"title": "Leaflet", "document": leaflet, "language": "en"}]
    body = [
        ("image", {"image": inside, "caption": ""}),
        ("video", {"title": "Film", "file": film, "captions": captions, "poster": poster}),
        ("toolkit", {"heading": "", "introduction": "", "files": files}),
        ("rich_text", f'<p><a linktype="document" id="{linked.pk}">Paper</a></p>'),
    ]
    page = factories.NewsPageFactory(parent=site.news_index, lead_image=image, body=body, **kwargs)
    addresses = {
        "lead image": rendition(image),
        "image in the body": rendition(inside),
        "poster": rendition(poster),
        "film": film.url,
        "captions": captions.url,
        "file of the toolkit": leaflet.url,
        "link in the text": linked.url,
        "image of the API": f"{API}images/{image.pk}/",
        "document of the API": f"{API}documents/{leaflet.pk}/",
        "share picture": looked_up(page).url,
    }
    never = {
        "/media/": "/media/images/AAAAAAAAAAAAAAAAAAAAAA.webp",
        "/documents/": "/documents/999999/leaflet.pdf",
        f"{API}images/": f"{API}images/999999/",
        f"{API}documents/": f"{API}documents/999999/",
        "/share/": "/share/999999/0123456789abcdef.png",
    }
    return Shown(page, image, leaflet, captions, addresses, never)


def answer(client: Client, address: str, **headers) -> tuple[Any, ...]:
    """All that an answer tells."""
    response = client.get(address, headers=headers)
    body = b"" if response.streaming and response.status_code == 200 else response.content
    return response.status_code, body, sorted(response.headers.items())


def assert_public(shown: Shown, client: Client | None = None) -> None:
    found = {name: (client or Client()).get(url).status_code for name, url in shown.addresses.items()}
    assert set(found.values()) == {200}, found


def assert_never_there(shown: Shown) -> None:
    for name, url in shown.addresses.items():
        never = next(address for start, address in shown.never.items() if url.startswith(start))
        for headers in ({}, {"Range": "bytes=0-3"}, {"If-None-Match": "*"}, {"Cookie": "sessionid=nobodys"}):
            found, expected = answer(Client(), url, **headers), answer(Client(), never, **headers)
            assert found == expected, (name, headers)
            assert found[0] == 404, (name, headers)
        assert Client().head(url).status_code == 404, name


def restrict(page, **kwargs) -> None:
    PageViewRestriction.objects.create(page=page, **kwargs)
