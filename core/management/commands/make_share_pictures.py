from typing import Any

from django.core.management.base import BaseCommand
from wagtail.models import Page

from core.seo.pictures import keep_pictures


class Command(BaseCommand):
    help = (
        "Makes the pictures that stand for pages where they are shared, where one of the title of now is missing: "
        "on a site that is older than them, or when their drawing has changed."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        pages = Page.objects.filter(depth__gt=1, live=True).order_by("pk").values_list("pk", flat=True)
        self.stdout.write(f"Made {keep_pictures(pages.iterator())} pictures.")
