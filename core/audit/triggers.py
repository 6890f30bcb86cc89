"""Database triggers that refuse changes of audit entries and deletions of those younger than KEPT_DAYS."""

from core.internals.django import BaseDatabaseWrapper

TABLE = "core_auditentry"
KEPT_DAYS = 730

_SQLITE = (
    # REPLACE deletes a row with the same key without firing a DELETE trigger.
    f"""CREATE TRIGGER core_audit_replace BEFORE INSERT ON {TABLE}
    WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'The audit log cannot be changed.'); END""",
    f"""CREATE TRIGGER core_audit_update BEFORE UPDATE ON {TABLE}
    BEGIN SELECT RAISE(ABORT, 'The audit log cannot be changed.'); END""",
    f"""CREATE TRIGGER core_audit_delete BEFORE DELETE ON {TABLE}
    WHEN OLD.at >= datetime('now', '-{KEPT_DAYS} days')
    BEGIN SELECT RAISE(ABORT, 'The audit log cannot be changed.'); END""",
)
_POSTGRESQL = (
    f"""CREATE FUNCTION core_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF OLD.at < now() - interval '{KEPT_DAYS} days' THEN
                RETURN OLD;
            END IF;
        END IF;
        RAISE EXCEPTION 'The audit log cannot be changed.';
    END $$""",
    f"""CREATE TRIGGER core_audit_change BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION core_audit_refuse()""",
    f"""CREATE TRIGGER core_audit_truncate BEFORE TRUNCATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION core_audit_refuse()""",
)
_DROP = {
    "sqlite": tuple(f"DROP TRIGGER IF EXISTS core_audit_{each}" for each in ("update", "delete", "replace")),
    "postgresql": (
        f"DROP TRIGGER IF EXISTS core_audit_change ON {TABLE}",
        f"DROP TRIGGER IF EXISTS core_audit_truncate ON {TABLE}",
        "DROP FUNCTION IF EXISTS core_audit_refuse()",
    ),
}


def protect(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers for the database's vendor, SQLite or PostgreSQL."""
    _execute(connection, _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL)


def unprotect(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers, to reverse the migration or to empty the database of a test."""
    _execute(connection, _DROP[connection.vendor])


def _execute(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
