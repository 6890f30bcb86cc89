"""Colours, charts and the adras pattern, drawn by code without a request."""
