"""Measures: each task codes the texts of a data set, runs its scorer and sets the figures beside the pinned ones."""
