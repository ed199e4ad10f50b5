"""Coding: from a reading to the coded document. One file a question; ``coder`` runs them in order."""
