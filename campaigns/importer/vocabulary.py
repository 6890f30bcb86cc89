"""Lists of words in the source code."""


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text that spaces and line breaks separate."""
    return frozenset(text.split())
