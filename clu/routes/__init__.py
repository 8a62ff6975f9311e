"""Addresses of the committees."""
