"""The distribution: every package and data file of the checkout is in the wheel, and a wheel installs and works anywhere."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))
PACKAGES = ("extract", "graph", "queries", "examples")
MODULES = {"cli.py", "console.py", "databases.py", "explaining.py", "options.py", "start.py"}
OUTPUTS = {"documents.jsonl", "triples.jsonl", "triples.csv", "graph.html", "report.md"}

NEVER_IMPORTED = {"lxml-html-clean", "spacy-lookups-data"}
"""Dependencies that no line of ours imports: one that trafilatura imports, and tables that spaCy finds by an entry point."""


def run(*command: str | Path, cwd: Path | None = None) -> str:
    done = subprocess.run([str(part) for part in command], check=False, cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


def without_network() -> tuple[str, ...]:
    """What to put before a command so that it finds no network, where the system lets us."""
    isolated = ("unshare", "--map-root-user", "--net")
    possible = shutil.which("unshare") and subprocess.run([*isolated, "true"], check=False, capture_output=True).returncode == 0
    return isolated if possible else ()


def tracked(folder: str) -> set[str]:
    """Files that git knows in a folder or by a pattern, by their path in the checkout."""
    return set(run("git", "ls-files", folder, cwd=ROOT).splitlines())


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imported() -> Iterator[str]:
    """Names of the distributions whose modules the packages import, at the top of a module or inside a function."""
    homes = packages_distributions()
    for path in [*(ROOT / name for name in MODULES), *(path for folder in PACKAGES for path in (ROOT / folder).rglob("*.py"))]:
        for node in ast.walk(ast.parse(path.read_text("utf8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                names = [node.module]
            for top in {name.partition(".")[0] for name in names} - {*sys.stdlib_module_names, "actorgraph"}:
                yield normalised(homes[top][0]) if top in homes else top


def test_every_package_of_the_checkout_is_listed() -> None:
    found = {
        ".".join(("actorgraph", *init.parent.relative_to(ROOT).parts)) for top in PACKAGES for init in (ROOT / top).rglob("__init__.py")
    }
    assert found | {"actorgraph"} == set(PROJECT["tool"]["setuptools"]["packages"])


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    def names(requirements: list[str]) -> set[str]:
        return {normalised(re.match(r"[\w.-]+", requirement)[0]) for requirement in requirements}  # type: ignore[index]

    extras = PROJECT["project"]["optional-dependencies"]
    needed, optional = names(PROJECT["project"]["dependencies"]), names([line for lines in extras.values() for line in lines])
    found = set(imported())
    assert found - needed - optional == set()
    assert needed - found == NEVER_IMPORTED


@pytest.fixture(scope="session")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Source distribution and wheel, the wheel built from the other, of a clean clone of what is committed."""
    folder = tmp_path_factory.mktemp("dist")
    source = folder / "source"
    run("git", "clone", "-q", ROOT, source)
    run(sys.executable, "-m", "build", "--outdir", folder, source)
    return {"wheel": next(folder.glob("*.whl")), "sdist": next(folder.glob("*.tar.gz"))}


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_the_packages_and_nothing_else(distributions: dict[str, Path]) -> None:
    names = set(zipfile.ZipFile(distributions["wheel"]).namelist())
    inside = {name.removeprefix("actorgraph/") for name in names if name.startswith("actorgraph/")}
    assert inside == {name for top in PACKAGES for name in tracked(top)} | MODULES


@pytest.mark.slow
def test_the_wheel_carries_its_licences(distributions: dict[str, Path]) -> None:
    wheel = zipfile.ZipFile(distributions["wheel"])
    folder = f"actorgraph-{PROJECT['project']['version']}.dist-info"
    metadata = wheel.read(f"{folder}/METADATA").decode()
    assert "License-Expression: MIT AND CC-BY-SA-4.0 AND Apache-2.0" in metadata
    for name in ("LICENSE", "NOTICE", "LICENSES/Apache-2.0.txt", "LICENSES/CC-BY-SA-4.0.txt"):
        assert wheel.read(f"{folder}/licenses/{name}") == (ROOT / name).read_bytes()


@pytest.mark.slow
def test_the_source_distribution_has_what_tests_and_training_need(distributions: dict[str, Path]) -> None:
    with tarfile.open(distributions["sdist"]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for folder in (*PACKAGES, "tests", "training", "benchmarks", "notebooks", "docs"):
        assert tracked(folder) <= names
    assert MODULES | {"pyproject.toml", "LICENSE", "README.md", "CHANGELOG.md", "CONTRIBUTING.md"} <= names


@pytest.mark.slow
def test_a_fresh_environment_runs_the_demo_without_a_network(distributions: dict[str, Path], tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    programs = tmp_path / "venv" / "bin"
    run(programs / "python", "-m", "pip", "install", "-q", distributions["wheel"])
    assert PROJECT["project"]["version"] in run(programs / "actorgraph", "--version", cwd=tmp_path)
    run(programs / "actorgraph", "demo", "-o", "script", cwd=tmp_path)
    run(*without_network(), programs / "python", "-m", "actorgraph.cli", "demo", "-o", "module", cwd=tmp_path)
    files = {name: (tmp_path / "script" / name).read_bytes() for name in OUTPUTS}
    assert files == {name: (tmp_path / "module" / name).read_bytes() for name in OUTPUTS}
    run(programs / "python", "-m", "pip", "check")


@pytest.mark.slow
def test_uv_resolves_the_dependencies_for_every_platform() -> None:
    # arcadedb is a pre-release with wheels for some platforms: only an exact pin lets uv take it, and only markers leave it out elsewhere.
    command = (sys.executable, "-m", "uv", "pip", "compile", "-q", "--universal", "--all-extras", ROOT / "pyproject.toml")
    resolved = run(*command)
    assert "spacy==" in resolved and "arcadedb==" in resolved


@pytest.mark.slow
def test_an_editable_install_follows_the_checkout(tmp_path: Path) -> None:
    run("git", "clone", "-q", ROOT, tmp_path / "checkout")
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    run(python, "-m", "pip", "install", "-q", "--no-deps", "-e", tmp_path / "checkout")
    (tmp_path / "checkout" / "queries" / "new_module.py").write_text("ANSWER = 42\n")
    assert run(python, "-c", "from actorgraph.queries.new_module import ANSWER; print(ANSWER)", cwd=tmp_path) == "42\n"
    where = run(python, "-c", "from actorgraph import examples; print(examples.__file__)", cwd=tmp_path)
    assert where.startswith(str(tmp_path / "checkout"))
