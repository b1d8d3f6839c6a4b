/** Files of the user: models and tensors in, tensors out. */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { prefixFromFile } from '../codegen/names.js';
import { ModelcError } from '../errors.js';
import { createTemporaryFolder, removeTemporaryFolder } from '../leftovers.js';
import { defaultLimits } from '../tflite/limits.js';
import { makeFolder } from '../verify/write-project.js';

/** Nothing modelc reads is larger. */
const maximumBytes = defaultLimits.fileBytes;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file.',
  ENOTDIR: 'There is no such file.',
  EACCES: 'The file may not be read.',
  EPERM: 'The file may not be read.',
  EISDIR: 'This is a folder, not a file.',
};

/** The bytes of a regular file. @throws ModelcError `usage/file` */
export function readInputFile(path: string): Uint8Array {
  try {
    const descriptor = openSync(path, 'r');
    try {
      const stats = fstatSync(descriptor);
      if (stats.isDirectory() && existsSync(join(path, 'saved_model.pb'))) throw savedModel(path);
      if (stats.isDirectory()) throw fileError(path, reasons.EISDIR as string);
      if (!stats.isFile()) throw fileError(path, 'This is not a regular file.');
      if (stats.size > maximumBytes) {
        throw fileError(path, `The file has ${stats.size} bytes; modelc reads at most ${maximumBytes}.`);
      }
      return new Uint8Array(readFileSync(descriptor));
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (error instanceof ModelcError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw fileError(path, reasons[code ?? ''] ?? `The file cannot be read: ${message}.`);
  }
}

function fileError(file: string, message: string): ModelcError {
  return new ModelcError({ code: 'usage/file', message, remedy: 'Name a file that can be read.', place: { file } });
}

function savedModel(folder: string): ModelcError {
  return new ModelcError({
    code: 'format/not-tflite',
    message: 'This is the folder of a TensorFlow SavedModel, not a .tflite file.',
    remedy:
      'Convert it with tf.lite.TFLiteConverter.from_saved_model; docs/models.md of modelc shows how to get an int8 .tflite file.',
    place: { file: folder },
  });
}

/** Problems that `action` finds in the model are placed in its file. */
export function inFile<T>(file: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof ModelcError)) throw error;
    throw new ModelcError(error.problems.map((problem) => ({ ...problem, place: { file, ...problem.place } })));
  }
}

/** Copies a file to a new place, whose folder is made if need be. @throws ModelcError `usage/file` */
export function copyModel(from: string, to: string): void {
  try {
    makeFolder(dirname(to));
    copyFileSync(from, to);
  } catch (error) {
    throw fileError(to, `The file cannot be written: ${(error as Error).message}.`);
  }
}

/** A model file and the C prefix its project gets. */
export interface ModelFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly name: string;
}

/** @throws ModelcError `usage/file` */
export function readModelFile(path: string, name: string = prefixFromFile(path)): ModelFile {
  return { path, bytes: readInputFile(path), name };
}

/**
 * Writes `out0.bin`, `out1.bin`, … into a folder, which is made if need be: all of them, or none.
 *
 * @returns their paths
 * @throws ModelcError `usage/file`
 */
export function writeOutputs(directory: string, outputs: readonly Uint8Array[]): string[] {
  const names = outputs.map((_, slot) => `out${slot}.bin`);
  try {
    makeFolder(directory);
    const staging = createTemporaryFolder(join(directory, '.modelc-'));
    try {
      names.forEach((name, slot) => {
        writeFileSync(join(staging, name), outputs[slot] as Uint8Array);
      });
      for (const name of names) renameSync(join(staging, name), join(directory, name));
    } finally {
      removeTemporaryFolder(staging);
    }
  } catch (error) {
    throw new ModelcError({
      code: 'usage/file',
      message: `The outputs cannot be written: ${(error as Error).message}.`,
      remedy: 'Choose another folder with --output.',
      place: { file: directory },
    });
  }
  return names.map((name) => join(directory, name));
}

function makeTemporaryFolder(): string {
  try {
    return createTemporaryFolder(join(tmpdir(), 'modelc-'));
  } catch (error) {
    throw new ModelcError({
      code: 'usage/file',
      message: `There is no room for temporary files: ${(error as Error).message}.`,
      remedy: 'Name a folder that can be written in the environment variable TMPDIR.',
      place: { file: tmpdir() },
    });
  }
}

/** Runs `action` with a new folder, which is gone afterwards whatever happened. */
export async function withTemporaryFolder<T>(action: (directory: string) => Promise<T>): Promise<T> {
  const directory = makeTemporaryFolder();
  try {
    return await action(directory);
  } finally {
    removeTemporaryFolder(directory);
  }
}
