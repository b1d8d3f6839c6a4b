"""
modelc in PlatformIO: makes C of the .tflite models of a project when it is built.

    extra_scripts = pre:modelc_pio.py
    custom_modelc_models = models/kws.tflite

The same file is the script of the library package "modelc" (lib_deps). It only collects options and facts of the board
and hands them to the command line of modelc; docs/hosts/platformio.md lists the options. Nothing is ever installed or
downloaded.
"""
import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys

from SCons.Script import DefaultEnvironment

Import("env")  # noqa: F821 (PlatformIO defines it)

root = DefaultEnvironment()
project_dir = env.subst("$PROJECT_DIR")  # noqa: F821
folder = os.path.join(env.subst("$BUILD_DIR"), "modelc")  # noqa: F821


def fail(message):
    sys.stderr.write("modelc: %s\n" % message)
    env.Exit(1)  # noqa: F821


def option(name, default=""):
    return str(env.GetProjectOption("custom_modelc_" + name, default)).strip()  # noqa: F821


def flag(name):
    text = option(name, "no").lower()
    if text in ("yes", "true", "1", "on"):
        return True
    if text in ("no", "false", "0", "off", ""):
        return False
    return fail('custom_modelc_%s = %s: expected "yes" or "no".' % (name, text))


def words(text):
    return shlex.split(text, posix=os.name != "nt")


def command():
    """The modelc to run: the option, the project's node_modules, or the PATH."""
    given = words(option("cli"))
    if given:
        return given
    local = os.path.join(project_dir, "node_modules", ".bin", "modelc")
    found = local if os.path.exists(local) else shutil.which("modelc")
    if found is None:
        fail("the command modelc was not found. Install it (npm install modelc), or name it: custom_modelc_cli = ...")
    return [found]


def identity(parts):
    """Changes when another modelc is installed: the files of its command, and the package they belong to."""
    seen = []
    for part in parts:
        path = shutil.which(part) or os.path.join(project_dir, part)
        if not os.path.isfile(path):
            continue
        path = os.path.realpath(path)
        package = os.path.join(os.path.dirname(path), "..", "..", "package.json")
        for file in (path, package):
            if os.path.isfile(file):
                status = os.stat(file)
                seen.append([file, status.st_size, status.st_mtime])
    return seen


def board():
    """A board of modelc, or what the manifest of PlatformIO's board says; None without either."""
    given = option("board", "auto")
    if given != "auto":
        return given
    if "BOARD" not in env:  # noqa: F821
        return None
    config = env.BoardConfig()  # noqa: F821
    facts = {"cpu": config.get("build.cpu", "") or "generic"}
    for key, manifest in (("ram", "upload.maximum_ram_size"), ("flash", "upload.maximum_size")):
        size = int(config.get(manifest, 0) or 0)
        if size > 0:
            facts[key] = size
    return facts


def model(text):
    """One entry of custom_modelc_models: a path, or name=path."""
    name, _, path = text.rpartition("=")
    path = os.path.join(project_dir, path)
    if not os.path.isfile(path):
        fail("there is no file %s, which custom_modelc_models names." % path)
    relative = os.path.relpath(path, project_dir)
    if relative.startswith(".."):
        relative = os.path.basename(path)
    entry = {"file": path, "output": os.path.join(folder, os.path.splitext(relative)[0])}
    if name:
        entry["name"] = name
    return entry


def request(models):
    budgets = {key: option(key + "_budget") for key in ("ram", "flash") if option(key + "_budget")}
    file = {"models": models, "host": "platformio", "output": ".", "shareArena": flag("share_arena")}
    facts = board()
    if facts is not None:
        file["board"] = facts
    if budgets:
        file["budgets"] = budgets
    if option("arena_section"):
        file["arenaSection"] = option("arena_section")
    if os.path.isdir(os.path.join(project_dir, "boards")):
        file["boards"] = [os.path.join(project_dir, "boards")]
    return json.dumps(file, indent=1, sort_keys=True)


def digest(text, models, parts):
    total = hashlib.sha256((text + json.dumps(identity(parts))).encode())
    for entry in models:
        with open(entry["file"], "rb") as file:
            total.update(hashlib.sha256(file.read()).digest())
    described = option("board", "auto")
    if os.path.isfile(os.path.join(project_dir, described)):
        with open(os.path.join(project_dir, described), "rb") as file:
            total.update(file.read())
    return total.hexdigest()


def read_state(path):
    try:
        with open(path) as file:
            return json.load(file)
    except (OSError, ValueError):
        return {}


