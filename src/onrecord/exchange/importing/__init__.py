"""Event data of other projects as ``onrecord/1`` documents: given, with no evidence but the row itself."""
