"""Commands of the subsidies room."""
