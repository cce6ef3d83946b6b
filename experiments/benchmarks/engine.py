"""How fast is a fighter's week? Ratios taken in one run, since machines differ and are noisy.

    uv run python experiments/benchmarks/engine.py [--rounds 5]

Beside a whole khorasan run (every phase, every outcome recorded) stand:
- the same rules run agent by agent (`agents_way`), on a thinned world;
- the fighters alone in plain Mesa (`plain_mesa.py`): each working out his hazards by the rules, and
  each reading hazards that were worked out for his cell and given to him;
- one bare draw of the same generator for every fighter and week.
Then the cost by number of fighters, the building of a model, the memory of a fighter, the growth
of memory over many runs, and which phase takes what.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from collections import defaultdict
from collections.abc import Callable

import numpy as np
import psutil
from plain_mesa import ByCell, ByRules, PlainMesa

from ebbtide.compilation.compiled import compiled
from ebbtide.engine import random_numbers
from ebbtide.engine.phase import compiled_phases
from ebbtide.engine.random_numbers import Decision
from ebbtide.engine.week import FROM_INTAKE, WEEK
from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario, load
from ebbtide.study.design import Design
from ebbtide.study.simulate import Simulator
from ebbtide.world.columns import Integers, Numbers


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
    return float(model.state.series.fighters[1 : model.week + 1].sum())


def thinned(scenario: Scenario, men: float) -> Scenario:
    """The scenario with about so many men at the start, in the same proportions."""
    at_start = {
        f"groups.{name}.fighters": group.fighters.median
        for name, group in scenario.file.groups.items()
    }
    factor = men / sum(at_start.values())
    return scenario.with_overrides({path: count * factor for path, count in at_start.items()})


@compiled
def bare_draws(key0: int, key1: int, ids: Integers, weeks: int, out: Numbers) -> float:
    """One draw a fighter and week, and nothing else."""
    total = 0.0
    for week in range(weeks):
        for start in range(0, ids.size - out.size + 1, out.size):
            who = ids[start : start + out.size]
            random_numbers.uniforms(key0, key1, Decision.FATE, who, week, out)
            total += out[0]
    return total


def plain_mesa(week: Insurgency, kind: type[ByRules], weeks: int = 3) -> float:
    """Seconds of a fighter's week in plain Mesa."""
    model = PlainMesa(week, kind)
    men = len(model.agents)
    gc.collect()
    return timed(model.step, weeks) / men


def run(scenario: Scenario, seed: int = 1) -> Insurgency:
    """A whole run."""
    model = Insurgency(scenario, rng=seed)
    model.run_until_end()
    return model


def compare(scenario: Scenario, rounds: int) -> tuple[float, float]:
    """The table of ratios; returns fighter-weeks of a run, and seconds of one given by cell."""
    model = run(scenario)
    lived = fighter_weeks(model)
    build = timed(lambda: Insurgency(scenario, rng=2), rounds)
    whole = timed(lambda: run(scenario, 2), rounds)
    each = (whole - build) / lived
    weeks, men = 100, 40 * 1024
    ids = np.arange(1, men + 1, dtype=np.int64)
    bare_draws(1, 2, ids, 1, np.empty(1024))
    bare = timed(lambda: bare_draws(1, 2, ids, weeks, np.empty(1024)), rounds) / (men * weeks)

    half_way = Insurgency(scenario, rng=1)
    while half_way.week < half_way.world.weeks // 2:
        half_way.step()
    by_rules, by_cell = (plain_mesa(half_way, kind) for kind in (ByRules, ByCell))

    few = thinned(scenario, 2000)
    by_agents = Insurgency(few, rng=1, agents_way=True)
    start = time.process_time()
    for _ in range(20):
        by_agents.step()
    agents_each = (time.process_time() - start) / fighter_weeks(by_agents)

    print(f"{'way':42} {'ns/fighter-week':>16} {'to Ebbtide':>11} {'to bare draw':>13}")
    for name, seconds in (
        ("Ebbtide, a whole khorasan run", each),
        ("the same rules, agent by agent (2,000 men)", agents_each),
        ("plain Mesa, hazards by each man", by_rules),
        ("plain Mesa, hazards given by cell", by_cell),
        ("one bare draw", bare),
    ):
        print(f"{name:42} {seconds * 1e9:16.1f} {seconds / each:11.2f} {seconds / bare:13.1f}")
    print(f"a run: {whole:.3f} s for {lived / 1e6:.1f} million fighter-weeks")
    print(f"building the model: {build / (whole - build):.1%} of running it")
    return lived, by_cell


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
    width = sum(
        getattr(model.state, name).itemsize
        for name, declared in model.state.declared.items()
        if declared.dimensions == ("fighter",)
    )
    print(f"a fighter takes {width} bytes in the columns")


