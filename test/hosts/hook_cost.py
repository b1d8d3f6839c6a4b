"""CPU seconds the hook takes when nothing changed: the hook itself, with a stand-in for PlatformIO."""
import os
import sys
import time
import types

project = sys.argv[1]
hook = os.path.join(project, "../../templates/hosts/platformio/modelc/modelc_pio.py")


class Board:
    facts = {"build.cpu": "cortex-m4", "upload.maximum_ram_size": 4194304, "upload.maximum_size": 4194304}

    def get(self, key, default=None):
        return self.facts.get(key, default)


class Environment(dict):
    options = {"models": "digits=../digits/digits.tflite", "cli": "node ../../dist/cli/main.js"}

    def subst(self, text):
        build = os.path.join(project, ".pio/build/qemu")
        return text.replace("$PROJECT_DIR", project).replace("$BUILD_DIR", build)

    def GetProjectOption(self, name, default):
        return self.options.get(name[len("custom_modelc_") :], default)

    def BoardConfig(self):
        return Board()

    def IsCleanTarget(self):
        return False

    def Exit(self, status):
        sys.exit("the hook ended with status %d" % status)

    def __getattr__(self, name):
        return lambda *args, **kwargs: None


env = Environment(BOARD="an386", CCCOM="$CC $CCFLAGS")
scons = types.ModuleType("SCons.Script")
scons.DefaultEnvironment = lambda: env
sys.modules["SCons"] = types.ModuleType("SCons")
sys.modules["SCons.Script"] = scons

with open(hook) as file:
    code = compile(file.read(), hook, "exec")
state = os.path.join(project, ".pio/build/qemu/modelc/state.json")
before = os.stat(state).st_mtime_ns
started = time.process_time()
exec(code, {"env": env, "Import": lambda name: None})
taken = time.process_time() - started
if os.stat(state).st_mtime_ns != before:
    sys.exit("the hook had something to do")
print("%.3f s" % taken)
