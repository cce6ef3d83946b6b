"""The packing of ids, compiled."""

from ebbtide.engine.compiled import compiled
from ebbtide.world import identity

pack = compiled(identity.pack)
