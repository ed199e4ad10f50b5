"""Document -> Reading: words, sentences, tree, entities, attribution, events, by the shipped model."""

from __future__ import annotations
