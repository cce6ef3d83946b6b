"""Every name leads to what it means, and an unknown one to the nearest."""

import ast
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from ebbtide.engine.week import WEEK
from ebbtide.explain import Catalogue, Entry, carried, engine, levers
from ebbtide.explain.week import week
from ebbtide.installed import CHECKOUT
from ebbtide.scenario import Faults, Scenario, load
from ebbtide.scenario.levers import LEVERS
from ebbtide.scenario.prices import prices_of
from ebbtide.study.metrics import SUMS, TOTAL
from ebbtide.world.outcomes import Series


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue(load("khorasan"))


def only(entries: list[Entry]) -> Entry:
    (entry,) = entries
    return entry


def line_at(place: object) -> str:
    file, number = str(place).rsplit(":", 1)
    return (CHECKOUT / file).read_text(encoding="utf-8").splitlines()[int(number) - 1]


def test_a_rule_leads_to_its_line_its_claims_and_its_tests(catalogue: Catalogue) -> None:
    entry = only(catalogue.explain("switching.hazard"))
    assert entry.facts["form"] == "highest * total_weight / (1 + total_weight)"
    assert entry.facts["source of form"] == "assumed"
    assert entry.facts["result"] == "0 to `highest`"
    assert entry.facts["claims"] == "poach-ttp, poach-others"
    assert entry.facts["article"] == "¶4, ¶5"
    assert line_at(entry.facts["declared at"]).startswith("def hazard(")
    assert any("tests/rules/" in test for test in entry.facts["tests"])


def test_a_rule_leads_to_its_phases_and_to_who_reads_it(catalogue: Catalogue) -> None:
    facts = only(catalogue.explain("targeting.hazard")).facts
    assert [said.split(".")[0] for said in facts["phases"]] == ["11", "15"]
    for at in facts["read at"]:
        place, function = at.split()
        assert line_at(place).startswith(f"def {function}(")
    assert [at.split()[1] for at in facts["read at"]] == [
        "risk_of_hunt",
        "weigh_shared_risks",
    ]
    started = only(catalogue.explain("support.usual_support")).facts
    assert started["phases"] == "none: read before the first week"


def test_phases_are_those_of_the_week() -> None:
    """Read off the parsed file, they are those that the loaded one holds."""
    told = [(phase.says, phase.name, phase.of or None) for phase in week()]
    assert told == [(phase.says, phase.name, phase.of) for phase in WEEK]
    does = [" ".join(phase.act.__doc__.partition("\n\n")[0].split()) for phase in WEEK]
    assert [phase.does for phase in week()] == does


def test_every_rule_is_read(catalogue: Catalogue) -> None:
    assert [name for name in catalogue.kinds["rule"] if not engine.readers(name)] == []


@pytest.mark.parametrize("scenario", ["khorasan", "minimal"])
def test_a_parameter_says_whether_its_value_is_a_default(scenario: str) -> None:
    name = "rules.brand.speed"
    told = only(Catalogue(load(scenario)).explain(name)).facts["value from"]
    assert told == f"a default of scenarios/parameters.toml: {scenario} does not state it"
    told = only(Catalogue(load(scenario, {name: 0.5})).explain(name)).facts["value from"]
    assert told == "set beside the scenario"


def test_a_parameter_that_the_scenario_states_is_no_default(
    written: Callable[..., Scenario],
) -> None:
    own = written('extends = "minimal.toml"\n[rules.brand]\nspeed = 0.5\n')
    catalogue = Catalogue(own)
    assert only(catalogue.explain("brand.speed")).facts["value from"] == "own, which states it"
    assert "a default of" in only(catalogue.explain("brand.memory")).facts["value from"]


@pytest.mark.parametrize("name", ["switching.highest", "rules.switching.highest"])
def test_a_parameter_goes_by_both_its_names(catalogue: Catalogue, name: str) -> None:
    facts = only(catalogue.explain(name)).facts
    assert facts["unit"] == "1/week"
    assert facts["used by"] == ["switching.hazard"]
    assert facts["slice of"] == "switching"
    assert '"highest": Parameter(' in line_at(facts["declared at"])
    assert line_at(facts["stated at"]).startswith("highest = ")


