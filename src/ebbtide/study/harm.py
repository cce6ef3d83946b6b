"""Harm to civilians from all sides: what comparisons of policies and their figures call it."""

HARM = "civilians_harmed_in_all"
HARM_IN_WORDS = "civilians harmed by or against the group"
