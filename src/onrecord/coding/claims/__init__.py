"""On whose word: claims with holder, relay, stance, certainty and condition."""
