"""Reads the tests' lines; a program that stops before its summary fails."""
import re

from platformio.public import UnityTestRunner


class CustomTestRunner(UnityTestRunner):
    EXTRA_LIB_DEPS = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.declared = None

    def configure_build_env(self, env):
        return env

    def on_testing_line_output(self, line):
        summary = re.match(r"(\d+) Tests \d+ Failures", line)
        if summary:
            self.declared = int(summary.group(1))
        super().on_testing_line_output(line)

    def stage_testing(self):
        super().stage_testing()
        if self.declared != len(self.test_suite.cases):
            raise RuntimeError("the test program ended before its summary")
