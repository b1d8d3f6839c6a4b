/** TensorFlow Lite Micro as the tests call it: tflm.py in a process of its own, bytes in and out. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { ElementType } from '../../src/ir/element-type.js';

export interface TflmJob {
  /** A whole .tflite file. */
  readonly model: Uint8Array;
  /** Per step, per model input: raw little-endian bytes. The steps run in a row without a reset. */
  readonly steps: readonly (readonly Uint8Array[])[];
  /** Also return every tensor of subgraph 0 that an operator writes; false by default. */
  readonly tensors?: boolean;
}

export interface TflmTensor {
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** Raw little-endian bytes. */
  readonly bytes: Uint8Array;
}

export interface TflmStep {
  readonly outputs: readonly TflmTensor[];
  /** By tensor index in the file; empty unless the job asked for tensors. */
  readonly tensors: ReadonlyMap<number, TflmTensor>;
}

/** `error` is TFLM's own account of a model it refused or died of. */
export type TflmResult =
  | { readonly ok: true; readonly steps: readonly TflmStep[] }
  | { readonly ok: false; readonly error: string };

interface SavedTensor {
  readonly file: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
}
type SavedResult =
  | {
      readonly ok: true;
      readonly steps: readonly {
        readonly outputs: readonly SavedTensor[];
        readonly tensors: Readonly<Record<string, SavedTensor>>;
      }[];
    }
  | { readonly ok: false; readonly error: string };

const script = fileURLToPath(new URL('tflm.py', import.meta.url));
const python = process.env.MODELC_PYTHON ?? fileURLToPath(new URL('../../.venv/bin/python', import.meta.url));

/** Why `runTflm` cannot run; undefined when it can. */
export const tflmAbsent: string | undefined = existsSync(python)
  ? undefined
  : `no Python at ${python}; npm test installs it, or set MODELC_PYTHON to a Python that has tflite-micro`;

/**
 * Runs every job and returns the results in the order of the jobs. One Python process serves all jobs of a call, so
 * many jobs in one call are much faster than many calls. A model that TFLM refuses, or that crashes it, gives a failed
 * result and leaves the other jobs alone; throws when Python or tflite-micro itself does not run.
 */
export async function runTflm(jobs: readonly TflmJob[]): Promise<readonly TflmResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'modelc-tflm-'));
  try {
    const saved = await Promise.all(jobs.map((job, index) => saveJob(job, join(folder, `job${index}`))));
    const { stdout } = await execa(python, [script], { input: JSON.stringify(saved), maxBuffer: 1 << 28 });
    const results = JSON.parse(stdout) as readonly SavedResult[];
    return await Promise.all(
      results.map((result, index) => loadResult(result, (saved[index] as { outputDir: string }).outputDir)),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function saveJob(job: TflmJob, folder: string) {
  const save = async (name: string, bytes: Uint8Array) => {
    const path = join(folder, name);
    await writeFile(path, bytes);
    return path;
  };
  await mkdir(folder);
  return {
    model: await save('model.tflite', job.model),
    inputs: await Promise.all(
      job.steps.map((inputs, step) =>
        Promise.all(inputs.map((bytes, index) => save(`step${step}.in${index}.bin`, bytes))),
      ),
    ),
    outputDir: folder,
    tensors: job.tensors ?? false,
  };
}

async function loadResult(result: SavedResult, folder: string): Promise<TflmResult> {
  if (!result.ok) return result;
  const load = async ({ file, type, shape }: SavedTensor): Promise<TflmTensor> => ({
    type,
    shape,
    bytes: new Uint8Array(await readFile(join(folder, file))),
  });
  const steps = result.steps.map(async ({ outputs, tensors }) => ({
    outputs: await Promise.all(outputs.map(load)),
    tensors: new Map(
      await Promise.all(
        Object.entries(tensors).map(async ([index, tensor]) => [Number(index), await load(tensor)] as const),
      ),
    ),
  }));
  return { ok: true, steps: await Promise.all(steps) };
}
