"""How pages are presented by search engines and in shared links: description, JSON-LD and share picture."""
