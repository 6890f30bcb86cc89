"""Names of modelsearch that its documentation does not promise. The module for SQLite can be imported only where
that is the database."""
