from typing import Any


def ask(client, asked: str, code: str = "en", **parameters):
    response = client.get(f"/{code}/search/", {"q": asked, **parameters})
    assert response.status_code == 200
    return response


def plain(pieces: list[Any]) -> str:
    return "".join(piece.text for piece in pieces)


def marks(pieces: list[Any]) -> list[str]:
    return [piece.text for piece in pieces if piece.is_marked]


def titles(client, asked: str, code: str = "en", **parameters) -> list[str]:
    return [plain(card.title) for card in ask(client, asked, code, **parameters).context["results"]]


def others(client, asked: str, code: str = "en") -> dict[str, list[str]]:
    found = ask(client, asked, code).context.get("others", [])
    return {other.code: [plain(card.title) for card in other.results] for other in found}


def suggested(client, asked: str, code: str = "en") -> list[str]:
    return client.get(f"/{code}/search/suggestions/", {"q": asked}).json()["suggestions"]
