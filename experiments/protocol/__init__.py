"""What `odd.py` draws into docs/odd.md: tables of the scenario, of the code and of the rules."""
