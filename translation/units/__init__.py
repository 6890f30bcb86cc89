"""One translatable string at one place of one object in one language: its text, state and history."""
