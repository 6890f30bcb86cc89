"""Command that sets up a new site without content."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.models import Locale, Page, Site

from campaigns.models import CampaignIndexPage, NewsIndexPage
from core.publishing.gate import confirmed
from home.models import HomePage
from home.rights import make_groups
from home.site_root import place_home

LISTS = {NewsIndexPage: ("news", _("Stories")), CampaignIndexPage: ("campaigns", _("Campaigns"))}
NEXT = """
Next steps, in the admin at https://{hostname}/admin/:
  1. Log in and add a second factor.
  2. Helplines: add the site's helpline. Until then, pages show none.
  3. Users: add the team, each in a group. Translators have a group for each language.
  4. Home page: write the introduction, choose an image.
  5. Home page, Stories, Campaigns: "Translate". Published in a language once a reviewer has approved them.
The site also needs a worker (db_worker) and a job that runs every minute (publish_scheduled):
see docs/operations.md.
"""


class Command(BaseCommand):
    help = (
        "Sets up a new site without content: languages, groups, the home page, the lists of stories and "
        "campaigns, and the first administrator. Does not change what already exists."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="name of the site and title of its home page")
        parser.add_argument("hostname", help="host name of the site, for example www.example.org")
        parser.add_argument("--port", type=int, default=443)
        parser.add_argument(
            "--no-input",
            action="store_false",
            dest="interactive",
            help="do not prompt; take the administrator from DJANGO_SUPERUSER_USERNAME, _EMAIL and _PASSWORD",
        )

    def handle(self, name: str, hostname: str, port: int, interactive: bool, **options: Any) -> None:
        with transaction.atomic(), confirmed(), override(settings.LANGUAGE_CODE):
            make_groups()
            home = self._home(name, hostname, port)
            for model, (slug, title) in LISTS.items():
                if not model.objects.child_of(home).exists():
                    self._publish(model(slug=slug, title=str(title), locale=home.locale), home)
        if not get_user_model().objects.filter(is_superuser=True).exists():
            call_command("createsuperuser", interactive=interactive)
        self.stdout.write(NEXT.format(hostname=Site.objects.get(is_default_site=True).hostname))

    def _home(self, name: str, hostname: str, port: int) -> HomePage:
        """Return the site's home page, which is made and published, with the site's host name and port, if there
        is none."""
        locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
        page = HomePage(title=name, locale=locale, live=False)
        number = place_home(page, hostname=hostname, port=port)
        if number == page.pk:
            page.save_revision().publish()
        return HomePage.objects.select_related("locale").get(pk=number)

    def _publish(self, page: Page, parent: Page) -> None:
        page.live = False
        parent.add_child(instance=page)
        page.save_revision().publish()
