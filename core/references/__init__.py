"""What an object refers to: read from the object itself (`objects`), and which images and documents stored pages
and snippets refer to (`files`)."""
