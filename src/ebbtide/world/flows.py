"""How a fighter's service ends, and where money comes from: codes and names."""

# Ends of a fighter's service with a group.
KILLED = 0
KILLED_BY_RIVALS = 1
CAPTURED = 2
DESERTED = 3
SURRENDERED = 4
SWITCHED_AWAY = 5
ENDS = 6
END_NAMES = ("killed", "killed_by_rivals", "captured", "deserted", "surrendered", "switched")

# Sources of income.
FROM_CENTRE, FROM_TAXES, FROM_CRIME, FROM_ALLIES = 0, 1, 2, 3
SOURCES = 4
SOURCE_NAMES = ("centre", "taxes", "crime", "allies")
