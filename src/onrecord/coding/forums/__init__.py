"""Councils, commissions, dialogues and working groups, and what becomes of them."""
