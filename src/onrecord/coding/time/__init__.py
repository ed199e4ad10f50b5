"""When: temporal expressions in running text, and which of them dates an event."""
