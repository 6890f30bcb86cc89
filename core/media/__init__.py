"""Images and documents: their sizes, how they are served, and who may see them. What a page must have before it
shows one is a matter of `core.publishing`."""
