"""Addresses of pages: slugs, redirects, and addresses that were mistyped or came from an older site."""
