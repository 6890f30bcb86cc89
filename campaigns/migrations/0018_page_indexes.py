"""Three indexes on Wagtail's table of pages. Two are of the few at the top of the tree: each screen of the admin asks
for the page without a parent, and search for the home pages. By the third the explorer finds the children of a page,
the newest changes first. Without them these questions read all pages or all siblings. A migration of
Wagtail's that rebuilds the table on SQLite may leave them out: the site is then slower, and not wrong."""

from django.db import migrations, models
from django.db.models import CharField, F, Func, Q



class ParentPath(Func):
    """The path of a page's parent, as `core.admin.lists` asks for it."""

    template = "substr(%(expressions)s, 1, length(%(expressions)s) - 4)"
    output_field = CharField()


def indexes(vendor):
    # SQLite puts empty values last by itself.
    newest = F("latest_revision_created_at").desc(nulls_last=None if vendor == "sqlite" else True)
    return [
        models.Index(fields=["path"], condition=Q(depth=1), name="core_page_root"),
        models.Index(fields=["path"], condition=Q(depth=2), name="core_page_home"),
        models.Index(ParentPath("path"), newest, name="core_page_parent"),
    ]


def add(apps, schema_editor):
    page = apps.get_model("wagtailcore", "Page")
    for index in indexes(schema_editor.connection.vendor):
        schema_editor.add_index(page, index)


def remove(apps, schema_editor):
    page = apps.get_model("wagtailcore", "Page")
    for index in indexes(schema_editor.connection.vendor):
        schema_editor.remove_index(page, index)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0017_listings_by_story_day"), ("wagtailcore", "0098_apitoken")]

    operations = [migrations.RunPython(add, remove)]
