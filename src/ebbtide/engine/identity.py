"""The packing of ids, compiled."""

from ebbtide.world import identity
from ebbtide.world.compiled import compiled

pack = compiled(identity.pack)
