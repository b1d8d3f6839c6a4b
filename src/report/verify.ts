/** The result of `modelc verify`. */
import { z } from 'zod';
import type { PreparedModel, Program } from '../compiler.js';
import { ExitCode, type ModelcError, worstExitCode } from '../errors.js';
import type { Tensor } from '../ir/graph.js';
import type { BoardSelection } from '../targets/board.js';
import type { Difference } from '../verify/compare-trace.js';
import type { TestCase } from '../verify/test-cases.js';
import type { Verification } from '../verify/verify.js';
import { arenaText } from './check.js';
import { flashSchema, flashText } from './compile.js';
import { bytes, envelope, envelopeFields, jsonNumber, numberOrText, problemSchema } from './json.js';
import { modelSchema, modelSummary, tensorForm } from './model.js';
import { counted, facts, grouped, problemText, type Style, shortened, table, tellingNames } from './terminal.js';

export const differenceSchema = z.strictObject({
  case: z.strictObject({ index: z.int().nonnegative(), name: z.string() }),
  /** Null when all layers are equal and only what the model's output function returns differs. */
  layer: z.int().nonnegative().nullable(),
  operator: z.string().nullable(),
  tensor: z.strictObject({
    index: z.int().nonnegative(),
    name: z.string(),
    type: z.string(),
    shape: z.array(z.int()),
  }),
  element: z.strictObject({
    index: z.int().nonnegative(),
    coordinates: z.array(z.int().nonnegative()),
    expected: numberOrText,
    /** Null when the board wrote no such element. */
    found: numberOrText.nullable(),
  }),
  differing_elements: z.int().positive(),
  differing_bytes: z.int().positive(),
});

/** A layer that strays does so in every case; this many tell enough. */
const maximumStrays = 16;

/** An access of a layer to memory that is not its own. */
export const straySchema = z.strictObject({
  case: z.strictObject({ index: z.int().nonnegative(), name: z.string() }),
  /** Null for what runs after the last layer. */
  layer: z.int().nonnegative().nullable(),
  operator: z.string().nullable(),
  access: z.enum(['write', 'read']),
  place: z.enum(['before-arena', 'dead', 'past-arena']),
  /** First byte, counted from the start of the arena. */
  offset: z.int(),
  bytes: z.int().positive(),
});

const verdictFields = {
  board: z.string(),
  toolchain: z.string(),
  arena_bytes: bytes,
  arena_lower_bound: bytes,
  /** True only when every layer was run and compared, and every byte was the same. */
  equal: z.boolean(),
  /** Null on the host. */
  flash: flashSchema.nullable(),
  /** Null on the host. */
  stack_bytes: bytes.nullable(),
  /** Instructions of one inference; null where they cannot be counted. */
  instructions: z.int().nonnegative().nullable(),
  /** Empty when the model could not be run. */
  layers: z.array(
    z.strictObject({
      index: z.int().nonnegative(),
      operator: z.string(),
      name: z.string(),
      equal: z.boolean(),
      /** In the first case; null where they cannot be counted. */
      instructions: z.int().nullable(),
    }),
  ),
  first_difference: differenceSchema.nullable(),
  /** The first ones; empty when every layer left alone what is not its own. */
  stray_accesses: z.array(straySchema).max(maximumStrays),
};

/**
 * For one board with one toolchain `results` repeats the fields above it. For several, `equal` and the layers' `equal`
 * hold for all of them, `first_difference` and `stray_accesses` are the first of any, and board, toolchain and costs are the first result's.
 */
export const verifySchema = z.strictObject({
  ...envelopeFields,
  command: z.literal('verify'),
  model: modelSchema,
  /** The meaning the bytes were compared with: TensorFlow Lite Micro's reference kernels. */
  contract: z.literal('tflm'),
  ...verdictFields,
  cases: z.array(z.string()),
  results: z.array(z.strictObject({ ...verdictFields, exit_code: z.int(), problems: z.array(problemSchema) })),
});
export type VerifyReport = z.output<typeof verifySchema>;
type Result = VerifyReport['results'][number];

/** What became of one board with one toolchain. */
export interface BoardOutcome {
  readonly selection: BoardSelection;
  readonly program: Program;
  /** A verification, or why there is none. */
  readonly result: Verification | ModelcError;
}

export interface VerifyFacts {
  readonly prepared: PreparedModel;
  readonly name: string;
  readonly cases: readonly TestCase[];
  /** Not empty. */
  readonly outcomes: readonly BoardOutcome[];
}

