"""Imports stories from text files: reads them, recognises title, date, places and quotes, and writes drafts."""
