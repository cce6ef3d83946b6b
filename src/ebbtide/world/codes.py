"""Codes: what the rows along the short dimensions of columns stand for."""

from ebbtide.world.identity import KINDS

# Ends of a fighter's service with a group (dimension `end`).
KILLED = 0
KILLED_BY_RIVALS = 1
CAPTURED = 2
DESERTED = 3
SURRENDERED = 4
SWITCHED_AWAY = 5
ENDS = 6
END_NAMES = ("killed", "killed_by_rivals", "captured", "deserted", "surrendered", "switched")

# Sources of income (`source`).
FROM_CENTRE, FROM_TAXES, FROM_CRIME, FROM_ALLIES = 0, 1, 2, 3
SOURCES = 4
SOURCE_NAMES = ("centre", "taxes", "crime", "allies")

# Kinds of event (`event_kind`).
EVENTS = ("founding", "pledge", "leader_loss")

# Slots of `rows`: free rows, rows ever used, entries of the chronicle.
FREE, USED, NOTED = 0, 1, 2

# Slots of `alarms`: whether any fighter must look at these orders this week.
SEED_ALARM, COMMAND_ALARM = 0, 1

NO_POST = -1  # in `fighter_post`
NEVER_FILLED = -(1 << 40)  # in `post_vacant_since`

# Targets of attacks (`target`), and kinds: each target, in held ground and outside it.
ON_STATE, ON_CIVILIANS = 0, 1
ATTACK_KINDS = 4

# Hazards of a cell (faction and place), in the order of their slices; the last is of fire on
# foreigners, in the slice of the first (`hazard`).
(OF_FIRE, OF_OFFENSIVE, OF_CAPTURE, OF_DESERTION, OF_SURRENDER, OF_SWITCHING, OF_FLIGHT,
 OF_MOVING, OF_FIRE_ABROAD) = range(9)  # fmt: skip
HAZARDS = 9

# Kinds of entry in the chronicle: (week, kind, then up to four numbers).
NOTE_FOUNDED = 1  # group
NOTE_PLEDGED = 2  # group, to
NOTE_LEADER_LOSS = 3  # group
NOTE_LEADER_KILLED = 4  # group, rank, 1 by a dated act or 0 by fire
NOTE_APPOINTED = 5  # group, rank, standing in thousandths
NOTE_COMMAND_WENT = 6  # faction, place, to, men
NOTE_GREAT_ATTACK = 7  # group, place, target, people harmed
CHRONICLE_LENGTH = 8192
GREAT_ATTACK = 30  # people harmed in one attack from which on it is noted

# Dimensions that are as long in every world.
LENGTHS = {
    "kind": KINDS, "end": ENDS, "source": SOURCES, "target": 2, "attack_kind": ATTACK_KINDS,
    "hazard": HAZARDS, "slot": 3, "alarm": 2, "head_or_other": 2, "all_or_across": 2,
    "note": CHRONICLE_LENGTH, "entry": 6,
}  # fmt: skip
