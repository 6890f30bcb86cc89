"""Import and export of translations as PO, XLIFF and TMX."""
