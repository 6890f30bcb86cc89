"""Stories in any number, added to the demo to measure how the site grows. Written in bulk, past the receivers of
saved objects and the publishing checks: never for a site that people read."""
