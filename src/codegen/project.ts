/** Writes the C project: a list of files, from a compiled model, a board and the texts of templates and runtime. */
import Handlebars from 'handlebars';
import type { CompiledModel } from '../compiler.js';
import { ModelcError } from '../errors.js';
import { interpret } from '../interpreter/interpreter.js';
import { crc32, formatCrc32 } from '../ir/crc32.js';
import { elementCount, requireComputedType } from '../ir/element-type.js';
import { constantValue, type Tensor, tensorBytes } from '../ir/graph.js';
import { maximumConstantBytes } from '../limits.js';
import { deadRanges } from '../memory/occupancy.js';
import { planToJson } from '../memory/plan-json.js';
import { type Board, baseName, type Toolchain } from '../targets/board.js';
import { boardFiles, linkFlags, warningFlags } from '../targets/build-command.js';
import { arrayElements, arrayLength } from './c-array.js';
import { ConstantPool } from './constants.js';
import { arenaPointer, describeTensor, type EmittedLayer, emitLayer } from './layers.js';
import { checkPrefix, commentText } from './names.js';
import { randomInputs } from './test-vectors.js';

/** One file of a project; `path` has forward slashes and is relative to the project's folder. */
export interface ProjectFile {
  readonly path: string;
  readonly text: string;
}

/** Files that come with modelc, by path: templates and kernels by file name, board files by path below `boards/`. */
export interface Assets {
  readonly templates: ReadonlyMap<string, string>;
  readonly runtime: ReadonlyMap<string, string>;
  readonly boards: ReadonlyMap<string, string>;
  /** Version of modelc, named in generated comments. */
  readonly version: string;
}

export interface ProjectOptions {
  /** Prefix of all C identifiers and file names. */
  readonly name: string;
  readonly board: Board;
  readonly toolchain: Toolchain;
}

export interface Project {
  readonly files: readonly ProjectFile[];
  /** Bytes of constants in flash. */
  readonly constantBytes: number;
  /** Bytes of constants each layer brought in, in execution order. */
  readonly layerConstantBytes: readonly number[];
}

/** Seeds of the golden vectors in the generated self-test. */
const vectorSeeds = [1, 2];
/** Above this number of steps per inference the compiler does not run the model for golden vectors. */
const maximumVectorSteps = 250_000_000;

/** Call frames of `<name>_run`, a layer function and the arithmetic helpers of Armv6-M, without the layer's arrays. */
const frameBytes = 512;

/**
 * Upper bound of the stack that `<name>_run` uses on 32-bit targets at -O2: call frames, and the arrays of the layer
 * that declares most. `modelc verify` fails when a measurement exceeds it.
 */
