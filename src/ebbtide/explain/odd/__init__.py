"""The ODD description of the model with a scenario's values: prose by hand, tables from the code."""

from ebbtide.explain.odd.document import document

__all__ = ["document"]
