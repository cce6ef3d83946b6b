"""The state: what the weeks change, as columns (fighters, cells, groups, forces, this week's flows)."""

from ebbtide.world.columns import (
    CODES,
    FLAGS,
    INTEGERS,
    INTEGERS_2D,
    INTEGERS_3D,
    NUMBERS,
    NUMBERS_2D,
    NUMBERS_3D,
    SERIES_4D,
    SMALL_INTEGERS,
    Columns,
)

# Slots of `rows`: free rows, rows ever used, entries of the chronicle.
FREE, USED, NOTED = 0, 1, 2

BLOCK = 1024  # so many rows of fighters are looked at together
NO_POST = -1  # in `fighter_post`


class State(Columns):
    """Columns by fighter row, faction (c), group (g), place (p), force (f) and post (k).

    A fighter row is in use when its id is not zero. `men` is always exact; `men_before` is what
    it was when the week began. Tables named after levers hold what policy does this week.
    """

    fields = {  # noqa: RUF012
        # fighters
        "fighter_id": INTEGERS, "fighter_faction": SMALL_INTEGERS, "fighter_place": SMALL_INTEGERS,
        "fighter_origin": CODES, "fighter_came_from": SMALL_INTEGERS, "fighter_since": SMALL_INTEGERS,
        "fighter_arrived": SMALL_INTEGERS, "fighter_post": SMALL_INTEGERS,
        "free_rows": INTEGERS, "rows": INTEGERS,
        # cells
        "men": INTEGERS_2D, "men_before": INTEGERS_2D, "origins": INTEGERS_2D,
        "group_men": INTEGERS_2D, "supporters": NUMBERS_2D,
        "morale": NUMBERS_2D, "support": NUMBERS_2D, "held": NUMBERS_2D,
        "contact": NUMBERS_2D, "pressure": NUMBERS_2D, "onslaught": NUMBERS_2D,
        "hit": NUMBERS_2D, "caught": NUMBERS_2D,
        "rival_hit": NUMBERS_2D, "resistance": NUMBERS_2D,
        "risk": NUMBERS_2D, "drive": NUMBERS_2D, "hazards": NUMBERS_3D,
        # groups
        "founded": FLAGS, "strength_before": INTEGERS,
        "money": NUMBERS, "promised": NUMBERS_2D, "income": NUMBERS_2D,
        "wages_paid": NUMBERS, "pay_share": NUMBERS,
        "brand": NUMBERS, "momentum": NUMBERS, "media": NUMBERS, "cohesion": NUMBERS,
        "command": NUMBERS, "pull": NUMBERS, "hold": NUMBERS,
        "leaders_lost": INTEGERS_2D, "shock": NUMBERS,
        "notoriety": NUMBERS, "capability": NUMBERS, "attackers_lost": NUMBERS,
        "attack_bill": NUMBERS,
        # posts
        "post_group": INTEGERS, "post_rank": INTEGERS, "post_row": INTEGERS,
        "post_standing": NUMBERS, "post_vacant_since": INTEGERS, "post_doomed": FLAGS,
        # forces
        "attention": NUMBERS_2D, "attention_paid": NUMBERS_2D,
        "intelligence": NUMBERS_3D, "force_hit": NUMBERS_3D,
        "force_caught": NUMBERS_3D, "force_pressure": NUMBERS_3D, "leader_fire": NUMBERS_2D,
        "harmed": INTEGERS_3D, "harmed_by": INTEGERS_2D, "effort": NUMBERS_2D,
        # levers this week
        "strike": NUMBERS_3D, "offensive": NUMBERS_3D, "raid": NUMBERS_3D,
        "aim_leaders": NUMBERS_3D, "aim_finance": NUMBERS_3D, "aim_media": NUMBERS_3D,
        "interdiction": NUMBERS, "counter_media": NUMBERS, "border_control": NUMBERS,
        "cut_allies": NUMBERS, "amnesty": NUMBERS, "engagement": NUMBERS, "truce": NUMBERS_2D,
        "attention_floor": NUMBERS_2D,
        # orders this week
        "seed_to": INTEGERS, "seed_share": NUMBERS, "seed_event": INTEGERS,
        "pledge_to": INTEGERS, "pledge_share": NUMBERS,
        "command_to": INTEGERS_2D, "alarms": INTEGERS,
        "intake": INTEGERS_3D,
        # flows this week
        "entries": INTEGERS_2D, "exits": INTEGERS_2D, "joined_from": INTEGERS_2D,
        "killed_by": INTEGERS_2D, "moved": INTEGERS_2D,
        "attacks": INTEGERS_3D, "attacks_outside": INTEGERS, "civilians_harmed": INTEGERS_2D,
        "state_harmed": INTEGERS,
        # what was recorded
        "series": NUMBERS_3D, "defections": INTEGERS_3D, "places_series": SERIES_4D,
        "forces_series": SERIES_4D,
        "chronicle": INTEGERS_2D,
    }  # fmt: skip


# Slots of `alarms`: whether any fighter must look at these orders this week.
SEED_ALARM, COMMAND_ALARM = 0, 1

# Targets of attacks.
ON_STATE, ON_CIVILIANS = 0, 1
ATTACK_KINDS = 4  # each target, in held ground and outside it

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

# Hazards of a cell (faction and place), in the order of their slices; the last is of fire on
# foreigners, in the slice of the first.
(OF_FIRE, OF_OFFENSIVE, OF_CAPTURE, OF_DESERTION, OF_SURRENDER, OF_SWITCHING, OF_FLIGHT,
 OF_MOVING, OF_FIRE_ABROAD) = range(9)  # fmt: skip
HAZARDS = 9
