"""Names of exported files."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests import factories
from tests.translation.exchanging import export, unzipped

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("interface", ["en", "fa"])
def test_names__have_no_transliterated_words(newsroom, site, interface):
    sources = [
        factories.QuoteFactory(text="I came home"),
        factories.QuoteFactory(text="به خانه برگشتم"),
        factories.CampaignPageFactory(parent=site.campaign_index, title="روز جهانی", slug="world-day"),
        factories.CampaignPageFactory(parent=site.campaign_index, title="Bread and Salt", slug="bread"),
    ]
    translations = [newsroom.send(each, "ru")[0] for each in sources]
    translator = newsroom.as_(newsroom.translators["ru"])
    asked = {
        "object": [f"campaigns.quote:{each.pk}" for each in sources[:2]],
        "page": [each.pk for each in sources[2:]],
    }

    with override(interface):
        names = set(unzipped(export(translator, **asked)))
    assert names == {
        "ru/quote-i-came-home.ru.xlf",
        f"ru/quote-{sources[1].pk}.ru.xlf",
        "ru/campaign-world-day.ru.xlf",
        "ru/campaign-bread-and-salt.ru.xlf",
    }

    url = reverse("wagtail_localize:download_pofile", args=[translations[2].pk])
    assert 'filename="campaign-world-day.ru.po"' in translator.get(url)["Content-Disposition"]
    alone = export(translator, page=sources[2].pk)["Content-Disposition"]
    assert 'filename="translations-campaign-world-day-' in alone
