"""Forms, panels, widgets and menus of the admin that apps share. Code for a single model belongs to its app."""
