"""A figure as SVG that stands in a page: named for those who do not see it, its ids its own."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
NO_METADATA = dict.fromkeys(("Date", "Creator", "Format", "Type"))
# Letters as shapes look the same on every machine; ids are the same whenever it is drawn.
LETTERS: Any = {"svg.fonttype": "path"}
TIGHT: Any = {"bbox_inches": "tight", "pad_inches": 0.05}  # a page has margins of its own


def as_svg(figure: Figure, name: str) -> bytes:
    """A figure as an SVG file that is the same whenever it is drawn."""
    import matplotlib as mpl

    drawn = io.BytesIO()
    with mpl.rc_context({**LETTERS, "svg.hashsalt": name}):
        figure.savefig(drawn, format="svg", metadata=NO_METADATA, **TIGHT)
    return drawn.getvalue()


def inlined(drawn: bytes, name: str, title: str, description: str) -> str:
    """An SVG file as an element of a page, with what it shows in words.

    Its ids begin with `name`, so that two figures of a page have none in common; it has no size of its
    own, and fills the width that it gets.
    """
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    root = ElementTree.fromstring(drawn)
    for metadata in root.findall(f"{{{SVG}}}metadata"):
        root.remove(metadata)
    for element in root.iter():
        for key, value in element.attrib.items():
            if key == "id":
                element.set(key, f"{name}-{value}")
            elif key == f"{{{XLINK}}}href":
                element.set(key, value.replace("#", f"#{name}-"))
            elif "url(#" in value:
                element.set(key, re.sub(r"url\(#", f"url(#{name}-", value))
    for size in ("width", "height"):
        root.attrib.pop(size, None)
    root.set("preserveAspectRatio", "xMinYMin")
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-title {name}-description")
    for place, (tag, text) in enumerate((("title", title), ("desc", description))):
        told = ElementTree.Element(f"{{{SVG}}}{tag}")
        told.set("id", f"{name}-{'title' if tag == 'title' else 'description'}")
        told.text = text
        root.insert(place, told)
    return ElementTree.tostring(root, encoding="unicode")
