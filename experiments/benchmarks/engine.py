"""How fast is a fighter's week? Ratios taken in one run, since machines differ and are noisy.

    uv run python experiments/benchmarks/engine.py [--rounds 5]

Beside a whole khorasan run (every phase, every outcome recorded) stand:
- the same rules run agent by agent (`agents_way`), on a thinned world;
- a plain Mesa model: fighters as objects with attributes, the same fates decided with `random()`;
- one bare draw of the same generator for every fighter and week.
Then the cost by number of fighters, the building of a model, the memory of a fighter, the growth
of memory over many runs, and which phase takes what.
"""

from __future__ import annotations

import argparse
import gc
import math
import resource
import statistics
import time
from collections.abc import Callable

import mesa
import numpy as np

from ebbtide.engine import (
    accounts,
    attacks,
    cells,
    commands,
    conditions,
    fighters,
    forces,
    leaders,
    luck,
    muster,
    record,
    recruits,
    standing,
)
from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario, load
from ebbtide.world.compiled import compiled
from ebbtide.world.outcomes import OUTCOMES
from ebbtide.world.state import COMMAND_ALARM, OFFENSIVE_ALARM, SEED_ALARM

FIGHTERS = list(OUTCOMES).index("fighters")
PLAIN_MEN, PLAIN_WEEKS = 4000, 20


def timed(work: Callable[[], object], rounds: int) -> float:
    """The median of some rounds, in seconds of processor time (other work on the machine adds none)."""
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def fighter_weeks(model: Insurgency) -> float:
    """Men and weeks lived so far."""
    return float(model.state.series[1 : model.week + 1, :, FIGHTERS].sum())


def thinned(scenario: Scenario, men: float) -> Scenario:
    """The scenario with about so many men at the start, in the same proportions."""
    at_start = {
        f"groups.{name}.fighters": group.fighters.median
        for name, group in scenario.file.groups.items()
    }
    factor = men / sum(at_start.values())
    return scenario.with_overrides({path: count * factor for path, count in at_start.items()})


class PlainFighter(mesa.Agent):
    """A fighter as a Mesa tutorial would write him: his state in attributes, his fate in step()."""

    def __init__(self, model: PlainModel) -> None:
        super().__init__(model)
        self.morale = 0.5
        self.pay_share = 0.8
        self.risk = 0.002
        self.place = 0
        self.group = 0

    def step(self) -> None:
        """Face the same ends as in Ebbtide, one after another."""
        drawn = self.model.random.random()
        if drawn < self.risk:
            self.group = -1
            return
        leave = 0.02 / (1 + math.exp(2.4 - 2.5 * (1 - self.pay_share) - 3 * (0.5 - self.morale)))
        if drawn < self.risk + leave:
            self.group = -1
        elif drawn < self.risk + leave + 0.004:
            self.group = (self.group + 1) % 10
        elif drawn < self.risk + leave + 0.008:
            self.place = (self.place + 1) % 48


class PlainModel(mesa.Model):
    """Fighters as objects, stepped with AgentSet.do."""

    def __init__(self, men: int) -> None:
        super().__init__(rng=1)
        PlainFighter.create_agents(self, men)

    def step(self) -> None:
        self.agents.do("step")


@compiled
def bare_draws(key0, key1, ids, weeks, out):  # type: ignore[no-untyped-def]
    """One draw a fighter and week, and nothing else."""
    total = 0.0
    for week in range(weeks):
        for start in range(0, ids.size - out.size + 1, out.size):
            luck.uniforms(key0, key1, luck.FATE, ids[start : start + out.size], week, out)
            total += out[0]
    return total


def run(scenario: Scenario, seed: int = 1) -> Insurgency:
    model = Insurgency(scenario, rng=seed)
    model.run_until_end()
    return model


def compare(scenario: Scenario, rounds: int) -> None:
    """The table of ratios."""
    model = run(scenario)
    lived = fighter_weeks(model)
    build = timed(lambda: Insurgency(scenario, rng=2), rounds)
    whole = timed(lambda: run(scenario, 2), rounds)
    each = (whole - build) / lived
    weeks, men = 100, 40 * 1024
    ids = np.arange(1, men + 1, dtype=np.int64)
    bare_draws(1, 2, ids, 1, np.empty(1024))
    bare = timed(lambda: bare_draws(1, 2, ids, weeks, np.empty(1024)), rounds) / (men * weeks)

    plain = PlainModel(PLAIN_MEN)
    plain_each = timed(lambda: [plain.step() for _ in range(PLAIN_WEEKS)], 3)
    plain_each /= PLAIN_MEN * PLAIN_WEEKS

    few = thinned(scenario, 2000)
    by_agents = Insurgency(few, rng=1, agents_way=True)
    start = time.process_time()
    for _ in range(PLAIN_WEEKS):
        by_agents.step()
    agents_each = (time.process_time() - start) / fighter_weeks(by_agents)

    print(f"{'way':42} {'ns/fighter-week':>16} {'to Ebbtide':>11} {'to bare draw':>13}")
    for name, seconds in (
        ("Ebbtide, a whole khorasan run", each),
        ("the same rules, agent by agent (2,000 men)", agents_each),
        (f"plain Mesa objects ({PLAIN_MEN:,} men)", plain_each),
        ("one bare draw", bare),
    ):
        print(f"{name:42} {seconds * 1e9:16.1f} {seconds / each:11.2f} {seconds / bare:13.1f}")
    print(f"a run: {whole:.3f} s for {lived / 1e6:.1f} million fighter-weeks")
    print(f"building the model: {build / (whole - build):.1%} of running it")