def test_a_quantity_has_the_value_and_source_of_the_scenario() -> None:
    told = Catalogue(load("khorasan", {"groups.iskp.pay": 300}))
    assert only(told.explain("groups.iskp.pay")).facts["value"] == "300"
    facts = only(Catalogue(load("khorasan")).explain("groups.iskp.pay")).facts
    assert (
        facts["meaning"]
        == "wage that a fighter is promised, to which its men are used at the start"
    )
    assert "lognormal" in facts["value"]
    assert "press of 2015" in facts["source"]
    assert line_at(facts["stated at"]).startswith("pay = ")


def test_a_quantity_by_faction_has_the_meaning_of_its_table(catalogue: Catalogue) -> None:
    facts = only(catalogue.explain("events.iskp-founded.seed.ttp.orakzai")).facts
    assert "share of its men who cross over" in facts["meaning"]


def test_a_cell_of_the_geography_leads_to_its_row(catalogue: Catalogue) -> None:
    facts = only(catalogue.explain("places.AF-KAB.population")).facts
    assert line_at(facts["stated at"]).startswith("AF-KAB,")


def test_a_claim_leads_to_rule_parameter_outcome_and_test(catalogue: Catalogue) -> None:
    facts = only(catalogue.explain("launch")).facts
    assert facts["article"] == "¶6"
    assert "founding" in facts["mechanisms"]
    assert "rules.founding.far" in facts["parameters"]
    assert "events.iskp-founded" in facts["events"]
    assert "fighters_founding" in facts["outcomes"]
    assert line_at(facts["tests"][0].split()[0]) == "[rule.launch-founding]"


def test_a_parameter_knows_rules_that_take_it_by_another_name(catalogue: Catalogue) -> None:
    facts = only(catalogue.explain("brand.speed")).facts
    assert facts["used by"] == ["morale.towards"]
    facts = only(catalogue.explain("leaving.highest")).facts
    assert facts["used by"] == ["leaving.desertion_hazard"]


