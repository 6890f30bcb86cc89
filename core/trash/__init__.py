"""The trash for images and documents: deleted files are kept, restored with their old primary keys, or purged,
and stored files are removed once no row names them.
Pages and snippets have their own trash in `translation.lifecycle`; one report lists both."""