def curve(scenario: Scenario) -> None:
    """Cost by number of fighters; 30 weeks each."""
    print(f"\n{'men at the start':>16} {'ns/fighter-week':>16} {'ms/week':>9}")
    for men in (10_000, 40_000, 100_000, 300_000, 1_000_000):
        model = Insurgency(thinned(scenario, men), rng=1)
        start = time.process_time()
        for _ in range(30):
            model.step()
        taken = time.process_time() - start
        print(f"{men:16,} {taken / fighter_weeks(model) * 1e9:16.1f} {taken / 30 * 1e3:9.2f}")
    columns = [name for name in model.state.fields if name.startswith("fighter_")]
    width = sum(getattr(model.state, name).itemsize for name in [*columns, "free_rows"])
    print(f"a fighter takes {width} bytes in the columns")


def memory(scenario: Scenario, runs: int) -> None:
    """Growth of the process's highest memory over many short runs."""

    def short() -> None:
        model = Insurgency(scenario, rng=1)
        for _ in range(10):
            model.step()

    def highest() -> float:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    for _ in range(50):
        short()
    gc.collect()
    before = highest()
    for _ in range(runs):
        short()
    print(f"\nhighest memory: {before:.0f} MiB after 50 runs, {highest():.0f} after {runs} more")


def profile(scenario: Scenario) -> None:
    """What each phase takes of a run, its calls from Python included (some 2 microseconds each)."""
    model = Insurgency(scenario, rng=2)
    setting, parameters, state = model.setting, model.parameters, model.state
    taken: dict[str, float] = {}

    def phase(name: str, work: Callable[..., object], *arguments: object) -> None:
        start = time.process_time()
        work(*arguments)
        taken[name] = taken.get(name, 0.0) + time.process_time() - start

    for week in range(1, setting.weeks + 1):
        fixed, free = setting.compiled, parameters.compiled
        phase("levers", conditions.set_levers, fixed, state.compiled, week)
        phase("conditions", conditions.happen, fixed, free, state.compiled, week)
        for name, actors, work in (
            ("muster", setting.groups, muster.muster),
            ("forces", setting.forces, forces.watch_and_strike),
            ("promises", setting.groups, muster.keep_promises),
            ("accounts", setting.groups, accounts.keep_accounts),
            ("stock", setting.groups, standing.take_stock),
            ("ground", setting.groups, cells.feel_the_ground),
            ("leaders", setting.posts, leaders.face_the_hunt),
            ("appointments", setting.groups, leaders.appoint),
            ("commands", setting.groups, commands.decide_commands),
        ):
            for row in range(actors):
                phase(name, work, fixed, free, state.compiled, week, row)
        if state.alarms[SEED_ALARM] or state.alarms[COMMAND_ALARM]:
            phase("orders", fighters.all_follow_orders, fixed, free, state.compiled, week)
        if state.alarms[OFFENSIVE_ALARM]:
            phase("offensives", fighters.all_endure_offensives, fixed, free, state.compiled, week)
        phase("fates", fighters.all_face_the_week, fixed, free, state.compiled, week)
        for name, work in (("attacks", attacks.attack), ("recruits", recruits.recruit)):
            for row in range(setting.groups):
                phase(name, work, fixed, free, state.compiled, week, row)
        model.week = week
        model.make_room(int(state.intake.sum()))
        phase("entering", fighters.enter, fixed, state.compiled, week)
        for row in range(setting.groups):
            phase("recording", record.write_down, fixed, state.compiled, week, row)
    whole = sum(taken.values())
    print(f"\n{'phase':14} {'ms a run':>9} {'share':>7}")
    for name, seconds in sorted(taken.items(), key=lambda item: -item[1]):
        print(f"{name:14} {seconds * 1e3:9.1f} {seconds / whole:7.1%}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--runs", type=int, default=1000, help="short runs for the memory check")
    chosen = parser.parse_args()
    scenario = load("khorasan")
    run(scenario)
    compare(scenario, chosen.rounds)
    curve(scenario)
    profile(scenario)
    memory(scenario, chosen.runs)


if __name__ == "__main__":
    main()
