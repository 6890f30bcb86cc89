"""How Django writes dates in the languages whose own formats are missing or are another country's.

Named in FORMAT_MODULE_PATH; the names of the months are in the catalogues (`months`).
"""
