"""The packing of ids, compiled."""

from ebbtide.compilation.compiled import compiled
from ebbtide.world import identity

pack = compiled(identity.pack)
