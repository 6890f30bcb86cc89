"""Names of other libraries that their documentation does not promise, each with the reason for its use. All other
modules import only documented names from these libraries themselves.

Wagtail has four modules: what models may import, what needs loaded models (views and forms of the admin), the API
for readers, and what Wagtail 8.1 does not have any more."""
