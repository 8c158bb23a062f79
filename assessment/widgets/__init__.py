"""Widgets: pages that Python writes and the browser draws.

`ProfileView` shows a whole page. `page` says what a page is and checks it.
"""

from assessment.widgets.profile_view import ProfileView

__all__ = ["ProfileView"]
