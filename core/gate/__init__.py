"""The rooms of the publishing gate; its door is `core.publishing`."""
