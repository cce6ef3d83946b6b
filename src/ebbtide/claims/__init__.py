"""A scenario's claims held against the model: what is measured, in which worlds, and how judged.

The tests are data beside the scenario (`evidence.claim_tests`); see `claim_tests.py` for what that
file may say and `measures.py` for the measures.
"""
