"""Measures: code the texts of a data set, run its scorer, set the figures beside the pinned ones."""
