"""The property graph on a Neo4j server: put there, taken back, and asked. Nothing here is imported before it is used."""
