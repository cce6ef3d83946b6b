"""What a checked file holds, in a few lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sized
from pathlib import Path

from ebbtide.scenario import arguments
from ebbtide.scenario.beyond_model_notes import notes_beyond_the_model
from ebbtide.scenario.calibration_notes import notes_on_calibration
from ebbtide.scenario.document import Document, read_document
from ebbtide.scenario.faults import Fault, Faults, counted, listed, nearest
from ebbtide.scenario.file_kind import FileKind, kind_of_file
from ebbtide.scenario.group_notes import notes_on_groups
from ebbtide.scenario.idle_mechanisms import notes_on_rules
from ebbtide.scenario.library import find_policy, find_scenario, load_policy
from ebbtide.scenario.new_names import notes_on_new_names
from ebbtide.scenario.parting import notes_on_the_record, notes_on_the_same
from ebbtide.scenario.parts import check_rules
from ebbtide.scenario.policy import Policy
from ebbtide.scenario.policy_notes import notes_on, notes_on_the_future
from ebbtide.scenario.prices import PRICES_NAME, Prices, prices_of
from ebbtide.scenario.project import SHIPPED, label
from ebbtide.scenario.proportion_notes import notes_on_proportions
from ebbtide.scenario.published_notes import notes_on_published
from ebbtide.scenario.quantity import Uncertain
from ebbtide.scenario.scenario import Scenario
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.sources import asked_for_and_missing, unsourced
from ebbtide.scenario.unread_notes import notes_on_unread_files
from ebbtide.scenario.usual import notes_on_magnitudes

_TABLES = (
    ".csv",
    ".geojson",
    ".gpkg",
    ".shp",
    ".parquet",
    ".xlsx",
)  # ends of what a scenario names


def check(
    path: str | Path,
    scenario: Scenario | None = None,
    *,
    keys: bool = False,
    also: Callable[[Scenario], None] | None = None,
) -> list[str]:
    """Read a scenario or policy file whole and say what it holds, in lines of text.

    Names in a policy are checked against `scenario` where one is given. With `keys`, every
    quantity of a scenario follows, a line each. `also` looks at a sound scenario for what other parts
    know. Raises Faults.
    """
    file = arguments.path(path, "check", None, "a file, or the name of a scenario or policy")
    if not file.is_file():
        file = _named(path, scenario)
    must_be_toml(file)
    document = read_document(file)
    kind = kind_of_file(document)
    if kind is FileKind.BASE:
        return _base_lines(document)
    if kind is FileKind.PRICES:
        return _price_lines(Prices.read(file, scenario))
    if kind is not FileKind.SCENARIO:
        return _policy_lines(file, scenario)
    read = Scenario.read(document)
    if also is not None:
        also(read)
    return scenario_lines(read) + (key_lines(read) if keys else [])


def must_be_toml(file: Path) -> None:
    """Raise Faults for a table or a map, which is checked with the scenario that names it."""
    if file.suffix.lower() in _TABLES:
        allowed = "a TOML file; tables and maps are checked with the scenario that names them"
        raise Faults([Fault(label(file), None, f"a {file.suffix} file", allowed)])


def key_lines(scenario: Scenario) -> list[str]:
    """Every quantity's dotted path with its value, or prior, and unit."""
    return [
        f"  {path} = {_number(known.median)}" + _prior(scenario, path) + f" {known.unit}"
        for path, known in scenario.quantities.items()
    ]


def _number(value: float) -> str:
    """A number as `--set` takes it, a large one digit by digit."""
    return f"{value:.0f}" if abs(value) >= 1e5 else f"{value:g}"


def _prior(scenario: Scenario, path: str) -> str:
    """The shape of a quantity's prior in brackets, and with what it shares its draw; else nothing."""
    stated = scenario.quantities[path].stated
    if not isinstance(stated, Uncertain):
        return ""
    draw = scenario.draws[path]
    shared = "" if draw == path else f", at one quantile in all of {draw}"
    return f" ({stated.prior}{shared})"


def _named(name: str | Path, scenario: Scenario | None) -> Path:
    """The file of a scenario, or of a policy beside the scenario that was given."""
    try:
        return find_scenario(name)
    except Faults:
        if scenario is None:
            raise
        return find_policy(name, scenario)


def _base_lines(document: Document) -> list[str]:
    faults: list[Fault] = []
    for key in document.data.keys() - ScenarioFile.model_fields.keys():
        near = nearest(key, ScenarioFile.model_fields)
        faults.append(Fault(document.origin((key,)), key, "an unknown key", None, near))
    if "rules" in document.data:
        check_rules(document, faults)
    if faults:
        raise Faults(faults)
    return [f"{label(document.path)}: a base for other files: nothing to run"]


def _price_lines(prices: Prices) -> list[str]:
    """What a file of prices holds, and which levers it leaves without one."""
    without = f"  no price: {listed(prices.without, 20)}"
    return [
        f"{label(prices.path)}: sound prices, of {_count(prices.file.prices, 'lever')}",
        *([without] if prices.without else []),
        *(f"  {note}" for note in prices.notes()),
    ]


