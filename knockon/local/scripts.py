"""Scripts that only served pages have: each page works without them."""

from typing import Final

__all__ = ["REVIEW_SCRIPTS", "UPLOAD_SCRIPTS"]

#: Dropping files in, and how far their reading is.
UPLOAD_SCRIPTS: Final = ("js/upload.js",)

#: Deciding on links with one key each.
REVIEW_SCRIPTS: Final = ("js/review.js",)
