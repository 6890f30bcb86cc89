"""Names of wagtail-localize that its documentation does not promise, each with the reason for its use. All other
modules import only documented names from wagtail-localize itself."""
