"""Sitemaps of all languages.

They do not use django.contrib.sitemaps: with i18n it reads the pages of all languages for each file (1.1 s of
processor time instead of 0.6 with 50,000 pages), gives a page without LANGUAGE_CODE no x-default, and needs own
templates, views and alternates for images, news, times and PUBLIC_BASE_URL.
"""
