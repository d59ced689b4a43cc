"""Programs that others generate from the committed description read the portal."""

import shutil
from pathlib import Path

import pytest

from tests.api.tools import ROOT, install_node_tools, install_python_tools, run

DESCRIPTION = ROOT / "docs/openapi.json"
HERE = Path(__file__).parent
# The program asked for, its developments in the fixtures, all developments there, and the code of an error.
WRONG = """import type { components } from "./schema.js";
export const read = (program: components["schemas"]["ProgramDetail"]) => program.nix;
"""
READ = "france-ukraine-mirage-2000-supply 16 82 invalid\n"


def test_description_is_valid_openapi():
    assert run([install_python_tools() / "openapi-spec-validator", DESCRIPTION]).strip().endswith("OK")


def test_generated_python_client_reads_the_portal(portal, tmp_path):
    tools = install_python_tools()
    package = tmp_path / "cooperation_portal_client"
    generate = [tools / "openapi-python-client", "generate", "--path", DESCRIPTION, "--meta", "none"]
    run([*generate, "--output-path", package], cwd=tmp_path)
    run([tools / "python", "-m", "compileall", "-q", package])
    read = [tools / "python", HERE / "reading.py", portal]
    assert run(read, env={"PYTHONPATH": str(tmp_path)}) == READ


def test_generated_typescript_types_read_the_portal(portal, tmp_path):
    tools = install_node_tools() / "node_modules/.bin"
    shutil.copy(HERE / "reading.mts", tmp_path)
    run([tools / "openapi-typescript", DESCRIPTION, "-o", tmp_path / "schema.ts"])
    strict = ["--strict", "--noEmitOnError", "--target", "es2022", "--module", "nodenext", "--lib", "es2022,dom"]
    run([tools / "tsc", *strict, "reading.mts", "schema.ts"], cwd=tmp_path)
    assert run(["node", "reading.mjs", portal], cwd=tmp_path) == READ


def test_typescript_refuses_a_key_that_is_not_there(tmp_path):
    tools = install_node_tools() / "node_modules/.bin"
    run([tools / "openapi-typescript", DESCRIPTION, "-o", tmp_path / "schema.ts"])
    (tmp_path / "wrong.mts").write_text(WRONG)
    command = [tools / "tsc", "--strict", "--noEmit", "--target", "es2022", "--module", "nodenext", "wrong.mts"]
    with pytest.raises(pytest.fail.Exception, match="Property 'nix' does not exist"):
        run(command, cwd=tmp_path)
