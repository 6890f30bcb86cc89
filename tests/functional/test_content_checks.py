"""The panel “Checks” beside the editor counts what stands in the preview."""

import pytest
from playwright.sync_api import expect

from home.models import SectionPage
from tests import factories
from tests.functional.helpers import NewContext, log_in, traceless

SENTENCES = {
    "en": "She left the town early. ",
    "ru": "Она рано уехала из города. ",
    "tg": "Вай саҳар аз шаҳр рафт. ",
    "fa-af": "او صبح از شهر رفت. ",
}
WORDS = 5


@pytest.mark.parametrize("code", SENTENCES)
def test_checks__count_words_and_issues(new_context: NewContext, base_url: str, code: str):
    with traceless():
        parent = SectionPage.objects.filter(locale__language_code=code, live=True).first()
        text = f"<h3>One</h3><p>{SENTENCES[code] * 20}</p>"
        page = factories.ContentPageFactory(
            parent=parent, title="Checked", slug="checked", body=[("rich_text", text)]
        )
        admin = log_in(new_context, "admin")
        admin.goto(f"/admin/pages/{page.pk}/edit/")
        admin.get_by_role("button", name="Toggle checks").click()

        expect(admin.locator("[data-content-word-count]")).to_have_text(str(WORDS * 20 + 1))
        expect(admin.locator("[data-content-checker-count]")).to_have_text("1")
        expect(admin.locator("[data-checks-panel]")).to_contain_text("Incorrect heading hierarchy")
        admin.close()
