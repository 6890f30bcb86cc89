"""How a page presents itself elsewhere: its description, JSON-LD and share picture."""
