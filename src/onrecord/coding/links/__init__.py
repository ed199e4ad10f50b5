"""How records hang together by the words: responses, causes, sequences and ties."""
