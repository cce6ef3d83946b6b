"""The report of a comparison: one page to hand on, and its figures beside it."""
