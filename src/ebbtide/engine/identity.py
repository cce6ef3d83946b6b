"""The packing of ids and the reading of them, compiled."""

from ebbtide.compilation.compiled import compiled
from ebbtide.world import identity

pack = compiled(identity.pack)
place_of = compiled(identity.place_of)
kind_of = compiled(identity.kind_of)