def memory(scenario: Scenario, runs: int) -> None:
    """Memory of the process after so many short runs, done as a sweep's workers do them."""
    policy = scenario.policy
    design = Design(scenario, (policy.id,), 50 + runs, base_seed=1, points_alone=True)
    simulate = Simulator(scenario, {policy.id: policy}, weeks=10, kept=None)

    def held() -> float:
        return psutil.Process().memory_info().rss / 2**20

    for run in design[:50]:
        simulate(run)
    before = held()
    for run in design[50 : 50 + runs]:
        simulate(run)
    print(f"\nmemory: {before:.1f} MiB after 50 runs, {held():.1f} after {runs} more")


def profile(scenario: Scenario, rounds: int) -> dict[str, float]:
    """What each phase takes of a run: the least of some rounds, week by week."""
    alone = {phase.name: compiled_phases(f"alone_{phase.name}", (phase,)) for phase in WEEK}
    times: defaultdict[tuple[str, int], list[float]] = defaultdict(list)

    def timed_phase(name: str, week: int, work: Callable[..., object], *given: object) -> None:
        start = time.perf_counter()
        work(*given)
        times[name, week].append(time.perf_counter() - start)

    for _ in range(rounds + 1):  # the first round compiles
        model = Insurgency(scenario, rng=2)
        for week in range(1, model.world.weeks + 1):
            model._week = week
            for phase in WEEK:
                if phase is FROM_INTAKE[0]:
                    entering = int(model.state.intake.sum())
                    timed_phase("making room", week, model.make_room, entering)
                columns = (
                    model.world.compiled,
                    model.parameters.compiled,
                    model.state.compiled,
                )
                timed_phase(phase.name.replace("_", " "), week, alone[phase.name], *columns, week)
    taken: defaultdict[str, float] = defaultdict(float)
    for (name, _), seconds in times.items():
        taken[name] += min(seconds[1:] or seconds)
    whole = sum(taken.values())
    print(f"\n{'phase':18} {'ms a run':>9} {'us a week':>10} {'share':>7}")
    for name in sorted(taken, key=taken.__getitem__, reverse=True):
        a_week = taken[name] / scenario.weeks
        share = taken[name] / whole
        print(f"{name:18} {taken[name] * 1e3:9.1f} {a_week * 1e6:10.1f} {share:7.1%}")
    return taken


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--runs", type=int, default=1000, help="short runs for the memory check")
    chosen = parser.parse_args()
    scenario = load("khorasan")
    run(scenario)
    lived, by_cell = compare(scenario, chosen.rounds)
    curve(scenario)
    taken = profile(scenario, chosen.rounds)
    men_alone = (taken["follow orders"] + taken["face the week"]) / lived
    print(
        f"orders and fates alone: {men_alone * 1e9:.1f} ns a fighter-week, {by_cell / men_alone:.0f} "
        "times faster than plain Mesa where it, too, is given the hazards of cells"
    )
    memory(scenario, chosen.runs)


if __name__ == "__main__":
    main()
