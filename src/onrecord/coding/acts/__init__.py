"""What was done to missions: the diplomatic acts, and what is said of a mission's size."""
