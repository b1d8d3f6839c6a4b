/** Writes the C project: a list of files, from a compiled model, a board and the texts of templates and runtime. */
import type { Program } from '../compiler.js';
import { formatCrc32 } from '../ir/crc32.js';
import { planToJson } from '../memory/plan-file.js';
import { type Board, baseName, type Toolchain } from '../targets/board.js';
import { boardFiles, linkFlags, warningFlags } from '../targets/build-command.js';
import { arrayInitializer, arrayLength, isLiteral } from './c-array.js';
import { edgeNames } from './edge-names.js';
import { nameContext } from './edges.js';
import { emitModel } from './emit-model.js';
import { goldenVectors } from './golden-vectors.js';
import { headerClosure, stampKernel } from './headers.js';
import { kernelDecisions } from './kernel-decisions.js';
import { checkPrefix, commentText } from './names.js';
import { namedPlaces } from './places.js';
import { stackBound } from './stack.js';
import { traceTables } from './trace-tables.js';

/** One file of a project; `path` has forward slashes and is relative to the project's folder. */
export interface ProjectFile {
  readonly path: string;
  readonly text: string;
  /** Part of the example, for users to change or replace; all other files are the model's and follow it. */
  readonly editable?: true;
}

/** A compiled template: what it says about a project. */
export type Template = (context: object) => string;

export interface TemplateOptions {
  /** Whether a name that the context lacks is an error; otherwise it stands for nothing. */
  readonly strict?: boolean;
}

/** Files that come with modelc, by path: templates and kernels by file name, board files by path below `boards/`. */
export interface Assets {
  readonly templates: ReadonlyMap<string, string>;
  readonly compileTemplate: (text: string, options?: TemplateOptions) => Template;
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
  /** Section that the header gives the arena unless the program says otherwise. */
  readonly arenaSection?: string;
}

