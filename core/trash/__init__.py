"""Deleted images and documents: kept as they were, restored under their old numbers, or purged. Pages and snippets
have a trash of their own in `translation.lifecycle`; one report lists both."""
