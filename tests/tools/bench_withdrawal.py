"""How long a section of 10,000 pages stays readable after it is unpublished, and how long others wait to write:
`tests/tools/bench_withdrawal.py [pages]` on a database of its own (DATABASE_URL)."""

import os
import sys
import threading
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_cms.settings.test")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client, override_settings  # noqa: E402

from core import work  # noqa: E402
from core.models import ClosedPage, RecordedWork  # noqa: E402
from core.publishing import confirmed  # noqa: E402
from home.models import ContentPage, SectionPage  # noqa: E402
from search import keeping  # noqa: E402
from tests.factories import SectionPageFactory  # noqa: E402
from tests.many import insert_pages  # noqa: E402
from tests.site_tree import make_site  # noqa: E402
from translation.life.deeds import take_offline  # noqa: E402


class Writer(threading.Thread):
    """Writes each 0.05 s, and knows the longest that it waited."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.longest, self.going = 0.0, True

    def run(self) -> None:
        while self.going:
            began = time.monotonic()
            with transaction.atomic():
                RecordedWork.objects.filter(name="nothing").delete()
            self.longest = max(self.longest, time.monotonic() - began)
            time.sleep(0.05)
        connection.close()


def main(count: int) -> None:
    call_command("migrate", verbosity=0)
    with confirmed():
        site = make_site()
        section = SectionPageFactory(parent=site.home, title="Large")
        pages = insert_pages(section, [ContentPage(title=f"Xylophone {number}") for number in range(count)])
    keeping.update({page.translation_key for page in pages})
    work.perform_due()
    address = pages[-1].get_url()
    assert Client().get(address).status_code == 200
    measure(section, address)


def measure(section: SectionPage, address: str) -> None:
    """With the worker's part apart: nothing is done in the request but what is recorded there."""
    client, writer = Client(), Writer()
    writer.start()
    began = time.monotonic()
    take_offline(section, None, below=True)
    assert client.get(address).status_code == 404
    unreadable = time.monotonic() - began
    found = client.get("/en/search/?q=xylophone").text.count("<mark>")
    sys.stdout.write(f"Unreadable after {unreadable:.1f} s, {found} marks in the search\n")
    sys.stdout.flush()
    while work.perform_due():
        pass
    writer.going = False
    writer.join()
    left = ClosedPage.objects.count()
    count, took = section.get_descendants().count(), time.monotonic() - began
    waited = f"a writer waited {writer.longest:.1f} s at most"
    sys.stdout.write(f"{count} pages unpublished after {took:.0f} s, {left} left; {waited}\n")


if __name__ == "__main__":
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}):
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
