"""The site's languages: fallback languages, numbers, dates, time zones and text direction."""
