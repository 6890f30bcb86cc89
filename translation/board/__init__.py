"""The overview of translations: what is missing where, for whom, until when."""
