"""What a copied page took over from its source: it is changed or confirmed before it goes live."""
