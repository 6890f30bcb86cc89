"""What nginx shows in place of an upload that is larger than it takes."""

import pytest


@pytest.mark.parametrize("language", ["en", "ru", "tg", "fa-af", "de"])
def test_page__names_both_limits(client, db, language, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/too-large/", headers={"accept-language": language})

    assert response.status_code == 413
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]
    text = response.content.decode()
    spoken = language if language != "de" else "en"
    assert f'<html lang="{spoken}"' in text
    if spoken == "en":
        assert "The file is too large" in text
        assert "30.0" in text
        assert "200.0" in text


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_page__is_only_read(client, db, method):
    assert getattr(client, method)("/too-large/").status_code == 405
