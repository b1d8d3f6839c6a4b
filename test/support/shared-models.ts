import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface ModelFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The folder beside the repository that holds models and files for tests; it may be missing. */
export const sharedRoot = process.env.MODELC_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url));

/** Why `sharedModels` is empty; undefined when it is not. */
export const sharedModelsAbsent: string | undefined = existsSync(join(sharedRoot, 'models'))
  ? undefined
  : `no models at ${join(sharedRoot, 'models')}; set MODELC_SHARED to the folder that holds models/`;

/** The published and random models that lie beside the repository, in alphabetical order. */
export function sharedModels(): readonly ModelFile[] {
  return sharedModelPaths().map((path) => ({ name: basename(path), bytes: new Uint8Array(readFileSync(path)) }));
}

/** Paths of these models, in the same order. */
export function sharedModelPaths(): readonly string[] {
  return sharedFiles('.tflite');
}

/** Paths of what TFLite Micro answers for these models, for `loadGolden`; in the same order. */
export function sharedGoldenPaths(): readonly string[] {
  return sharedFiles('.golden.json');
}

function sharedFiles(extension: string): readonly string[] {
  if (sharedModelsAbsent !== undefined) return [];
  return ['models', 'models/random'].flatMap((folder) =>
    readdirSync(join(sharedRoot, folder))
      .filter((name) => name.endsWith(extension))
      .sort()
      .map((name) => join(sharedRoot, folder, name)),
  );
}
