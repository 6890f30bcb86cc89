"""The site's languages: which stands in for which, their numbers, dates and direction."""
