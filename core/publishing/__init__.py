"""The publishing gate: the checks that run before anything goes live, whichever code publishes it. Import from
`core.publishing.gate`; the other modules are its parts."""
