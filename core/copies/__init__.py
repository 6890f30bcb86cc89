"""The parts that a copied page has taken over from its source, which must be changed or confirmed before the copy
goes live."""
