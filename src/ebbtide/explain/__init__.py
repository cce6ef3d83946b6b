"""What a name means, and the way from it to sentence, rule, number, source and test."""

from ebbtide.explain.catalogue import Catalogue
from ebbtide.explain.entry import Entry

__all__ = ["Catalogue", "Entry"]
