"""What the databases match: in SQLite a table of FTS5, in PostgreSQL columns beside the entry. The words come
as they shall be found, stemmed and folded, so that neither database does anything to them."""

from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE search_matching USING fts5(title, words, typed, tokenize='unicode61 remove_diacritics 0', "
    "detail=column, prefix='3')",
    "CREATE TRIGGER search_entry_deleted AFTER DELETE ON search_entry BEGIN "
    "DELETE FROM search_matching WHERE rowid = OLD.page_id; END",
]
SQLITE_BACK = ["DROP TRIGGER search_entry_deleted", "DROP TABLE search_matching"]

# The words are kept out of the row, which is read for every hit.
POSTGRESQL = [
    "ALTER TABLE search_entry ADD COLUMN m_title tsvector, ADD COLUMN m_words tsvector, ADD COLUMN m_typed tsvector",
    "ALTER TABLE search_entry ALTER COLUMN m_words SET STORAGE EXTERNAL",
    "ALTER TABLE search_entry SET (toast_tuple_target = 256)",
    "CREATE INDEX search_entry_m_title ON search_entry USING gin (m_title)",
    "CREATE INDEX search_entry_m_words ON search_entry USING gin (m_words)",
    "CREATE INDEX search_entry_m_typed ON search_entry USING gin (m_typed)",
]
POSTGRESQL_BACK = ["ALTER TABLE search_entry DROP COLUMN m_title, DROP COLUMN m_words, DROP COLUMN m_typed"]


def there(apps, schema_editor):
    run(schema_editor, SQLITE, POSTGRESQL)


def back(apps, schema_editor):
    run(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


def run(schema_editor, sqlite, postgresql):
    for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgresql:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_entries")]

    operations = [migrations.RunPython(there, back)]
