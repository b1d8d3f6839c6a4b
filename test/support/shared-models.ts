import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface ModelFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const root = process.env.MODELC_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url));

/** Why `sharedModels` is empty; undefined when it is not. */
export const sharedModelsAbsent: string | undefined = existsSync(join(root, 'models'))
  ? undefined
  : `no models at ${join(root, 'models')}; set MODELC_SHARED to the folder that holds models/`;

/** The published and random models that lie beside the repository, in alphabetical order. */
export function sharedModels(): readonly ModelFile[] {
  if (sharedModelsAbsent !== undefined) return [];
  return ['models', 'models/random'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.tflite'))
      .sort()
      .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(root, folder, name))) })),
  );
}