export function stackBound({ needs }: CompiledModel): number {
  return frameBytes + needs.reduce((most, { stackBytes = 0 }) => Math.max(most, stackBytes), 0);
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of CMake
const cmakeBoardFolder = '${CMAKE_CURRENT_SOURCE_DIR}/board';

/** @throws ModelcError when `name` is not a valid prefix. */
export function generateProject(compiled: CompiledModel, assets: Assets, options: ProjectOptions): Project {
  const name = checkPrefix(options.name);
  const { graph, layers, plan, model } = compiled;
  const { board, toolchain } = options;
  const pool = new ConstantPool();
  const emitted = emitLayers(compiled, pool, name);
  requirePrintable(pool);
  const outputs = graph.outputs.map((index, slot) => outputContext(compiled, pool, name, index, slot));
  const inputs = graph.inputs.map((index, slot) => ({
    ...edgeContext(graph.tensors[index] as Tensor, 'IN', slot, name),
    pointer: arenaPointer((graph.tensors[index] as Tensor).type, plan.tensors.get(index)?.offset ?? 0, false),
    ...fillContext(graph.tensors[index] as Tensor, name, slot),
  }));
  const kernels = headerClosure(emitted, assets.runtime);
  const modelSources = [`${name}.c`, `${name}_data.c`, `${name}_selftest.c`].map((file) => `model/${file}`);
  const boardSources = board.sources.map((path) => `board/${baseName(path)}`);
  const vectors = goldenVectors(compiled);

  const context = {
    name,
    NAME: name.toUpperCase(),
    version: assets.version,
    description: commentText(model.description === '' ? 'a TensorFlow Lite model' : model.description),
    fileBytes: model.byteLength,
    crc32: formatCrc32(model.crc32),
    macs: compiled.macs,
    layerCount: layers.length,
    arenaBytes: plan.arenaBytes,
    arenaAlign: plan.arenaAlign,
    lowerBound: plan.lowerBound,
    stackBytes: stackBound(compiled),
    inputs,
    outputs,
    hasBytes: inputs.some(({ fill }) => fill === 'bytes'),
    hasBool: inputs.some(({ fill }) => fill === 'bool'),
    hasFloat: inputs.some(({ fill }) => fill === 'float'),
    headers: [...new Set(emitted.flatMap(({ headers }) => headers))].sort(),
    layers: emitted.map((layer) => ({ ...layer, body: layer.body === undefined ? undefined : indent(layer.body) })),
    constants: pool.constants.map((constant) => ({
      ...constant,
      count: arrayLength(constant.values),
      elements: arrayElements(constant.values),
      comment: commentText(constant.comment),
    })),
    constantBytes: pool.bytes,
    vectors,
    noVectorsReason: `No golden vectors: running this model's ${compiled.steps} steps in the compiler would take too long.`,
    ...traceContext(compiled),
    board: board.name,
    compiler: toolchain.compiler,
    binutilsPrefix: toolchain.binutilsPrefix,
    cFlags: toolchain.cFlags.join(' '),
    ldFlags: linkFlags(board, toolchain, 'board').join(' '),
    cmakeLdFlags: linkFlags(board, toolchain, cmakeBoardFolder).join(' '),
    libraries: toolchain.libraries.join(' '),
    warnings: warningFlags.join(' '),
    modelSources: modelSources.join(' '),
    boardSources: boardSources.join(' '),
    crossCompiled: board.simulator.kind !== 'native',
    usesString: board.headers.some((path) => baseName(path) === 'string.h'),
  };
  const render = (template: string, path: string): ProjectFile => ({
    path,
    text: renderTemplate(assets, template, context),
  });
  const files: ProjectFile[] = [
    render('model.h.hbs', `model/${name}.h`),
    render('model.c.hbs', `model/${name}.c`),
    render('model_data.h.hbs', `model/${name}_data.h`),
    render('model_data.c.hbs', `model/${name}_data.c`),
    render('model_selftest.c.hbs', `model/${name}_selftest.c`),
    ...kernels.map((file) => ({ path: `model/${file}`, text: assets.runtime.get(file) as string })),
    ...boardFiles(board).map(({ from, to }) => ({ path: `board/${to}`, text: boardAsset(assets, from) })),
    render('main.c.hbs', 'main.c'),
    render('verify.c.hbs', 'verify.c'),
    render('Makefile.hbs', 'Makefile'),
    render('CMakeLists.txt.hbs', 'CMakeLists.txt'),
    render('README.md.hbs', 'README.md'),
    { path: 'plan.json', text: `${JSON.stringify(planToJson(graph, plan), undefined, 1)}\n` },
  ];
  return {
    files,
    constantBytes: pool.bytes,
    layerConstantBytes: layers.map((_, time) =>
      pool.constants.filter(({ layer }) => layer === time).reduce((total, { values }) => total + values.byteLength, 0),
    ),
  };
}

/** Bytes of constants a project of this model has in flash, without generating it. */
export function constantBytes(compiled: CompiledModel): number {
  const pool = new ConstantPool();
  emitLayers(compiled, pool, 'model');
  compiled.graph.outputs.forEach((index, slot) => {
    outputContext(compiled, pool, 'model', index, slot);
  });
  return pool.bytes;
}

function emitLayers({ graph, layers, plan }: CompiledModel, pool: ConstantPool, name: string): EmittedLayer[] {
  return plan.order.map((position, time) => {
    const layer = layers[position];
    if (layer === undefined) throw new Error(`the plan runs operator ${position}, which does not exist`);
    return emitLayer(graph, layer, time, plan, pool, name);
  });
}

/** Packing can make constants larger than they were; beyond this their text exceeds what a string can hold. */
function requirePrintable({ bytes }: ConstantPool): void {
  if (bytes <= 2 * maximumConstantBytes) return;
  throw new ModelcError({
    code: 'fit/flash',
    message: `The model has ${bytes} bytes of packed constants; modelc accepts ${2 * maximumConstantBytes}.`,
    remedy: 'Use a model with fewer weights.',
    place: {},
  });
}

function renderTemplate(assets: Assets, file: string, context: object): string {
  const source = assets.templates.get(file);
  if (source === undefined) throw new Error(`template ${file} is missing`);
  return Handlebars.compile(source, { noEscape: true, strict: false })(context);
}

function boardAsset(assets: Assets, path: string): string {
  const text = assets.boards.get(path);
  if (text === undefined) throw new Error(`board file ${path} is missing`);
  return text;
}

/** Kernel headers the layers need, with the headers those include, sorted. */
function headerClosure(layers: readonly EmittedLayer[], runtime: ReadonlyMap<string, string>): string[] {
  const wanted = new Set(layers.flatMap(({ headers }) => headers));
  for (const file of wanted) {
    const text = runtime.get(file);
    if (text === undefined) throw new Error(`kernel header ${file} is missing`);
    for (const match of text.matchAll(/^#include "(modelc_[a-z0-9_]+\.h)"/gm)) wanted.add(match[1] as string);
  }
  return [...wanted].sort();
}

function edgeContext(tensor: Tensor, role: 'IN' | 'OUT', slot: number, name: string) {
  const quantization = tensor.quantization?.scales.length === 1 ? tensor.quantization : undefined;
  return {
    macro: `${name.toUpperCase()}_${role}${slot}`,
    suffix: slot === 0 ? '' : String(slot),
    type: requireComputedType(tensor.type).cType,
    comment: `"${commentText(tensor.name)}" ${describeTensor(tensor)}`,
    bytes: tensorBytes(tensor),
    elements: elementCount(tensor.shape),
    shape: tensor.shape.length === 0 ? '1' : tensor.shape.join(', '),
    rank: tensor.shape.length,
    quantized: quantization !== undefined,
    scale: `${(quantization?.scales[0] ?? 1).toExponential(8)}f`,
    zeroPoint: quantization?.zeroPoints[0] ?? 0,
  };
}

/** How the self-test fills an input; the same rule as `randomInputs`. */
function fillContext(tensor: Tensor, name: string, slot: number) {
  const macro = `${name.toUpperCase()}_IN${slot}`;
  if (tensor.type === 'float32') return { fill: 'float', fillCount: `${macro}_ELEMENTS` };
  return { fill: tensor.type === 'bool' ? 'bool' : 'bytes', fillCount: `${macro}_BYTES` };
}

/** An output is read from the arena, or from flash when its value does not depend on the inputs. */
function outputContext({ graph, plan }: CompiledModel, pool: ConstantPool, name: string, index: number, slot: number) {
  const tensor = graph.tensors[index] as Tensor;
  const edge = edgeContext(tensor, 'OUT', slot, name);
  if (tensor.data === undefined) {
    return { ...edge, constant: false, pointer: arenaPointer(tensor.type, plan.tensors.get(index)?.offset ?? 0, true) };
  }
  const values = constantValue(tensor);
  if (values === undefined) throw new Error(`constant output ${index} does not fit its shape`);
  const comment = `output ${slot} "${tensor.name}", the same for every input`;
  const pointer = pool.add(
    { name: 'output', cType: requireComputedType(tensor.type).cType, values, comment },
    `${name}_output_${slot}`,
    -1,
  );
  return { ...edge, constant: true, pointer };
}

interface GoldenVector {
  readonly seed: number;
  readonly crc32: string;
}

function goldenVectors({ graph, layers, steps }: CompiledModel): GoldenVector[] {
  if (steps > maximumVectorSteps) return [];
  const inputs = graph.inputs.map((index) => graph.tensors[index] as Tensor);
  return vectorSeeds.map((seed) => {
    const { outputs } = interpret(graph, layers, randomInputs(inputs, seed));
    const all = new Uint8Array(outputs.reduce((total, { length }) => total + length, 0));
    outputs.reduce((start, bytes) => {
      all.set(bytes, start);
      return start + bytes.length;
    }, 0);
    return { seed, crc32: formatCrc32(crc32(all)) };
  });
}

/** Tables of verify.c: what each layer wrote and what is dead afterwards. */
function traceContext({ graph, plan, layers }: CompiledModel) {
  const regions: { offset: number; bytes: number }[] = [];
  const traced = [-1, ...plan.order.keys()].map((time) => {
    const outputsBegin = regions.length;
    for (const index of time < 0 ? [] : (layers[plan.order[time] as number]?.operator.outputs ?? [])) {
      regions.push({
        offset: plan.tensors.get(index)?.offset ?? 0,
        bytes: tensorBytes(graph.tensors[index] as Tensor),
      });
    }
    const deadBegin = regions.length;
    for (const [begin, end] of deadRanges(plan, time + 1)) regions.push({ offset: begin, bytes: end - begin });
    return { outputsBegin, outputsEnd: deadBegin, deadBegin, deadEnd: regions.length };
  });
  return { regions, traced };
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? line : `    ${line}`))
    .join('\n');
}
