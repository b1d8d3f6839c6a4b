"""Evaluates a module's Kconfig with an application's prj.conf, as Zephyr does, and writes the values for CMake."""
import sys

import kconfiglib

kconfig_file, settings, output = sys.argv[1:]
kconfig = kconfiglib.Kconfig(kconfig_file, warn_to_stderr=False)
kconfig.load_config(settings)
if kconfig.warnings:
    sys.exit("\n".join(kconfig.warnings))
with open(output, "w") as file:
    for symbol in kconfig.unique_defined_syms:
        if symbol.str_value not in ("", "n"):
            file.write("set(CONFIG_%s %s)\n" % (symbol.name, symbol.str_value))
