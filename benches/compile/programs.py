"""Where the programs of each shape lie, what they depend on, and which target folder they share."""

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

import shapes

WORKSPACE = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("CARGO_TARGET_DIR", WORKSPACE / "target")) / "compile-bench"
# Stripped is the program alone, so that dependencies are those of any release build.
PROFILES = (
    "\n[profile.dev]\ndebug = false\n\n[profile.release]\ndebug = false\n"
    "\n[profile.release.package.{package}]\nstrip = true\n"
)
PORTCULLIS = f'portcullis = {{ path = "{WORKSPACE}/runtime"'
JSON = 'serde_json = "1"\n'
TAURI = f'tauri = {{ version = "={shapes.TAURI}", default-features = false, features = ["test"] }}\n'
# Tauri takes specta's word for its own types by a feature of its own, which tauri-specta turns on.
SPECTA = (
    f'specta = "={shapes.SPECTA}"\nspecta-typescript = "0.0.13"\n'
    f'tauri-specta = {{ version = "={shapes.SPECTA}", features = ["derive", "typescript"] }}\n'
)


@dataclass(frozen=True)
class Shape:
    """One way to write the same program."""

    name: str
    title: str
    source: Callable[[int, int], list]
    dependencies: str
    ids: Callable[[int], list] | None = None
    build_script: Callable[[int], list] | None = None
    target: str = "target"

    @property
    def folder(self):
        return FOLDER / self.name

    @property
    def package(self):
        return f"{self.name}-program"

    @property
    def target_folder(self):
        return FOLDER / self.target

    def lay_out(self):
        """Everything but what depends on the commands. The versions are those of this workspace."""
        for folder in ["src", "capabilities", "icons", "dist"]:
            (self.folder / folder).mkdir(parents=True, exist_ok=True)
        script = '\n[build-dependencies]\ntauri-build = { version = "2", default-features = false }\n'
        write(
            self.folder / "Cargo.toml",
            f'[package]\nname = "{self.package}"\nversion = "0.1.0"\nedition = "2024"\n\n[workspace]\n\n'
            f"[dependencies]\n{self.dependencies}{script if self.build_script else ''}"
            f"{PROFILES.format(package=self.package)}",
        )
        if not (self.folder / "Cargo.lock").exists():
            shutil.copy(WORKSPACE / "Cargo.lock", self.folder / "Cargo.lock")
        shutil.copy(WORKSPACE / "rust-toolchain.toml", self.folder / "rust-toolchain.toml")
        if self.build_script:
            # The least that `generate_context!` takes: no page is embedded.
            config = {"identifier": "org.portcullis.bench", "build": {"frontendDist": "dist"}}
            write(self.folder / "tauri.conf.json", json.dumps(config))
            shutil.copy(WORKSPACE / "examples/notes-tauri/icons/icon.png", self.folder / "icons/icon.png")

    def write(self, n, body_edit=0, file_edit=0):
        """The program with N commands, after so many edits of a body and of the capability file."""
        write(self.folder / "src/main.rs", "\n".join(self.source(n, body_edit)) + "\n")
        file = self.folder / "capabilities/main.json"
        if self.ids and n > 0:
            write(file, shapes.capability(self.ids(n), file_edit))
        else:
            file.unlink(missing_ok=True)  # ours refuses a file that grants nothing
        if self.build_script:
            write(self.folder / "build.rs", "\n".join(self.build_script(n)) + "\n")

    def forget(self):
        """What Tauri's build script has written beside the program."""
        for folder in ["permissions", "gen"]:
            shutil.rmtree(self.folder / folder, ignore_errors=True)


def write(path, text):
    """Writes only what changes: cargo looks at times."""
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def _shared_ids(n):
    return [f"shared:{i}" for i in range(min(n, 10))]


SHAPES = {
    shape.name: shape
    for shape in [
        Shape("match", "`match` by hand", shapes.by_match, JSON),
        Shape("portcullis", "Portcullis", shapes.guarded, PORTCULLIS + " }\n", shapes.own_ids),
        Shape(
            "portcullis-ts",
            "Portcullis, `typescript`",
            shapes.guarded_with_client,
            PORTCULLIS + ', features = ["typescript"] }\n',
            shapes.own_ids,
        ),
        Shape("tauri", "Tauri", shapes.tauri, TAURI + JSON, shapes.own_ids, shapes.tauri_build, target="target-tauri"),
        Shape(
            "tauri-specta",
            "tauri-specta",
            shapes.specta,
            TAURI + JSON + SPECTA,
            shapes.own_ids,
            shapes.tauri_build,
            target="target-tauri",
        ),
        Shape("tauri-macros", "Tauri's macros alone", shapes.tauri_macros, TAURI + JSON, target="target-tauri"),
        Shape("shared", "ten permissions", shapes.shared, PORTCULLIS + " }\n", _shared_ids),
        Shape("unlisted", "no authority", shapes.unlisted, PORTCULLIS + " }\n"),
    ]
}
