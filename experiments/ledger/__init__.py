"""The ledger of claims held against the model: what is measured, by which criteria, how told."""
