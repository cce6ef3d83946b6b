"""The week in machine code: the same phases, in the same order, as on the page in `model.py`."""

from ebbtide.engine.accounts import keep_accounts
from ebbtide.engine.attacks import attack
from ebbtide.engine.cells import feel_the_ground, weigh_risks
from ebbtide.engine.commands import decide_commands
from ebbtide.engine.conditions import happen, set_levers
from ebbtide.engine.fates import all_face_the_week
from ebbtide.engine.forces import watch_and_strike
from ebbtide.engine.leaders import appoint, face_the_hunt
from ebbtide.engine.muster import keep_promises, muster
from ebbtide.engine.orders import all_follow_orders
from ebbtide.engine.parameters import Parameters
from ebbtide.engine.record import write_down
from ebbtide.engine.recruits import recruit
from ebbtide.engine.service import enter
from ebbtide.engine.standing import take_stock
from ebbtide.world.columns import INTEGER
from ebbtide.world.compiled import PLAIN, compiled
from ebbtide.world.machine_code import are_kept
from ebbtide.world.setting import Setting
from ebbtide.world.state import COMMAND_ALARM, SEED_ALARM, State


@compiled
def week_until_intake(setting, parameters, state, week):
    """Phases 1 to 14; returns how many men will enter."""
    set_levers(setting, state, week)
    happen(setting, parameters, state, week)
    for g in range(setting.groups):
        muster(setting, parameters, state, week, g)
    for f in range(setting.forces):
        watch_and_strike(setting, parameters, state, week, f)
    for g in range(setting.groups):
        keep_promises(setting, parameters, state, week, g)
    for g in range(setting.groups):
        keep_accounts(setting, parameters, state, week, g)
    for g in range(setting.groups):
        take_stock(setting, parameters, state, week, g)
    for g in range(setting.groups):
        feel_the_ground(setting, parameters, state, week, g)
    for k in range(setting.posts):
        face_the_hunt(setting, parameters, state, week, k)
    for g in range(setting.groups):
        appoint(setting, parameters, state, week, g)
    for g in range(setting.groups):
        decide_commands(setting, parameters, state, week, g)
    if state.alarms[SEED_ALARM] == 1 or state.alarms[COMMAND_ALARM] == 1:
        all_follow_orders(setting, parameters, state, week)
    for g in range(setting.groups):
        weigh_risks(setting, parameters, state, week, g)
    all_face_the_week(setting, parameters, state, week)
    for g in range(setting.groups):
        attack(setting, parameters, state, week, g)
    for g in range(setting.groups):
        recruit(setting, parameters, state, week, g)
    return sum(state.intake.ravel())


def compile_backwards() -> None:
    """Compile the phases from the last to the first: half of them, while another lives a week."""
    if PLAIN:
        return
    columns = (Setting.compiled_type, Parameters.compiled_type, State.compiled_type)
    for phase in (
        recruit, attack, all_face_the_week, weigh_risks, all_follow_orders, decide_commands, appoint,
        face_the_hunt, feel_the_ground, take_stock, keep_accounts, keep_promises, watch_and_strike,
    ):  # fmt: skip
        whose = phase.py_func.__code__.co_argcount - len(columns)  # the week, and most often a row
        phase.compile((*columns, *(INTEGER,) * whose))


def is_compiled() -> bool:
    """Whether machine code of the week is on disk already, or none is wanted."""
    setting, state = Setting.compiled_type, State.compiled_type
    return PLAIN or are_kept(
        (week_until_intake, week_from_intake),
        ((setting, Parameters.compiled_type, state, INTEGER), (setting, state, INTEGER)),
    )


@compiled
def week_from_intake(setting, state, week):
    """Phases 15 and 16."""
    enter(setting, state, week)
    for g in range(setting.groups):
        write_down(setting, state, week, g)
