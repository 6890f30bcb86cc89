"""The demo: its content, pictures, documents and users, and how they are loaded."""
