from typing import Any

from django.core.management.base import BaseCommand
from wagtail.models import Page

from core.seo.pictures import keep_pictures


class Command(BaseCommand):
    help = (
        "Makes missing or outdated share pictures of pages, for example after an upgrade that changes how they "
        "are drawn."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        pages = Page.objects.filter(depth__gt=1, live=True).order_by("pk").values_list("pk", flat=True)
        self.stdout.write(f"Made {keep_pictures(pages.iterator())} pictures.")
