"""Sending pages and snippets to translators, alone or with related content, as a background job."""
