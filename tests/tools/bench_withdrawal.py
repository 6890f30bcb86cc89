"""How long a section of 10,000 pages stays readable after it is unpublished, restricted, moved into a private one
or deleted, and how long others wait to write: `tests/tools/bench_withdrawal.py [pages [unpublish|restrict|move|
delete]]` on a database of its own (DATABASE_URL)."""

import os
import sys
import threading
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_cms.settings.test")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.urls import reverse  # noqa: E402
from wagtail.models import PageViewRestriction  # noqa: E402

from core import work  # noqa: E402
from core.models import ClosedPage, RecordedWork  # noqa: E402
from core.publishing.gate import confirmed  # noqa: E402
from home.models import ContentPage, SectionPage  # noqa: E402
from search import indexer as keeping  # noqa: E402
from tests.factories import ContentPageFactory, SectionPageFactory, UserFactory  # noqa: E402
from tests.many import insert_pages  # noqa: E402
from tests.site_tree import make_site  # noqa: E402
from tests.typed import Response  # noqa: E402
from translation.lifecycle.actions import take_offline  # noqa: E402


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


def restrict(section: SectionPage, branch: ContentPage, client: Client) -> Response:
    data = {"restriction_type": PageViewRestriction.LOGIN}
    return client.post(reverse("wagtailadmin_pages:set_privacy", args=[section.pk]), data)


def move(section: SectionPage, branch: ContentPage, client: Client) -> Response:
    """Into a section that is private."""
    with confirmed():
        other = SectionPageFactory(parent=section.get_parent().specific, title="Private")
    PageViewRestriction.objects.create(page=other, restriction_type=PageViewRestriction.LOGIN)
    return client.post(reverse("wagtailadmin_pages:move_confirm", args=[branch.pk, other.pk]))


def delete(section: SectionPage, branch: ContentPage, client: Client) -> Response:
    site_name = settings.WAGTAIL_SITE_NAME
    return client.post(reverse("wagtailadmin_pages:delete", args=[section.pk]), {"confirm_site_name": site_name})


def unpublish(section: SectionPage, branch: ContentPage, client: Client) -> None:
    take_offline(section, None, below=True)


DEEDS = {deed.__name__: deed for deed in (unpublish, restrict, move, delete)}


def main(count: int, deed: str) -> None:
    call_command("migrate", verbosity=0)
    with confirmed():
        site = make_site()
        section = SectionPageFactory(parent=site.home, title="Large")
        branch = ContentPageFactory(parent=section, title="Branch")
        pages = insert_pages(branch, [ContentPage(title=f"Xylophone {number}") for number in range(count)])
    keeping.update({page.translation_key for page in pages})
    work.perform_due()
    address = pages[-1].get_url()
    assert Client().get(address).status_code == 200
    measure(SectionPage.objects.get(pk=section.pk), ContentPage.objects.get(pk=branch.pk), address, deed)


def measure(section: SectionPage, branch: ContentPage, address: str, deed: str) -> None:
    """With the worker's part apart: nothing is done in the request but what is recorded there."""
    client, writer, admin = Client(), Writer(), Client()
    admin.force_login(UserFactory(is_superuser=True))
    writer.start()
    began = time.monotonic()
    answer = DEEDS[deed](section, branch, admin)
    sys.stdout.write(
        f"{deed}: answered {answer.status_code if answer else ''} after {time.monotonic() - began:.1f} s\n"
    )
    assert client.get(address).status_code != 200
    unreadable = time.monotonic() - began
    found = client.get("/en/search/?q=xylophone").text.count("<mark>")
    sys.stdout.write(f"Unreadable after {unreadable:.1f} s, {found} marks in the search\n")
    sys.stdout.flush()
    while work.perform_due():
        pass
    writer.going = False
    writer.join()
    took, waited = time.monotonic() - began, f"a writer waited {writer.longest:.1f} s at most"
    sys.stdout.write(f"All done after {took:.0f} s, {ClosedPage.objects.count()} left to unpublish; {waited}\n")


if __name__ == "__main__":
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}):
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, sys.argv[2] if len(sys.argv) > 2 else "unpublish")