def generate():
    """Runs modelc unless nothing changed; returns the folders of the models' C files."""
    models = [model(text) for text in words(option("models"))]
    if not models:
        return []
    parts = command()
    text = request(models)
    wanted = digest(text, models, parts)
    project_file = os.path.join(folder, "modelc.json")
    state_file = os.path.join(folder, "state.json")
    state = read_state(state_file)
    if state.get("digest") != wanted or not all(os.path.isfile(path) for path in state.get("files", [None])):
        os.makedirs(folder, exist_ok=True)
        if os.path.exists(state_file):
            os.remove(state_file)
        with open(project_file, "w") as file:
            file.write(text)
        for entry in models:
            print("modelc: %s" % os.path.relpath(entry["file"], project_dir))
        try:
            result = subprocess.run(
                parts + ["build", "--project", project_file, "--json"],
                cwd=project_dir,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
            )
        except OSError as error:
            return fail("%s cannot be run: %s" % (parts[0], error))
        if result.returncode != 0:
            # modelc has said what is wrong, on standard error
            return env.Exit(1)  # noqa: F821
        report = json.loads(result.stdout.decode())
        outputs = [os.path.join(project_dir, entry["directory"], "src") for entry in report["results"]]
        files = [
            os.path.join(project_dir, entry["directory"], path)
            for entry in report["results"]
            for path in entry["files"]
        ]
        state = {"digest": wanted, "folders": outputs, "files": files}
        with open(state_file, "w") as file:
            json.dump(state, file)
    return state["folders"]


def sections(environment, arguments, names):
    """Bytes of the named sections of object files or of the program."""
    output = subprocess.check_output([environment.subst("$SIZETOOL"), "-A", "-d"] + arguments)
    lines = [line.split() for line in output.decode().splitlines()]
    return sum(int(line[1]) for line in lines if len(line) > 1 and line[0].startswith(names) and line[1].isdigit())


def size(text):
    units = {"K": 1024, "M": 1024 * 1024}
    unit = units.get(text[-1:].upper(), 1)
    return int(text[:-1] if unit > 1 else text) * unit


def check_memory(source, target, env):
    """PlatformIO only warns when a program needs more RAM than the board has."""
    program = env.subst("$BUILD_DIR/${PROGNAME}$PROGSUFFIX")
    if not env.subst("$SIZETOOL") or not os.path.isfile(program):
        return 0
    limit = int(env.BoardConfig().get("upload.maximum_ram_size", 0) or 0) if "BOARD" in env else 0
    used = sections(env, [program], (".data", ".bss", ".noinit", ".arena"))
    if used > limit > 0:
        sys.stderr.write("modelc: the program needs %d bytes of RAM; the board has %d.\n" % (used, limit))
        return 1
    budget = option("flash_budget")
    objects = [
        os.path.join(path, name)
        for path, _, names in os.walk(os.path.join(folder, "obj"))
        for name in names
        if name.endswith(".o")
    ]
    if budget and objects:
        used = sections(env, objects, (".text", ".rodata", ".data"))
        if used > size(budget):
            sys.stderr.write("modelc: the models need %d bytes of flash; their budget is %d.\n" % (used, size(budget)))
            return 1
    return 0


def quoted(parts):
    return " ".join('"%s"' % part for part in parts)


def main():
    folders = generate()
    if not folders:
        return
    include = folders + [os.path.join(folder, "modelc_arena")]
    if not root.get("MODELC_DONE"):
        # scripts may run twice in one build
        root["MODELC_DONE"] = True
        flags = option("optimize", "-O2")
        compiler = env["CCCOM"].replace("$CCFLAGS", "$CCFLAGS $MODELC_FLAGS")  # noqa: F821
        env.AddBuildMiddleware(  # noqa: F821
            lambda e, node: e.Object(node, CCCOM=compiler, MODELC_FLAGS=flags), "*" + os.sep + "modelc" + os.sep + "*"
        )
        for path in folders:
            objects = os.path.join(folder, "obj", os.path.relpath(os.path.dirname(path), folder))
            env.BuildSources(objects, path, "+<*.c>")  # noqa: F821
        root.AddPostAction("checkprogsize", env.VerboseAction(check_memory, "modelc: checking memory"))  # noqa: F821
        project = ["--project", os.path.join(folder, "modelc.json")]
        for name, verb, title in (
            ("modelc_report", "check", "What the models of this project take"),
            ("modelc_verify", "verify", "Compare every layer with the reference, in a simulator"),
        ):
            root.AddCustomTarget(
                name, None, quoted(command() + [verb] + project), title="modelc " + verb, description=title
            )
    env.Append(CPPPATH=include)  # noqa: F821
    root.Append(CPPPATH=include)


if not env.IsCleanTarget():  # noqa: F821
    main()
