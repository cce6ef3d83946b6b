"""Columns of the tables of results that say whose a number is and how its run went."""

from __future__ import annotations

# Each with the type in which it is kept (Arrow's name of it).
KEYS = {
    "run": "int64",
    "policy": "string",
    "replication": "int64",
    "seed": "uint64",
    "date": "timestamp[ms]",
    "group": "string",
    "place": "string",
}
OF_RUN = ("run", "policy", "replication", "seed")
# The tables that results have beside `runs`, if the study keeps them, by what tells their rows apart.
BESIDE_RUNS = {
    "series": (*OF_RUN, "date", "group"),
    "places": ("run", "policy", "replication", "date", "group", "place"),
}
ENDED = {"status": "string", "error": "string"}  # of a run
