"""A posterior over whole runs: a bank of runs, each weighed by what was published."""
