"""Statements in, graphs, pages and files out."""