def scenario_lines(scenario: Scenario) -> list[str]:
    """What a scenario holds."""
    file = scenario.file
    factions = sum(len(group.factions) for group in file.groups.values())
    on = scenario.rules_on
    off = [name for name, is_on in on.items() if not is_on]
    without = unsourced(scenario.sources, scenario.uncertainties)
    lines = [
        f"{label(scenario.path)}: a sound scenario, {scenario.title}",
        f"  {file.start} to {file.end}, {scenario.weeks} weeks"
        + (f", cut at {file.cut}" if file.cut else ""),
        f"  {_count(file.places, 'place')} ({_countries(file)}), "
        f"{_count(file.borders, 'border')}; {_box(file)}",
        f"  {_count(file.groups, 'group')} with {factions} factions, "
        f"{_count(file.centres, 'centre')}, {_count(file.forces, 'force')}, "
        f"{_count(file.events, 'event')}",
        f"  {_count(on, 'rule')}" + (f", off: {', '.join(off)}" if off else ", all on"),
        f"  {len(scenario.quantities)} quantities, {len(scenario.uncertainties)} with a prior"
        + (f", {len(without)} of them without a source" if without else ""),
        *(f"  {line}" for line in _freed(scenario)),
        f"  policy {scenario.policy.id}: {_done(scenario.policy)}",
        f"  {_priced(prices := prices_of(scenario))}",
    ]
    changed = list(scenario.sources.changed())
    missing = asked_for_and_missing(file, scenario.sources)
    numbers = sum(map(len, missing.values()))
    notes = [
        *(
            [f"{counted(numbers, 'number')} without a source: in {listed(missing)}"]
            if missing
            else []
        ),
        *([f"changed without a source of its own: {listed(changed)}"] if changed else []),
        *scenario.notes_on_names(),
        *notes_on_magnitudes(file),
        *notes_on_proportions(scenario),
        *notes_on_groups(file),
        *notes_on_rules(scenario.rules_stated, file),
        *notes_on(scenario.policy.file, scenario),
        *notes_on_the_future(scenario),
        *notes_on_published(scenario.published),
        *notes_beyond_the_model(scenario),
        *notes_on_calibration(scenario),
        *scenario.notes_on_posterior(),
        *scenario.notes_on_geography(),
        *notes_on_unread_files(scenario),
        *([] if prices.shipped else prices.notes()),
    ]
    return lines + [f"  {note}" for note in notes]


def _freed(scenario: Scenario) -> Iterator[str]:
    """Which quantities a posterior's search follows, where the scenario has evidence to weigh by."""
    calibration = scenario.file.calibration
    if calibration is not None:
        free = [*dict.fromkeys(calibration.free)]
        freed = counted(len(free), "quantity")
        yield f"[calibration] frees {freed} for `calibrate`: {listed(free, 4)}"
        if scenario.file.cut is None:
            yield "`calibrate` asks for a `cut`, the day up to which evidence is used: there is none"
    elif scenario.published.files:
        yield "no [calibration] says which quantities `calibrate` is to free: it is refused without one"


def _priced(prices: Prices) -> str:
    """By what a comparison prices acts."""
    if not prices.shipped:
        return f"acts are priced by {label(prices.path)}"
    own = f"a {PRICES_NAME} beside its folder of policies states its own"
    return f"acts are priced by {SHIPPED}{prices.path.stem}, guesses for any conflict; {own}"


def _countries(file: ScenarioFile) -> str:
    """How many places each country has, so that one that is spelt in two ways is seen."""
    places = Counter(place.country for place in file.places.values())
    return ", ".join(f"{country} {number}" for country, number in places.items())


def _box(file: ScenarioFile) -> str:
    """Where on earth the middles of its places lie, in words: a swapped sign shows."""

    def degrees(values: Iterable[float], positive: str, negative: str) -> str:
        low, high = min(rounded := [round(value, 1) for value in values]), max(rounded)
        if low < 0 < high:
            return f"{-low:g} {negative} to {high:g} {positive}"
        ends = sorted({abs(low), abs(high)})
        return f"{' to '.join(f'{end:g}' for end in ends)} {positive if high > 0 else negative}"

    places = file.places.values()
    lon = degrees((place.lon for place in places), "east", "west")
    return f"degrees {degrees((place.lat for place in places), 'north', 'south')}, {lon}"


def _policy_lines(file: Path, scenario: Scenario | None) -> list[str]:
    policy = load_policy(file, scenario) if scenario else Policy.read(file)
    fits = f"fits {scenario.id}" if scenario else "names not checked: --scenario NAME checks them"
    return [
        f"{label(policy.path)}: a sound policy, {policy.title}",
        f"  {_done(policy)}; {fits}",
        *(f"  {note}" for note in notes_on_new_names(policy.file, policy.document)),
        *(f"  {note}" for note in notes_on(policy.file, scenario)),
        *(f"  {note}" for note in _beside(policy, scenario)),
    ]


def _beside(policy: Policy, scenario: Scenario | None) -> Iterator[str]:
    """Whether it does what the scenario's own policy does, from another file."""
    if scenario is not None and policy.path.resolve() != scenario.policy.path.resolve():
        yield from notes_on_the_same({scenario.policy.id: scenario.policy, policy.id: policy})
        yield from notes_on_the_record(policy, scenario.policy)


def _done(policy: Policy) -> str:
    acts, deployments, uncertain = policy.file.acts, policy.file.deployments, policy.uncertainties
    said = _count(acts, "act") + (f", {_count(deployments, 'deployment')}" if deployments else "")
    return said + (f", {len(uncertain)} of the strengths with a prior" if uncertain else "")


def _count(entries: Sized, noun: str) -> str:
    number = len(entries)
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
