"""Translations without GNU gettext: what is said in the sources, what the fragments answer, what is missing."""
