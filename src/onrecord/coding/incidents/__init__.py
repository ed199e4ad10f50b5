"""Incidents, kept apart from who is said to be behind them."""