export function verifyReport({ prepared, name, cases, outcomes }: VerifyFacts): VerifyReport {
  const results = outcomes.map((outcome) => resultOf(cases, outcome));
  const { exit_code: _, problems: __, ...first } = results[0] as Result;
  const problems = outcomes.flatMap(({ result }) => (result instanceof Error ? result.problems : []));
  const exitCode = worstExitCode(results.map((result) => result.exit_code as ExitCode));
  const layers = results.find((result) => result.layers.length > 0)?.layers ?? [];
  return {
    ...envelope('verify', exitCode, problems),
    model: modelSummary(prepared, name),
    contract: 'tflm',
    ...first,
    equal: results.every(({ equal }) => equal),
    layers: layers.map((layer) => ({
      ...layer,
      equal: results.every((result) => result.layers[layer.index]?.equal ?? true),
    })),
    first_difference: results.find((result) => result.first_difference !== null)?.first_difference ?? null,
    stray_accesses: results.find((result) => result.stray_accesses.length > 0)?.stray_accesses ?? [],
    cases: cases.map((testCase) => testCase.name),
    results,
  };
}

function resultOf(cases: readonly TestCase[], { selection, program, result }: BoardOutcome): Result {
  const names = {
    board: selection.board.name,
    toolchain: selection.toolchain.name,
    arena_bytes: program.plan.arenaBytes,
    arena_lower_bound: program.plan.lowerBound,
  };
  if (result instanceof Error) {
    const { problems } = envelope('verify', result.exitCode, result.problems);
    const costs = { flash: null, stack_bytes: null, instructions: null };
    const nothing = { ...costs, layers: [], first_difference: null, stray_accesses: [] };
    return { ...names, equal: false, ...nothing, exit_code: result.exitCode, problems };
  }
  const { equal, flash, stackBytes, instructions, layers, firstDifference, strays } = result;
  return {
    ...names,
    equal,
    flash: flash === undefined ? null : { ...flash },
    stack_bytes: stackBytes ?? null,
    instructions: instructions ?? null,
    layers: layers.map((layer) => ({ ...layer, instructions: layer.instructions ?? null })),
    first_difference: firstDifference === undefined ? null : describe(program, cases, layers, firstDifference),
    stray_accesses: strays.slice(0, maximumStrays).map((stray) => ({
      ...stray,
      case: { index: stray.case, name: cases[stray.case]?.name ?? '' },
      layer: stray.layer < layers.length ? stray.layer : null,
      operator: layers[stray.layer]?.operator ?? null,
    })),
    exit_code: equal ? ExitCode.ok : ExitCode.differs,
    problems: [],
  };
}

function describe(
  { graph }: Program,
  cases: readonly TestCase[],
  layers: Verification['layers'],
  difference: Difference,
): z.output<typeof differenceSchema> {
  const { layer, element } = difference;
  const tensor = graph.tensors[difference.tensor.index] as Tensor;
  return {
    case: { index: difference.case, name: cases[difference.case]?.name ?? '' },
    layer: layer ?? null,
    operator: layer === undefined ? null : (layers[layer]?.operator ?? null),
    tensor: { index: tensor.index, name: tensor.name, type: tensor.type, shape: [...tensor.shape] },
    element: {
      index: element.index,
      coordinates: [...element.coordinates],
      expected: jsonNumber(element.expected),
      found: element.found === undefined ? null : jsonNumber(element.found),
    },
    differing_elements: element.count,
    differing_bytes: difference.count,
  };
}

export function verifyText(style: Style, report: VerifyReport): string {
  const sections = [
    [
      `${style.bold(report.model.name)}  CRC-32 ${report.model.crc32}`,
      facts(style, [
        ['multiply-accumulates', `${grouped(report.model.macs)} per inference`],
        ['arena', arenaText(report.arena_bytes, report.arena_lower_bound)],
        [
          'inputs',
          `${counted(report.cases.length, 'case')}: ${report.cases.map((name) => shortened(name)).join('; ')}`,
        ],
      ]),
    ].join('\n'),
    report.results.length === 1 ? singleResult(style, report) : resultTable(style, report.results),
    ...report.results.flatMap(({ board, toolchain, first_difference, stray_accesses: [stray] }) => [
      ...(stray === undefined ? [] : [strayText(style, `${board}, ${toolchain}`, stray)]),
      ...(first_difference === null ? [] : [differenceText(style, `${board}, ${toolchain}`, first_difference)]),
    ]),
  ];
  if (report.problems.length > 0) {
    sections.push(problemText(style, report.problems as Parameters<typeof problemText>[1]).trimEnd());
  }
  sections.push(conclusion(style, report));
  return `${sections.join('\n\n')}\n`;
}

