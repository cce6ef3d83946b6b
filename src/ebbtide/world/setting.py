"""The setting: what one run never changes, as columns (places, groups, forces, acts, events)."""

from ebbtide.world.columns import (
    FLAGS,
    FLAGS_2D,
    INTEGER,
    INTEGERS,
    INTEGERS_2D,
    INTEGERS_3D,
    NUMBERS,
    NUMBERS_2D,
    Columns,
)

# Kinds of act (levers). Order as in the schema.
LEVERS = (
    "strikes", "offensive", "raids", "leader_killed", "finance_interdiction", "counter_media",
    "border_control", "cut_allies", "amnesty", "tribal_engagement", "truce", "attention",
)  # fmt: skip
EVENTS = ("founding", "pledge", "leader_loss")


class Setting(Columns):
    """Columns by place (p), border, faction (c), group (g), force (f), act (a) and event (e).

    Units as in the schema. `border_*` lists each border twice, once from each side, in the order
    of the place it starts from: those of place p are border_start[p] to border_start[p + 1].
    A group's factions are group_start[g] to group_start[g + 1], and its posts likewise. `*_ids`
    hold who draws, place by place, for the harm done (by force and group), attacks (by group and
    kind) and recruits (by faction and kind of entry).
    """

    fields = {  # noqa: RUF012
        "key0": INTEGER, "key1": INTEGER,
        "weeks": INTEGER, "places": INTEGER, "groups": INTEGER, "factions": INTEGER,
        "forces": INTEGER, "posts": INTEGER, "acts": INTEGER, "events": INTEGER,
        "people": NUMBERS, "districts": NUMBERS, "poverty": NUMBERS, "cover": NUMBERS,
        "tribal": NUMBERS, "sympathy": NUMBERS, "city": NUMBERS,
        "border_start": INTEGERS, "border_to": INTEGERS, "border_nearness": NUMBERS,
        "border_international": FLAGS,
        "faction_group": INTEGERS, "grievance": NUMBERS,
        "group_start": INTEGERS, "full": FLAGS, "outsider": NUMBERS,
        "pay": NUMBERS, "crime": NUMBERS, "supporters_each": NUMBERS,
        "attack_rate": NUMBERS, "base_brand": NUMBERS, "base_cohesion": NUMBERS, "group_posts": INTEGERS,
        "post_start": INTEGERS,
        "recruitment": NUMBERS, "foreign_best": NUMBERS, "men_at_start": NUMBERS,
        "centre": INTEGERS, "centre_money": NUMBERS, "centre_brand": NUMBERS,
        "centre_health": NUMBERS_2D,
        "openness": NUMBERS_2D, "hostility": NUMBERS_2D,
        "ally_men": NUMBERS_2D, "ally_money": NUMBERS_2D, "ally_start": INTEGERS_2D,
        "ally_lifeline": FLAGS_2D,
        "usual_support": NUMBERS_2D,
        "force_here": FLAGS_2D, "capacity": NUMBERS, "arrests": NUMBERS, "routine": NUMBERS,
        "intelligence_best": NUMBERS, "harm": NUMBERS, "taken": NUMBERS, "local": FLAGS,
        "harm_ids": INTEGERS_3D, "attack_ids": INTEGERS_3D, "intake_ids": INTEGERS_3D,
        "act_kind": INTEGERS, "act_force": INTEGERS, "act_start": INTEGERS, "act_stop": INTEGERS,
        "act_strength": NUMBERS, "act_leaders": NUMBERS, "act_finance": NUMBERS,
        "act_media": NUMBERS, "act_post": INTEGERS, "act_rival": INTEGERS,
        "act_against": FLAGS_2D, "act_here": FLAGS_2D,
        "event_kind": INTEGERS, "event_week": INTEGERS, "event_group": INTEGERS,
        "event_to": INTEGERS, "event_lift": NUMBERS,
        "event_money": NUMBERS, "event_seed": NUMBERS_2D, "event_men": INTEGERS_2D,
        "event_places": NUMBERS_2D, "event_near": INTEGERS_2D,
    }  # fmt: skip
