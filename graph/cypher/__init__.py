"""Cypher: the property graph of statements, and the engines that answer questions about it."""
