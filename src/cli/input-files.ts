/** Files with input data, by what they are: raw tensors, NumPy arrays, pictures. */
import { edgeNames } from '../codegen/edge-names.js';
import type { PreparedModel } from '../compiler.js';
import { ModelcError } from '../errors.js';
import { inputError, type NumericArray } from '../inputs/array.js';
import { bindArray, bindFloatBytes, bindImage, bindRaw, imageChannels, type PixelRange } from '../inputs/bind.js';
import type { Tensor } from '../ir/graph.js';
import { inFile, readInputFile } from './files.js';

/**
 * The inputs of the cases that files hold: one `.npz` for each case, or one file for each input in the model's order,
 * as often as there are cases.
 *
 * @throws ModelcError `usage/argument`, `usage/file`
 */
export async function readCases(
  prepared: PreparedModel,
  paths: readonly string[],
  pixels?: PixelRange,
): Promise<readonly { readonly name: string; readonly inputs: readonly Uint8Array[] }[]> {
  const inputs = inputTensors(prepared);
  const { isZip, readNpz } = await import('../inputs/npz.js');
  const archives = paths.length > 0 && paths.every((path) => isZip(readInputFile(path).subarray(0, 4)));
  if (archives) {
    return paths.map((path) => ({
      name: path,
      inputs: inFile(path, () => {
        const arrays = chooseArrays(prepared, readNpz(readInputFile(path)));
        return inputs.map((tensor, slot) => bindArray(tensor, arrays[slot] as NumericArray));
      }),
    }));
  }
  if (inputs.length === 0 || paths.length % inputs.length !== 0) {
    throw new ModelcError({
      code: 'usage/argument',
      message: `The model has ${inputs.length} inputs, ${paths.length} files were given.`,
      remedy: "Give one file for each input, in the model's order, or one .npz with an array for each.",
      place: {},
    });
  }
  const bound: Uint8Array[] = [];
  const problems = [];
  for (const [i, path] of paths.entries()) {
    try {
      bound.push(await readInput(inputs[i % inputs.length] as Tensor, i % inputs.length, path, pixels));
    } catch (error) {
      if (!(error instanceof ModelcError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new ModelcError(problems);
  return Array.from({ length: paths.length / inputs.length }, (_, i) => ({
    name: paths.slice(i * inputs.length, (i + 1) * inputs.length).join(', '),
    inputs: bound.slice(i * inputs.length, (i + 1) * inputs.length),
  }));
}

function inputTensors({ graph }: PreparedModel): readonly Tensor[] {
  return graph.inputs.map((index) => graph.tensors[index] as Tensor);
}

/** One file as the bytes of one input. What it is, its first bytes say; `.f32` its name. */
async function readInput(tensor: Tensor, slot: number, path: string, pixels?: PixelRange): Promise<Uint8Array> {
  const bytes = readInputFile(path);
  if (/\.(png|jpe?g)$/i.test(path)) {
    const { isJpeg, isPng, readImage } = await import('../inputs/image.js');
    return inFile(path, () => {
      if (!isPng(bytes) && !isJpeg(bytes)) throw inputError('This is no PNG or JPEG.', 'Name a picture.');
      return bindImage(tensor, readImage(bytes, imageChannels(tensor)), pixels);
    });
  }
  if (/\.npy$/i.test(path)) {
    const { readNpy } = await import('../inputs/npy.js');
    return inFile(path, () => bindArray(tensor, readNpy(bytes)));
  }
  return inFile(path, () => (/\.f32$/i.test(path) ? bindFloatBytes(tensor, bytes) : bindRaw(tensor, slot, bytes)));
}

/**
 * One array of an archive for each input: by the name in the signature, in C or of the tensor; the only array of a
 * model with one input; else `arr_0`, `arr_1`, … as numpy.savez numbers them. Names in `others` are no inputs.
 *
 * @throws ModelcError `usage/file`
 */
export function chooseArrays(
  prepared: PreparedModel,
  arrays: ReadonlyMap<string, NumericArray>,
  others: readonly string[] = [],
): readonly NumericArray[] {
  const names = edgeNames(prepared.model).inputs;
  const left = [...arrays].filter(([name]) => !others.includes(name));
  const onlyOne = names.length === 1 && left.length === 1 ? left[0]?.[1] : undefined;
  return inputTensors(prepared).map((tensor, slot) => {
    const { signature, identifier } = names[slot] ?? {};
    const candidates = [
      signature,
      identifier,
      tensor.name,
      ...(names.length === 1 ? ['x', 'X', 'x_test', 'X_test'] : []),
    ];
    const name = [...candidates, `arr_${slot}`].find((candidate) => candidate !== undefined && arrays.has(candidate));
    const array = name === undefined ? onlyOne : arrays.get(name);
    if (array !== undefined) return array;
    const known = [...arrays.keys()].join(', ');
    throw inputError(
      `No array of the archive is for input ${slot}, ${signature ?? tensor.name}; it has ${known === '' ? 'none' : known}.`,
      `Name the array ${signature ?? identifier ?? `arr_${slot}`}: numpy.savez(file, ${identifier ?? `arr_${slot}`}=…).`,
    );
  });
}
