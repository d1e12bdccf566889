"""Encrypted connections: certificates that are trusted, that are not, and that need not be."""

from __future__ import annotations

from pathlib import Path

import pytest
from cypher_engines import write_folder
from neo4j_server import Neo4jServer

from actorgraph.extract.records import Statement
from actorgraph.graph.server import errors
from actorgraph.graph.server.loading import load
from actorgraph.graph.server.pulling import pull
from actorgraph.graph.server.queries import query_server


def encrypted(uri: str, scheme: str) -> str:
    return uri.replace("bolt:", f"{scheme}:")


@pytest.mark.parametrize("scheme", ["neo4j+s", "bolt+s", "neo4j+ssc", "bolt+ssc"])
def test_there_and_back(
    uri: str, server: Neo4jServer, folder: Path, quarrel: list[Statement], scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if scheme.endswith("+s"):  # for "+ssc" nothing vouches for it
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
    address = encrypted(uri, scheme)
    load(write_folder(quarrel, folder), address)
    assert query_server(address, "MATCH (s:Statement) RETURN count(s)").rows == ((len(quarrel),),)
    pull(address, folder.with_name("back"), dataset="quarrel")
    assert (folder.with_name("back") / "triples.jsonl").read_bytes() == (folder / "triples.jsonl").read_bytes()


@pytest.mark.parametrize("scheme", ["neo4j+s", "bolt+s"])
def test_a_certificate_that_nobody_vouches_for(uri: str, folder: Path, scheme: str) -> None:
    with pytest.raises(errors.CannotConnect, match=r"not trusted; use its real name, or neo4j\+ssc://") as caught:
        load(write_folder([], folder), encrypted(uri, scheme))
    assert "\n" not in str(caught.value)