def test_without_a_ledger_nothing_is_said_of_claims() -> None:
    kinds = Catalogue(load("minimal")).kinds
    assert kinds["claim"] == {}
    for kind in ("mechanism", "rule", "parameter", "outcome", "outcome by force", "lever"):
        names = list(kinds[kind])
        for name in names[:: 1 + len(names) // 20]:
            entry = kinds[kind][name]()
            assert not {"claims", "article"} & entry.facts.keys(), entry.name


def test_an_outcome_of_forces_has_claims_of_its_own(catalogue: Catalogue) -> None:
    of_group, of_place, of_force = catalogue.explain("civilians_harmed")
    assert of_group.facts["claims"] == "still-deadly, backlash"
    assert of_place.facts["claims"] == "still-deadly"
    assert of_force.facts["claims"] == "state-harm"


def test_a_metric_has_its_unit(catalogue: Catalogue) -> None:
    entry = only(catalogue.explain("fighters_peak"))
    assert (entry.kind, entry.facts["unit"]) == ("metric", "men")


def test_a_metric_leads_to_the_tests_that_name_it(catalogue: Catalogue) -> None:
    tests = only(catalogue.explain("districts_held_at_end")).facts["tests"]
    assert any(test.startswith("tests/study/test_metrics.py:") for test in tests)


@pytest.mark.parametrize(
    ("field", "rules", "phase", "reader"),
    [
        (
            "places.AF-NAN.poverty",
            ["attacks.for_hire", "recruitment.pool"],
            "recruit",
            "recruit_poor",
        ),
        (
            "groups.iskp.foreign",
            ["recruitment.foreign"],
            "recruit",
            "recruit",
        ),  # of another name there
        (
            "groups.iskp.cohesion",
            ["cohesion.next_cohesion"],
            None,
            None,
        ),  # not of the state variable
        ("forces.ID.local", ["targeting.routine_effort"], None, None),
        ("borders.ID.international", ["displacement.closed"], "feel the ground", "closed_along"),
    ],
)
def test_a_field_leads_to_the_rules_and_phases_that_use_it(
    catalogue: Catalogue, field: str, rules: list[str], phase: str | None, reader: str | None
) -> None:
    facts = catalogue.explain(field)[0].facts
    assert facts["used by"] == rules
    assert phase is None or any(phase in told for told in facts["phases"])
    found = [at.split() for at in facts["read at"]]
    assert all(line_at(at).startswith(f"def {function}(") for at, function in found)
    assert reader is None or reader in [function for _, function in found]


def test_a_field_that_no_week_reads_says_nothing_of_it(catalogue: Catalogue) -> None:
    for field in ("groups.iskp.money", "places.ID.lat", "places.ID.note"):
        assert not {"used by", "phases", "read at"} & catalogue.explain(field)[0].facts.keys()


def test_what_a_rule_makes_of_a_column_is_not_handed_on() -> None:
    code = "def f():\n near = world.cover[p]\n return rules.a(rules.b(near), float(world.city[p]), c=near)"
    found = set(engine.handed(ast.parse(code), {"rules": ("rules",)}))
    assert found == {
        (("rules", "a"), "city"), (("rules", "a"), "cover"), (("rules", "b"), "cover"),
    }  # fmt: skip


@pytest.mark.parametrize("word", ["lever", "levers"])
def test_a_kind_lists_all_of_its_names(catalogue: Catalogue, word: str) -> None:
    assert [entry.name for entry in catalogue.of_kind(word)] == list(LEVERS)


def test_every_kind_is_called_in_singular_and_plural(catalogue: Catalogue) -> None:
    for kind, names in catalogue.kinds.items():
        told = [entry.name for entry in catalogue.of_kind(kind) if entry.kind == kind]
        assert told == list(names)
    for kinds in ("mechanisms", "metrics", "claims", "events", "acts"):
        assert {entry.kind for entry in catalogue.of_kind(kinds)} == {kinds.removesuffix("s")}
    by_whom = ["outcome", "outcome by place", "outcome by force"]
    assert list(dict.fromkeys(entry.kind for entry in catalogue.of_kind("outcomes"))) == by_whom
    assert {entry.kind for entry in catalogue.of_kind("outcomes by place")} == {by_whom[1]}
    policies = [entry.name for entry in catalogue.of_kind("policies")]
    assert {"record", "tribal-engagement"} <= {*policies}
    fields = [entry.name for entry in catalogue.of_kind("fields")]
    assert {"places.ID.poverty", "borders.ID.length"} <= {*fields}
    assert "groups.ID.factions.ID.name" not in fields
    assert catalogue.of_kind("strikes") == catalogue.of_kind("leavers") == []


def test_an_act_leads_to_the_policy(catalogue: Catalogue) -> None:
    facts = only(catalogue.explain("acts.zarb-e-azb")).facts
    assert facts["meaning"] == LEVERS["offensive"].meaning
    assert facts["strength"] == "prior: anywhere from 0.8 to 1, all alike; median 0.9 (share)"
    assert line_at(facts["stated at"]) == "[acts.zarb-e-azb]"
    assert "acts.zarb-e-azb" in catalogue.explain("displacement")[-1].facts["acts"]


def test_a_name_of_two_kinds_tells_both(catalogue: Catalogue) -> None:
    assert [entry.kind for entry in catalogue.explain("strikes")] == ["lever", "claim"]


def test_every_name_can_be_told(catalogue: Catalogue) -> None:
    for kind, names in catalogue.kinds.items():
        assert names, kind
        for name in list(names)[:: 1 + len(names) // 20]:
            entry = names[name]()
            assert (entry.kind, entry.name) == (kind, name)
            assert entry.facts.get("meaning") or entry.facts.get("says"), name


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("swiching", "switching"),
        ("hazard", "targeting.hazard"),
        ("groups.iskp.pya", "groups.iskp.pay"),
        ("us_counterterorism", "us_counterterrorism"),
    ],
)
def test_an_unknown_name_is_told_the_nearest(catalogue: Catalogue, typed: str, meant: str) -> None:
    with pytest.raises(Faults, match=rf"did you mean .*\b{re.escape(meant)}\b"):
        catalogue.explain(typed)


@pytest.mark.parametrize(
    ("typed", "kind", "path", "named"),
    [
        ("iskp", "group", "groups.iskp", "events.iskp-founded"),
        ("us_counterterrorism", "force", "forces.us_counterterrorism", "acts.us-authority"),
        ("AF-NAN", "place", "places.AF-NAN", "events.iskp-founded"),
        ("ttp.orakzai", "faction", "groups.ttp.factions.orakzai", "events.iskp-founded"),
        ("us-authority", "act", "acts.us-authority", None),
        ("iskp-founded", "event", "events.iskp-founded", None),
        ("tribal-engagement", "policy", "tribal-engagement", None),
    ],
)
def test_an_id_of_the_scenario_is_told_as_what_it_is(catalogue, typed, kind, path, named) -> None:
    entry = only(catalogue.explain(typed))
    assert (entry.kind, entry.name) == (kind, path)
    assert named is None or named in entry.facts["named in"]
    assert entry.facts["stated at"]


