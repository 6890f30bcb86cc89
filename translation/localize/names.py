"""Names by which wagtail-localize is addressed in requests and permissions."""

# Permission on models, for whoever may send objects for translation: its views and buttons ask for it.
SUBMIT = "wagtail_localize.submit_translation"

# Namespace of its URLs, each of which has a rule in `translation.guard`.
NAMESPACE = "wagtail_localize"
# URLs of the forms that send an object, in place of which this project's views run.
SUBMIT_PAGE, SUBMIT_SNIPPET = f"{NAMESPACE}:submit_page_translation", f"{NAMESPACE}:submit_snippet_translation"
# URL of the form that updates the translations of a source.
UPDATE = f"{NAMESPACE}:update_translations"

# Menu items of the editor, and fields by which its hooks recognise the request: both are checked or refused.
RESTART, TO_ALIAS = "localize-restart-translation", "localize-convert-to-alias"
