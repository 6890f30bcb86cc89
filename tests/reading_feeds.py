"""Feeds as a feed reader reads them."""

import io

import feedparser

NEWS = "/en/feeds/news.atom"


def read(client, address: str = NEWS) -> feedparser.FeedParserDict:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    assert not response.cookies
    assert "cookie" not in response.headers.get("Vary", "").lower()
    assert "public" in response.headers["Cache-Control"]
    feed = feedparser.parse(io.BytesIO(response.content))
    assert not feed.bozo
    return feed


def titles(client, address: str = NEWS) -> list[str]:
    return [entry.title for entry in read(client, address).entries]
