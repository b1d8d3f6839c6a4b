/** The example model, which is there even where the models beside the repository are not. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ModelFile } from './shared-models.js';

const folder = new URL('../../examples/digits/', import.meta.url);

export const digits: ModelFile = {
  name: 'digits.tflite',
  bytes: new Uint8Array(readFileSync(new URL('digits.tflite', folder))),
};

/** Raw inputs and outputs of the example's test vectors, in order. */
export function digitsVectors(): readonly { readonly input: Uint8Array; readonly output: Uint8Array }[] {
  const read = (name: string) => new Uint8Array(readFileSync(fileURLToPath(new URL(`test-vectors/${name}`, folder))));
  return Array.from({ length: 20 }, (_, index) => {
    const number = String(index).padStart(2, '0');
    return { input: read(`in${number}.bin`), output: read(`out${number}.bin`) };
  });
}
