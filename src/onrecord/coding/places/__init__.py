"""Where: the gazetteer, names of places, and the place of an event."""
