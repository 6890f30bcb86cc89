"""Dependency tags: what a page was made of, and when that last changed.

While a page is rendered, the tags of what it is made of are collected (`collecting`). A change of a row stamps the
tags of the row (`changes`, `stamping`). A stored page is fresh if none of its tags was stamped after its rendering
began (`file`). With several servers, the stamps reach each of them by Redis (`redis`).
"""
