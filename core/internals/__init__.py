"""Names of other libraries that their documentation does not promise, each with the reason for its use. All other
modules import only documented names from these libraries themselves."""
