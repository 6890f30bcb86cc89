"""The publishing gate: the checks that run before anything goes live, whichever code publishes it. Import from
`core.publishing.gate`; the other modules are its parts. Checks of other packages and apps are written with
`core.findings` and `core.rules`.

`taken_away` and `restrictions` record in the journal what was unpublished, deleted or made private.
"""