function conclusion(style: Style, { results, layers }: VerifyReport): string {
  const equal = results.filter((result) => result.equal).length;
  const where =
    results.length === 1 ? `${results[0]?.board}, ${results[0]?.toolchain}` : `${equal} of ${results.length}`;
  if (equal === results.length) {
    const all = `all ${counted(layers.length, 'layer')} equal, byte for byte`;
    return style.green(results.length === 1 ? `${where}: ${all}` : `${where} targets: ${all}`);
  }
  const differing = results.filter(({ exit_code }) => exit_code === ExitCode.differs).length;
  if (results.length === 1) {
    const { first_difference, stray_accesses } = results[0] as Result;
    if (first_difference !== null) return style.red(`${where}: differs`);
    return style.red(`${where}: ${stray_accesses.length > 0 ? 'uses memory that is not its own' : 'not verified'}`);
  }
  return style.red(
    `${where} targets equal, ${differing} differ, ${results.length - equal - differing} could not be verified`,
  );
}

function singleResult(style: Style, report: VerifyReport): string {
  if (report.layers.length === 0) return `${report.board}, ${report.toolchain}`;
  const costs: (readonly [string, string])[] = [
    ...(report.flash === null ? [] : [['flash', flashText(report.flash)] as const]),
    ...(report.stack_bytes === null ? [] : [['stack', `${grouped(report.stack_bytes)} bytes`] as const]),
    ...(report.instructions === null
      ? []
      : [['instructions', `${grouped(report.instructions)} per inference`] as const]),
  ];
  const isCounted = report.layers.some(({ instructions }) => instructions !== null);
  const names = tellingNames(report.layers.map(({ name }) => name));
  const layers = table(
    style,
    [
      { title: 'layer', align: 'right' },
      { title: 'operator' },
      { title: '' },
      ...(isCounted ? [{ title: 'instructions', align: 'right' } as const] : []),
      { title: 'output' },
    ],
    report.layers.map(({ index, operator, equal, instructions }, i) => [
      String(index),
      operator,
      equal ? style.green('equal') : style.red('differs'),
      ...(isCounted ? [grouped(instructions ?? 0)] : []),
      names[i] as string,
    ]),
  );
  const title = `${report.board}, ${report.toolchain}`;
  return [title, ...(costs.length === 0 ? [] : [facts(style, costs)]), layers].join('\n');
}

function resultTable(style: Style, results: readonly Result[]): string {
  const number = (value: number | null | undefined) => (value === null || value === undefined ? '' : grouped(value));
  return table(
    style,
    [
      { title: 'board' },
      { title: 'toolchain' },
      { title: 'layers' },
      { title: 'flash', align: 'right' },
      { title: 'stack', align: 'right' },
      { title: 'instructions', align: 'right' },
    ],
    results.map((result) => [
      result.board,
      result.toolchain,
      layerState(style, result),
      number(result.flash?.total),
      number(result.stack_bytes),
      number(result.instructions),
    ]),
  );
}

function layerState(style: Style, { problems, layers, equal }: Result): string {
  if (problems.length > 0) return style.yellow(problems[0]?.code as string);
  if (equal) return style.green(`${layers.length} equal`);
  if (layers.every((layer) => layer.equal)) return style.red('stray access');
  return style.red(`${layers.filter((layer) => !layer.equal).length} of ${layers.length} differ`);
}

function strayText(style: Style, target: string, stray: z.output<typeof straySchema>): string {
  const layer = stray.layer === null ? 'after the last layer' : `layer ${stray.layer} ${stray.operator}`;
  const places = {
    'before-arena': `${-stray.offset} bytes before the arena`,
    dead: `byte ${stray.offset} of the arena, where no value lies that the layer may write`,
    'past-arena': `byte ${stray.offset}, past the arena's end`,
  };
  return [
    style.red(`Stray ${stray.access} on ${target}: ${layer}`),
    facts(style, [
      ['place', places[stray.place]],
      ['bytes', grouped(stray.bytes)],
      ['case', `${stray.case.index}: ${shortened(stray.case.name, 100)}`],
    ]),
  ].join('\n');
}

function differenceText(style: Style, target: string, difference: z.output<typeof differenceSchema>): string {
  const { tensor, element } = difference;
  const layer = difference.layer === null ? 'the output function' : `layer ${difference.layer} ${difference.operator}`;
  const total = tensor.shape.reduce((product, extent) => product * extent, 1);
  return [
    style.red(`First difference on ${target}: ${layer}`),
    facts(style, [
      ['tensor', `${tensor.index} "${shortened(tensor.name, 100)}"  ${tensorForm(tensor)}`],
      ['element', `${element.index} at [${element.coordinates.join(', ')}]`],
      ['expected', String(element.expected)],
      ['found', element.found === null ? 'nothing: the trace ends before' : String(element.found)],
      ['differing', `${grouped(difference.differing_elements)} of ${counted(total, 'element')}`],
      ['case', `${difference.case.index}: ${shortened(difference.case.name, 100)}`],
    ]),
  ].join('\n');
}
