"""Comparing policies: which one, by how much, how sure, from runs that share draws and random numbers."""
