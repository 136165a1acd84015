"""Facts of shelters, their standards, health and helpers."""