export interface Project {
  readonly files: readonly ProjectFile[];
  /** Bytes of constants in flash. */
  readonly constantBytes: number;
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of CMake
const cmakeBoardFolder = '${CMAKE_CURRENT_SOURCE_DIR}/board';

/** @throws ModelcError when `name` is not a valid prefix. */
export function generateProject(program: Program, assets: Assets, options: ProjectOptions): Project {
  const name = checkPrefix(options.name);
  const { layers, plan, model } = program;
  const { board, toolchain } = options;
  const emitted = emitModel(program, name);
  const { constants } = emitted;
  const names = edgeNames(model);
  const inputs = emitted.inputs.map((input, slot) => ({ ...input, ...nameContext(names.inputs[slot], name, 'input') }));
  const outputs = emitted.outputs.map((output, slot) => ({
    ...output,
    ...nameContext(names.outputs[slot], name, 'output'),
  }));
  const kernels = headerClosure(emitted.layers, assets.runtime).map((file) =>
    stampKernel(file, assets.runtime.get(file) ?? ''),
  );
  const modelSources = [`${name}.c`, `${name}-data.c`, `${name}-selftest.c`].map((file) => `model/${file}`);
  const boardSources = board.sources.map((path) => `board/${baseName(path)}`);

  const context = {
    name,
    NAME: name.toUpperCase(),
    version: assets.version,
    description: commentText(model.description === '' ? 'a TensorFlow Lite model' : model.description),
    fileBytes: model.byteLength,
    crc32: formatCrc32(model.crc32),
    macs: program.macs,
    layerCount: layers.length,
    arenaBytes: plan.arenaBytes,
    arenaAlign: plan.arenaAlign,
    lowerBound: plan.lowerBound,
    stackBytes: stackBound(program),
    inputs,
    outputs,
    hasNames: [...inputs, ...outputs].some(({ named }) => named !== undefined),
    hasHelpers: [...inputs, ...outputs].some(({ range }) => range !== undefined),
    hasSignature: [...inputs, ...outputs].some(({ signature }) => signature !== undefined),
    hasBytes: inputs.some(({ fill }) => fill === 'bytes'),
    hasBool: inputs.some(({ fill }) => fill === 'bool'),
    hasFloat: inputs.some(({ fill }) => fill === 'float'),
    headers: [...new Set(emitted.layers.flatMap(({ headers }) => headers))].sort(),
    kernels,
    layers: emitted.layers.map((layer) => ({
      ...layer,
      body: layer.body === undefined ? undefined : indent(layer.body),
    })),
    segments: emitted.segments.map((segment) => ({ ...segment, body: indent(segment.body) })),
    run: indent(emitted.run),
    places: namedPlaces(program, name),
    constants: constants.constants.map((constant) => ({
      ...constant,
      count: arrayLength(constant.values),
      alignment: Math.max(4, constant.values.BYTES_PER_ELEMENT),
      initializer: arrayInitializer(constant.values),
      isLiteral: isLiteral(constant.values),
      comment: commentText(constant.comment),
    })),
    hasLiterals: constants.constants.some(({ values }) => isLiteral(values)),
    constantBytes: constants.bytes,
    vectors: goldenVectors(program),
    noVectorsReason: `No golden vectors: running this model's ${program.steps} steps in the compiler would take too long.`,
    ...traceTables(program),
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
    crossCompiled: board.memory.length > 0,
    arenaSection: board.arena !== 'ram',
    arenaAttribute:
      options.arenaSection === undefined ? undefined : `__attribute__((section("${options.arenaSection}")))`,
    uf2: uf2Context(board),
    runCommand: runCommand(board),
    usesString: board.headers.some((path) => baseName(path) === 'string.h'),
  };
  const render = (template: string, path: string): ProjectFile => ({
    path,
    text: renderTemplate(assets, template, context),
  });
  const example = (template: string, path: string): ProjectFile => ({ ...render(template, path), editable: true });
  const files: ProjectFile[] = [
    render('model.h.hbs', `model/${name}.h`),
    render('model.c.hbs', `model/${name}.c`),
    render('model_data.h.hbs', `model/${name}-data.h`),
    render('model_data.c.hbs', `model/${name}-data.c`),
    render('model_selftest.c.hbs', `model/${name}-selftest.c`),
    ...kernels.map(({ file, text }) => ({ path: `model/${file}`, text })),
    ...boardFiles(board).map((file) => ({
      path: `board/${file.to}`,
      text: 'text' in file ? file.text : boardAsset(assets, file.from),
      editable: true as const,
    })),
    example('main.c.hbs', 'main.c'),
    render('verify.c.hbs', 'verify.c'),
    example('Makefile.hbs', 'Makefile'),
    example('CMakeLists.txt.hbs', 'CMakeLists.txt'),
    example('README.md.hbs', 'README.md'),
    { path: 'plan.json', text: planText(program) },
  ];
  return { files, constantBytes: constants.bytes };
}

function planText(program: Program): string {
  const plan = { ...planToJson(program.graph, program.plan), kernels: kernelDecisions(program) };
  return `${JSON.stringify(plan, undefined, 1)}\n`;
}

/** What make_uf2.py needs to know. */
function uf2Context({ uf2Family, memory }: Board): { family: string; address: string } | undefined {
  const flash = memory.find(({ name }) => name === 'flash');
  if (uf2Family === undefined || flash === undefined) return undefined;
  return { family: `0x${uf2Family.toString(16)}`, address: `0x${flash.origin.toString(16)}` };
}

/** The command of `make run`; undefined where there is none. */
function runCommand({ simulator, run }: Board): string | undefined {
  if (run !== undefined) return [...run, 'firmware.elf'].join(' ');
  if (simulator.kind === 'native') return './firmware.elf';
  if (simulator.kind !== 'qemu') return undefined;
  return [
    ...[simulator.command, '-M', simulator.machine, ...simulator.arguments],
    ...['-display', 'none', '-monitor', 'none', '-serial', 'stdio'],
    ...['-semihosting-config', 'enable=on,target=native', '-kernel', 'firmware.elf'],
  ].join(' ');
}

function renderTemplate(assets: Assets, file: string, context: object): string {
  const source = assets.templates.get(file);
  if (source === undefined) throw new Error(`template ${file} is missing`);
  return assets.compileTemplate(source)(context);
}

function boardAsset(assets: Assets, path: string): string {
  const text = assets.boards.get(path);
  if (text === undefined) throw new Error(`board file ${path} is missing`);
  return text;
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? line : `    ${line}`))
    .join('\n');
}
