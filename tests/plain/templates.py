from collections.abc import Iterator

from django.template import Origin
from django.template.loaders import filesystem

OF_THE_ADMIN = ("wagtail_localize/", "wagtailadmin/")


class Loader(filesystem.Loader):
    """Leaves Wagtail's and wagtail-localize's screens as they come."""

    def get_template_sources(self, template_name: str) -> Iterator[Origin]:
        if not template_name.startswith(OF_THE_ADMIN):
            yield from super().get_template_sources(template_name)
