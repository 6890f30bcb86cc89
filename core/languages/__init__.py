"""The site's languages: fallback languages, numbers, dates and text direction."""
