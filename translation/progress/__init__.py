"""The report on progress: words left, time from a change of the source to live, where texts come from."""
