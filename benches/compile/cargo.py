"""Runs cargo, and says what that has cost: CPU seconds (user and system) of cargo and of all that it starts."""

import json
import os
import resource
import shutil
import subprocess
import sys

from programs import FOLDER

BY_STEP = {"check": ["check"], "build": ["build"], "release": ["build", "--release"]}


def seconds(shape, command, target=None):
    environment = {name: value for name, value in os.environ.items() if name != "CARGO_INCREMENTAL"}
    environment["CARGO_TARGET_DIR"] = str(target or shape.target_folder)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(["cargo", *command, "--quiet"], cwd=shape.folder, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"cargo {' '.join(command)} has failed in {shape.folder}")
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def forget(shape):
    """As if the program itself had never been compiled; its dependencies have been."""
    for profile in ["debug", "release"]:
        folder = shape.target_folder / profile
        for part in [".fingerprint", "build", "deps", "incremental"]:
            # cargo writes a package's name with dashes in some folders, and with underscores in others.
            for name in [shape.package, f"lib{shape.package}", shape.package.replace("-", "_")]:
                for path in (folder / part).glob(f"{name}-*"):
                    shutil.rmtree(path) if path.is_dir() else path.unlink()


def executable(shape, profile):
    return shape.target_folder / profile / shape.package


def answers(shape, n, profile):
    """The last command, called by its name: the program that was measured is one that works."""
    call = [executable(shape, profile), f"command_{n - 1}", '{"path": "a", "len": 1, "data": [1, 2]}']
    done = subprocess.run(call, cwd=shape.folder, capture_output=True, text=True)
    if done.returncode != 0 or done.stdout.strip() != '"a12"':
        sys.exit(f"{shape.name}: command_{n - 1} has answered {done.stdout}{done.stderr}")


def crates(shape):
    """How many packages a build of the program compiles for this machine, besides itself."""
    environment = os.environ | {"CARGO_TARGET_DIR": str(shape.target_folder)}
    command = ["cargo", "build", "--quiet", "--message-format=json"]
    done = subprocess.run(command, cwd=shape.folder, env=environment, stdout=subprocess.PIPE, check=True)
    messages = map(json.loads, done.stdout.splitlines())
    return len({m["package_id"] for m in messages if m["reason"] == "compiler-artifact"}) - 1


def clean(shape):
    """CPU seconds of a build from nothing, of the program as it is and of all that it depends on."""
    folder = FOLDER / "clean"
    shutil.rmtree(folder, ignore_errors=True)
    spent = seconds(shape, ["build"], folder)
    if shape.target_folder.exists():
        shutil.rmtree(folder)
    else:
        folder.rename(shape.target_folder)
    return spent
