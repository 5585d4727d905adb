"""Links from what is written about the material to a quotation in it: [[I03-042]]."""

from __future__ import annotations

import re

LINK = re.compile(r"\[\[\s*([^\[\]\n]+?)\s*\]\]")
"""A link; its group is the quote id."""