def test_an_id_of_nothing_says_where_to_look(catalogue) -> None:
    with pytest.raises(Faults, match=r"nor a table or policy of it; .* --scenario SCENARIO"):
        catalogue.explain("rondas")


@pytest.mark.slow
def test_every_declaration_is_found(catalogue: Catalogue) -> None:
    """The line has the name itself, or that of the family in which it stands."""
    lines = {
        "rule": "def {}(",
        "metric": "def {}(",
        "parameter": '    "{}": Parameter(',
        "lever": '    "{}": Lever(',
        "outcome": "    {}: Numbers = ",
        "outcome by place": "    {}: SmallNumbers = ",
        "outcome by force": "    {}: SmallNumbers = ",
    }
    of_code = {
        kind for kind, names in catalogue.kinds.items()
        if "declared at" in next(iter(names.values()))().facts
    }  # fmt: skip
    assert of_code == lines.keys() | {"mechanism"}
    found = set()
    for entry in (tell() for kind in of_code for tell in catalogue.kinds[kind].values()):
        at, name = entry.facts["declared at"], entry.name.rpartition(".")[2]
        if entry.kind == "mechanism":
            assert at == f"src/ebbtide/rules/{name}.py:1"
            continue
        if entry.kind == "outcome":
            name = Series.outcomes[name].column
        stem = name.removesuffix(TOTAL)
        is_sum = entry.kind == "metric" and stem in SUMS
        begins = f'    "{stem}": ' if is_sum else lines[entry.kind].format(name)
        assert line_at(at).startswith(begins), (entry.kind, entry.name)
        found.add((entry.kind, name, str(at)))
    assert len({at for _, _, at in found}) == len(found)  # no two names lead to one line


def test_a_test_is_found_by_the_lines_that_it_spans() -> None:
    wrong = "groups.iskp." + "pya"  # which this test must not say itself
    at = [f"{hit} " for hit in carried.by(f'"{wrong}"')]
    assert [hit.split()[1] for hit in at] == ["test_an_unknown_name_is_told_the_nearest"]


def test_a_price_leads_to_the_file_that_states_it(catalogue: Catalogue) -> None:
    at = {name: only_lever(catalogue, name).get("price stated at") for name in LEVERS}
    assert str(at["finance_interdiction"]).startswith("scenarios/khorasan/prices.toml:")
    assert line_at(at["finance_interdiction"]).startswith("effort = ")
    assert str(at["truce"]).startswith("scenarios/prices.toml:")
    assert at["raids"] is None


def test_a_lever_without_a_price_names_the_file_that_all_extend(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = prices_of(catalogue.scenario)
    kept = {name: price for name, price in found.file.prices.items() if name != "truce"}
    unpriced = replace(found, file=found.file.model_copy(update={"prices": kept}))
    monkeypatch.setattr(levers, "prices_of", lambda _: unpriced)
    price = str(only_lever(catalogue, "truce")["price"])
    assert price.startswith("none in ")
    assert price.endswith("khorasan/prices.toml, nor in scenarios/prices.toml")


def only_lever(catalogue: Catalogue, name: str) -> dict[str, str | list[str]]:
    return catalogue.kinds["lever"][name]().facts


def test_a_lever_leads_to_its_declaration(catalogue: Catalogue) -> None:
    facts = only(catalogue.explain("truce")).facts
    assert (facts["held by"], facts["an act must state"]) == ("group, rival", "against, rival")
    assert line_at(facts["declared at"]) == '    "truce": Lever('
    strikes, _ = catalogue.explain("strikes")
    assert strikes.facts["aims"] == "leaders, finance, media"
    assert strikes.facts["spends"] == "capacity"
    assert strikes.facts["strength"] == "0 to 1: the share of all that could be done"
    killed = only(catalogue.explain("leader_killed")).facts
    assert killed["strength"] == "0 or 1: it happens or does not"
