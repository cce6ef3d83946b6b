"""Luck (keyed draws) and the compiled phases that loop the rules over the columns."""
