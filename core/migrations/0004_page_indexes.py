"""Two indexes on Wagtail's table of pages, of the few rows that every public page asks for: those in the menu, and
those that were taken offline. Without them each such question reads the whole table. What a later migration of
Wagtail's that rebuilds the table on SQLite does not know it leaves out: the site is then slower, and not wrong."""

from django.db import migrations, models
from django.db.models import Q

INDEXES = [
    models.Index(fields=["path"], condition=Q(show_in_menus=True), name="core_page_in_menu"),
    models.Index(
        # Beginning with what Wagtail has an index of too: SQLite would take that one instead.
        fields=["first_published_at"],
        condition=Q(live=False, first_published_at__isnull=False),
        name="core_page_taken_offline",
    ),
]


def add(apps, schema_editor):
    page = apps.get_model("wagtailcore", "Page")
    for index in INDEXES:
        schema_editor.add_index(page, index)


def remove(apps, schema_editor):
    page = apps.get_model("wagtailcore", "Page")
    for index in INDEXES:
        schema_editor.remove_index(page, index)


class Migration(migrations.Migration):
    dependencies = [("core", "0003_alt_sources")]

    operations = [migrations.RunPython(add, remove)]
