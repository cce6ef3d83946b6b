"""Section 7.1 of docs/odd.md, followed by hand with the rules alone, gives the engine's numbers."""
