"""Addresses (URLs) of pages: slugs, redirects, and mistyped or outdated addresses."""
