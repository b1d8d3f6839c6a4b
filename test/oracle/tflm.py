"""Runs models in TensorFlow Lite Micro (PyPI tflite-micro, reference kernels), the oracle of the tests.

    python test/oracle/tflm.py [jobs.json]

Reads a JSON list of jobs from the file, or from standard input:

    {"model": path, "inputs": [[path, ...], ...], "outputDir": path, "tensors": bool}

`inputs` has one list of files per step, one file of raw little-endian bytes per model input; the steps of a job run in
a row without a reset. Files written to `outputDir`, raw little-endian too: step0.out0.bin and so on and, with
`tensors`, step0.tensor12.bin for every tensor of subgraph 0 that an operator writes.

Writes a JSON list of results to standard output, in the order of the jobs:

    {"ok": true, "steps": [{"outputs": [TENSOR, ...], "tensors": {"12": TENSOR, ...}}, ...]}
        TENSOR = {"file": name in outputDir, "type": numpy's name of it, "shape": [...]}
    {"ok": false, "error": text}

Every job runs in a process of its own: TFLM aborts on some models, and that is then the result of one job only.
"""

import json
import os
import signal
import sys
import tempfile
from pathlib import Path

# Threads of a numerics library would not survive the fork.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from tflite_micro.python.tflite_micro import runtime
from tflite_micro.tensorflow.lite.micro.python.schema_py_generated import TensorType

# Keeping every tensor needs far more than the usual arena. Only the pages a run touches cost memory.
ARENA_BYTES = 256 << 20
JOB_SECONDS = 120
ERROR_CHARACTERS = 2000
# Handles, not values: TFLM crashes when asked for one.
WITHOUT_VALUE = {TensorType.RESOURCE, TensorType.VARIANT}


def written_tensors(subgraph):
    """Indices of the tensors with a value that an operator writes, ascending."""
    written = {int(tensor) for operator in subgraph.operators or [] for tensor in operator.outputs}
    return sorted(index for index in written if index >= 0 and subgraph.tensors[index].type not in WITHOUT_VALUE)


def load(path, details):
    data = Path(path).read_bytes()
    element = np.dtype(details["dtype"])
    shape = [int(extent) for extent in details["shape"]]
    expected = element.itemsize * int(np.prod(shape, dtype=np.int64))
    if len(data) != expected:
        raise ValueError(f"{Path(path).name} has {len(data)} bytes, the model input takes {expected}")
    return np.frombuffer(data, element.newbyteorder("<")).astype(element).reshape(shape)


def save(folder, name, values):
    (folder / name).write_bytes(values.astype(values.dtype.newbyteorder("<")).tobytes())
    return {"file": name, "type": values.dtype.name, "shape": list(values.shape)}


def run_job(job):
    folder = Path(job["outputDir"])
    folder.mkdir(parents=True, exist_ok=True)
    keep_tensors = bool(job.get("tensors", False))
    model = Path(job["model"]).read_bytes()
    subgraph = runtime.convert_bytearray_to_object(model).subgraphs[0]
    config = runtime.InterpreterConfig
    interpreter = runtime.Interpreter.from_bytes(
        model,
        arena_size=ARENA_BYTES,
        intrepreter_config=config.kPreserveAllTensors if keep_tensors else config.kAllocationRecording,
    )
    steps = []
    for number, paths in enumerate(job["inputs"]):
        if len(paths) != len(subgraph.inputs):
            raise ValueError(f"step {number} has {len(paths)} input files, the model takes {len(subgraph.inputs)}")
        for index, path in enumerate(paths):
            interpreter.set_input(load(path, interpreter.get_input_details(index)), index)
        interpreter.invoke()
        outputs = [
            save(folder, f"step{number}.out{index}.bin", interpreter.get_output(index))
            for index in range(len(subgraph.outputs))
        ]
        tensors = {
            str(index): save(folder, f"step{number}.tensor{index}.bin", interpreter.GetTensor(index, 0)["tensor_data"])
            for index in (written_tensors(subgraph) if keep_tensors else [])
        }
        steps.append({"outputs": outputs, "tensors": tensors})
    return {"ok": True, "steps": steps}


def failure(reason, log):
    """A failed job's result: the reason, and what TFLM printed last."""
    return {"ok": False, "error": "\n".join(part for part in (reason, log[-ERROR_CHARACTERS:].strip()) if part)}


def child_main(job, pipe, log):
    """The forked process: sends the result of run_job into the pipe, everything printed to the log. Does not return."""
    os.dup2(log, 1)
    os.dup2(log, 2)
    signal.alarm(JOB_SECONDS)
    try:
        result = run_job(job)
    except BaseException as error:
        result = {"ok": False, "error": f"{type(error).__name__}: {error}"}
    with os.fdopen(pipe, "w") as stream:
        json.dump(result, stream)
    # Without clean-up: this process shares the parent's buffers, and a model may have left TFLM unfit for its own.
    os._exit(0)


def run_isolated(job):
    with tempfile.TemporaryFile() as log:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            child_main(job, writing, log.fileno())
        os.close(writing)
        with os.fdopen(reading) as stream:
            text = stream.read()
        _, status = os.waitpid(child, 0)
        log.seek(0)
        printed = log.read().decode(errors="replace")
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number == signal.SIGALRM:
            return failure(f"TFLM took longer than {JOB_SECONDS} s", printed)
        return failure(f"TFLM was stopped by {signal.Signals(number).name}", printed)
    try:
        result = json.loads(text)
    except ValueError:
        return failure(f"TFLM ended without a result, exit status {os.WEXITSTATUS(status)}", printed)
    return result if result["ok"] else failure(result["error"], printed)


def main():
    text = Path(sys.argv[1]).read_text() if len(sys.argv) > 1 else sys.stdin.read()
    json.dump([run_isolated(job) for job in json.loads(text)], sys.stdout)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
