"""Review of translations: submit, approve, request changes, publish."""
