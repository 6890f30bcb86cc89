"""Lists of words, written as one reads them."""


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())
