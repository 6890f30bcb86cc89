"""Colours, charts and the adras pattern: drawn from code, without a request."""
