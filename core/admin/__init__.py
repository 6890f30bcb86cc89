"""Forms, panels and widgets of the admin that the apps share. What belongs to one model stands with its app."""
