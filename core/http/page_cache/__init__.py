"""The page cache: public pages are stored whole and compressed, and sent before Django sees the request."""
