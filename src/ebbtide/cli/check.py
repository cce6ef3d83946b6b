"""`ebbtide check`: read scenario and policy files, and say all that is wrong with them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ebbtide.cli.conducting import Workers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebbtide.scenario import Scenario
    from ebbtide.study.study import Study


def check(
    files: Annotated[
        list[str],
        typer.Argument(
            help="Scenario, policy and study files, or names of shipped scenarios.",
            metavar="FILE...",
        ),
    ],
    scenario: Annotated[
        str | None,
        typer.Option(
            metavar="SCENARIO",
            help="The scenario that policies act in: their names are checked against it.",
        ),
    ] = None,
    keys: Annotated[
        bool,
        typer.Option("--keys", help="List each scenario's keys for --set, with value and unit."),
    ] = False,
    audited: Annotated[
        bool,
        typer.Option(
            "--audit",
            help="Run each scenario at its medians, and with each number at the ends of its prior, and "
            "say what a modeller would ask of it: growth, money, deaths, idle acts, knife edges. Its runs "
            "are 6 for each number with a prior, 3 for each act or deployment and 28 more: some 900 of "
            "what `ebbtide new` makes, in a minute on two cores, and 1,300 of khorasan, in several.",
        ),
    ] = False,
    workers: Workers = None,
    policy: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            help="A policy file, or the name of one beside the scenario, to check in each FILE, a "
            "scenario; NAME@DATE is the same from that day on; may be repeated.",
        ),
    ] = None,
) -> None:
    """Check files: all faults at once, with what is allowed.

    Of a scenario that names claims and their tests it reads these too. Of a study it says how many
    runs it has, and, after a few of them, a guess of how long they take and how large their tables
    are. --audit is for scenarios, and does runs of its own.
    """
    from ebbtide.cli.audit import audit
    from ebbtide.cli.claims_file import scenario_of
    from ebbtide.scenario import Faults, load
    from ebbtide.scenario import check as described
    from ebbtide.scenario.summary import must_be_toml

    base = None if scenario is None else load(scenario)
    faulty = False
    for named in files:
        file = named
        try:
            must_be_toml(Path(named))
            if of_claims := scenario_of(file, base):
                said, file = of_claims
                print(said)
            if _is_study(file):
                lines = _study_lines(file)
            else:
                lines = described(file, base, keys=keys, also=_sound)
            print("\n".join(lines + _claim_lines(file)))
            if audited:
                audit(_scenario(file, "--audit"), workers)
            if policy:
                print("\n".join(_policy_lines(policy, _scenario(file, "--policy"))))
        except Faults as found:
            faulty = True
            print(found, file=sys.stderr)
    if faulty:
        raise typer.Exit(2)


def _sound(scenario: Scenario) -> None:
    """Raise Faults for what other parts cannot use: claims, draws, quantities that `calibrate` frees."""
    from ebbtide.explain import ledger
    from ebbtide.study.posterior import refuse_stale

    ledger.check(scenario)
    refuse_stale(scenario)
    calibration, known = scenario.file.calibration, scenario.uncertain_under()
    if calibration is not None and any(
        path not in known or scenario.draw_of(path) != path for path in calibration.free
    ):
        from ebbtide.calibration.bank import free_paths  # it takes seconds to load

        free_paths(scenario)


def _scenario(file: str, option: str) -> Scenario:
    """The scenario that an option is for; raises Faults for a policy or a study."""
    from ebbtide.scenario import Fault, Faults, load

    try:
        return load(file)
    except Faults:
        raise Faults([Fault(option, None, file, "scenarios")]) from None


def _policy_lines(named: list[str], scenario: Scenario) -> list[str]:
    """What policies hold in a scenario; raises the Faults of all that are unsound."""
    from ebbtide.scenario import Fault, Faults, load_policy
    from ebbtide.scenario import check as described
    from ebbtide.scenario.policy_from import name_and_day
    from ebbtide.scenario.policy_notes import notes_on

    lines: list[str] = []
    faults: list[Fault] = []
    for name in named:
        try:
            policy = load_policy(name, scenario)
        except Faults as found:
            faults += found.faults
            continue
        if name_and_day(name)[1] is None:
            lines += described(policy.path, scenario)
        else:  # not as its file has it
            lines += [f"{policy.id}: a sound policy, {policy.title}; fits {scenario.id}"]
            lines += [f"  {note}" for note in notes_on(policy.file, scenario)]
    if faults:
        raise Faults(faults)
    return lines


def _claim_lines(file: str) -> list[str]:
    """What the claims of a scenario are held to, if it names that; reading it checks it whole."""
    from ebbtide.claims.reading import read_tests
    from ebbtide.claims.remarks import remarks
    from ebbtide.scenario import Faults, load
    from ebbtide.scenario.document import read_document
    from ebbtide.scenario.faults import counted
    from ebbtide.scenario.library import find_scenario

    try:
        document = read_document(find_scenario(file))
    except Faults:  # a policy by its name
        return []
    stated = [document.get(("evidence", key)) for key in ("claims", "claim_tests")]
    if stated == [None, None]:
        return []
    scenario = load(file)
    claims = counted(len(scenario.claims), "claim")
    if scenario.claim_tests is None:
        return [f"  {claims}, held to nothing: `evidence.claim_tests` names no file of tests"]
    tests = read_tests(scenario)
    tables = [table for table, _, _ in tests.file.rows()]
    counts = [counted(tables.count(table), f"{table} test") for table in dict.fromkeys(tables)]
    lines = [f"  {claims}, held to {', '.join(counts) or 'nothing: its file of tests has none'}"]
    if attribution := tests.file.attribution:
        lines.append(f"  {attribution.words}: laid to {counted(len(attribution.cause), 'cause')}")
    return lines + [f"  {remark}" for remark in remarks(tests)]


def _is_study(file: str) -> bool:
    from ebbtide.scenario import arguments
    from ebbtide.scenario.document import read_document
    from ebbtide.scenario.file_kind import FileKind, kind_of_file

    path = arguments.path(file, "check", None, "a file, or the name of a shipped scenario")
    return path.is_file() and kind_of_file(read_document(path)) is FileKind.STUDY


def _in_vain(study: Study) -> Iterator[str]:
    """What a study states to no effect: one value, one point, and weeks of which two alone are kept."""
    vary, design = study.file.vary, study.file.design
    for path, varied in vary.items():
        if varied.values is not None and len(varied.values) == 1:
            yield f'vary."{path}" has one value: it is set, and not varied'
    one_value = design.kind != "grid" or all(varied.values is None for varied in vary.values())
    if vary and design.points == 1 and one_value:
        yield "design.points is 1: what is varied is set to one value each, and not varied"
    weeks, series = study.scenario.weeks, study.file.series
    if series is not None and series.every >= weeks:
        yield f"series.every is {series.every}, of {weeks} weeks: the first and the last alone are kept"


def _study_lines(file: str) -> list[str]:
    from ebbtide.cli.loading import unlived
    from ebbtide.cli.progress import span
    from ebbtide.scenario.faults import counted
    from ebbtide.scenario.new_names import notes_on_replaced
    from ebbtide.scenario.parting import notes_on_the_same, notes_on_titles
    from ebbtide.scenario.policy import OF_POLICY
    from ebbtide.scenario.project import label
    from ebbtide.study.at_points import check_points
    from ebbtide.study.design import MOST_RUNS
    from ebbtide.study.executor import cores
    from ebbtide.study.forecast import forecast
    from ebbtide.study.study import Study

    study = Study.read(file, most_runs=None)
    runs = len(study.design())
    lines = [
        f"{label(study.path)}: a sound study, {study.file.title}",
        f"  {study.scenario.id}, policies {', '.join(study.policies)}",
        f"  varied: {', '.join(study.file.vary) or 'nothing'}",
        f"  {counted(len(study.points), 'point')} x {counted(len(study.policies), 'policy')} x "
        f"{counted(study.file.replications, 'replication')} = {counted(runs, 'run')}",
    ]
    for policy in study.policies.values():
        lines += [f"  {note}" for note in notes_on_replaced(policy.document)]
    lines += [f"  {note}" for note in _in_vain(study)]
    if study.file.until is not None:
        lines += [f"  {note}" for note in unlived(study.scenario, study.file.until, "until")]
    if not any(path.startswith(OF_POLICY) for path in study.file.vary):
        lines += [f"  {note}" for note in notes_on_the_same(study.policies)]
    lines += [f"  {note}" for note in notes_on_titles(study.policies)]
    lines += [f"  {note}" for note in check_points(study)]
    if runs > MOST_RUNS:
        lines.append(f"  more than {MOST_RUNS:,} runs: sweep wants --yes")
    guess = forecast(study)
    if guess is None:
        return [*lines, "  how long: not known before the rules are compiled, by the first run"]
    workers = min(cores(), runs)
    seconds, megabytes = guess.seconds * runs / workers, guess.megabytes(runs)
    return [
        *lines,
        f"  a guess from {counted(guess.runs, 'run')}: "
        f"{span(seconds) if seconds >= 1 else 'under 1 s'} with {counted(workers, 'worker')} "
        f"({guess.seconds:.2f} s a run), and some seconds to start; "
        f"{f'{megabytes:.1f}' if megabytes >= 0.1 else 'under 0.1'} MB",
    ]
