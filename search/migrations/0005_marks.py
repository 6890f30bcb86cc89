from django.contrib.contenttypes.models import ContentType
from django.db import migrations

from search.backends.queries import mark

COLUMNS = ("title", "body", "autocomplete")
SQL = {
    "sqlite": "CASE {0} WHEN '' THEN '' ELSE %s || replace({0}, ' ', ' ' || %s) END",
    "postgresql": "coalesce((SELECT array_to_tsvector(array_agg(%s || lexeme)) FROM unnest({0})), '')",
}


def add_marks(apps, schema_editor):
    """Begin each word of the admin's index with the mark of its model: otherwise it is not found."""
    connection = schema_editor.connection
    sql = SQL[connection.vendor]
    columns = ", ".join(f"{column} = {sql.format(column)}" for column in COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT content_type_id FROM wagtailsearch_indexentry")
        for content_type in ContentType.objects.filter(pk__in=[pk for (pk,) in cursor.fetchall()]):
            if model := content_type.model_class():
                marks = [mark(model)] * columns.count("%s")
                cursor.execute(
                    f"UPDATE wagtailsearch_indexentry SET {columns} WHERE content_type_id = %s",
                    [*marks, content_type.pk],
                )


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0004_typed_numbers"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [migrations.RunPython(add_marks, migrations.RunPython.noop)]
