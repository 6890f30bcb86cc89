from django.contrib.contenttypes.models import ContentType
from django.db import migrations

from search.backends.queries import mark

COLUMNS = ("title", "body", "autocomplete")


def add_marks(apps, schema_editor):
    """Add the mark of its model to each indexed object: without it, the admin does not find the object."""
    connection = schema_editor.connection
    added = "{} || to_tsvector('simple', %s)" if connection.vendor == "postgresql" else "{} || ' ' || %s"
    columns = ", ".join(f"{column} = {added.format(column)}" for column in COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT content_type_id FROM wagtailsearch_indexentry")
        for content_type in ContentType.objects.filter(pk__in=[pk for (pk,) in cursor.fetchall()]):
            if model := content_type.model_class():
                cursor.execute(
                    f"UPDATE wagtailsearch_indexentry SET {columns} WHERE content_type_id = %s",
                    [*[mark(model)] * len(COLUMNS), content_type.pk],
                )


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0004_typed_numbers"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [migrations.RunPython(add_marks, migrations.RunPython.noop)]
