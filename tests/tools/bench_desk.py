"""What the translator's desk costs: queries and server time of the screen of a page with 200 strings, of its
preview, of saving a string and of help for one. Fills the empty database that DATABASE_URL names: `make
bench-desk`."""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_cms.settings.test")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from wagtail.rich_text import RichText  # noqa: E402
from wagtail_localize.models import StringTranslation, Translation  # noqa: E402
from wagtail_localize.operations import translate_object  # noqa: E402

from core.publishing.gate import confirmed  # noqa: E402
from tests import factories  # noqa: E402
from tests.site_tree import make_site  # noqa: E402
from tests.typed import Response  # noqa: E402

RUNS = 15


def fill(strings: int) -> Translation:
    """A campaign page whose texts are half translated, with two quotes."""
    site = make_site()
    half = "".join(
        f"<h2>Part {number}</h2><p>In {number} towns people wait for <b>bread</b> and for news of the road.</p>"
        for number in range(strings // 2)
    )
    quotes = [factories.QuoteFactory(text=f"I came home on day {number}.") for number in (3, 4)]
    voices = {"heading": "Voices", "limit": 2, "picks": quotes, "only_picked": True}
    page = factories.CampaignPageFactory(
        parent=site.campaign_index, body=[("rich_text", RichText(half)), ("voices", voices)]
    )
    page.save_revision().publish()
    for row in (*quotes, page):
        translate_object(row, [site.locales["ru"]])
    translation = Translation.objects.select_related("source", "target_locale").get(
        source__object_id=page.translation_key, target_locale=site.locales["ru"]
    )
    for segment in translation.source.stringsegment_set.all()[: strings // 2]:
        StringTranslation.objects.create(
            translation_of_id=segment.string_id,
            context_id=segment.context_id,
            locale=site.locales["ru"],
            data=f"В {segment.order} городах ждут хлеба и вестей с дороги.",
        )
    return translation


def measured(name: str, ask: Callable[[], Response]) -> None:
    """Print the queries, and the median of the times after one run that nobody waits for."""
    response = ask()
    assert response.status_code == 200, response.status_code
    with CaptureQueriesContext(connection) as queries:
        ask()
    # The next request empties the log.
    count = len(queries)
    taken, worked = [], []
    for _ in range(RUNS):
        began, busy = time.perf_counter(), time.process_time()
        ask()
        taken.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - busy) * 1000)
    times = f"{statistics.median(taken):7.1f} ms, {statistics.median(worked):7.1f} of it CPU"
    line = f"{connection.vendor:10}  {name:20} {count:4} queries  {times}"
    sys.stdout.write(f"{line}  {len(response.content) // 1024:5} KiB\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strings", type=int, default=200)
    count = parser.parse_args().strings
    settings.DEBUG = False
    call_command("migrate", verbosity=0)
    with confirmed():
        translation = fill(count)
    client = Client(headers={"host": "localhost"})
    client.force_login(factories.UserFactory(groups=["Translator ru"]))
    segment = translation.source.stringsegment_set.filter(string__data="Part 3").get()
    args = [translation.pk, segment.pk]
    desk = reverse("translation_desk:desk", args=[translation.source.object_id, "ru"])
    sys.stdout.write(f"{connection.vendor}: {translation.source.stringsegment_set.count()} strings\n")
    measured("desk", lambda: client.get(desk))
    measured("preview", lambda: client.get(reverse("translation_desk:preview", args=args[:1])))
    measured("help for a string", lambda: client.get(reverse("translation_desk:helps", args=args)))
    measured(
        "saving a string", lambda: client.post(reverse("translation_desk:save", args=args), {"text": "Часть"})
    )


if __name__ == "__main__":
    main()
