"""Block components: pieces of a page that declare what they take and refuse everything else.

A component is a template under ``templates/components/`` and a declaration beside the others of its room:
core's in ``core/components/library.py``, an app's in ``<app>/components.py``. See docs/front-end.md.
"""

from wenxi_portal.core.components.registry import Component, Prop, declare, find

__all__ = ["Component", "Prop", "declare", "find"]
