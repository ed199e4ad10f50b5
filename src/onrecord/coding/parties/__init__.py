"""Who: names, phrases and pronouns to parties with code, kind, sector and role."""
