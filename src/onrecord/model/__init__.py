"""The records of a coded document, their dates, their ids, and the problems that take a record's place."""
