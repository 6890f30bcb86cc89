"""The publishing gate: checks before anything goes live, on every path. Import from `core.publishing.gate`; the
other modules are its parts."""
