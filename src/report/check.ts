/** The result of `modelc check`. */
import { z } from 'zod';
import type { ModelCheck } from '../check.js';
import { type EdgeName, edgeNames } from '../codegen/edge-names.js';
import { constantBytes } from '../codegen/emit-model.js';
import { stackBound } from '../codegen/stack.js';
import { lowerForBoards, type Program, portableTarget, type Wishes } from '../compiler.js';
import { ExitCode, type Problem, problemCodes, worstExitCode } from '../errors.js';
import type { Graph } from '../ir/graph.js';
import type { Board } from '../targets/board.js';
import { type BoardFit, boardFit, type MemoryFit } from '../verify/fit.js';
import { bytes, envelope, envelopeFields } from './json.js';
import {
  type EdgeSummary,
  edgeSchema,
  edgeSummary,
  edgeTitles,
  modelIdentity,
  modelSchema,
  tensorForm,
} from './model.js';
import { counted, facts, grouped, problemText, type Style, shortened, table } from './terminal.js';

const memoryFitSchema = z.strictObject({ needed: bytes, available: bytes });

export const checkSchema = z.strictObject({
  ...envelopeFields,
  command: z.literal('check'),
  model: modelSchema.extend({
    bytes,
    description: z.string(),
    /** Null when the model is not supported. */
    macs: z.int().nonnegative().nullable(),
  }),
  supported: z.boolean(),
  inputs: z.array(edgeSchema),
  outputs: z.array(edgeSchema),
  /** Kinds of operators in the file, in order of first use. */
  operators: z.array(
    z.strictObject({
      name: z.string(),
      count: z.int().positive(),
      /** `unsupported`: no operator of this kind compiles. `refused`: some do not; the problems say which and why. */
      status: z.enum(['supported', 'refused', 'unsupported']),
    }),
  ),
  /** With kernels that every processor runs. Null when the model is not supported. */
  memory: z
    .strictObject({ arena_bytes: bytes, arena_lower_bound: bytes, weights_bytes: bytes, stack_bytes_bound: bytes })
    .nullable(),
  /** Empty when the model is not supported. */
  boards: z.array(
    z.strictObject({
      board: z.string(),
      /** False when it does not fit for certain. */
      fits: z.boolean(),
      /** `maybe`: the constants fit, but with the estimated code they do not. */
      verdict: z.enum(['yes', 'maybe', 'no']),
      /** Arena and stack, with the board's kernels; null on the host. */
      ram: memoryFitSchema.nullable(),
      /** Constants, without code; null on the host. */
      flash: memoryFitSchema.nullable(),
    }),
  ),
});
export type CheckReport = z.output<typeof checkSchema>;

export interface CheckOptions {
  readonly name: string;
  readonly boards: readonly Board[];
  /** Whether the user asked for these boards, so that one that is too small is a failure. */
  readonly boardsRequired: boolean;
  /** What plans are to be like; default: balanced. */
  readonly wishes?: Wishes;
}

export function checkReport(check: ModelCheck, options: CheckOptions): CheckReport {
  const { model, prepared } = check;
  const graph = model.graphs[0] as Graph;
  const names = edgeNames(model);
  const lowerFor = prepared === undefined ? undefined : lowerForBoards(prepared, options.wishes);
  const fits = lowerFor === undefined ? [] : options.boards.map((board) => fitOf(board, lowerFor(board)));
  const portable = lowerFor?.({ kernels: portableTarget.isas });
  const problems = [...check.problems, ...(options.boardsRequired ? fits.flatMap(({ fit }) => fit.problems) : [])];
  return {
    ...envelope('check', exitCodeOf(problems), problems),
    model: {
      ...modelIdentity(model, options.name),
      macs: prepared?.macs ?? null,
      bytes: model.byteLength,
      description: model.description,
    },
    supported: prepared !== undefined,
    inputs: edgeSummaries(graph, graph.inputs, names.inputs),
    outputs: edgeSummaries(graph, graph.outputs, names.outputs),
    operators: operatorKinds(graph, check.problems),
    memory:
      portable === undefined
        ? null
        : {
            arena_bytes: portable.plan.arenaBytes,
            arena_lower_bound: portable.plan.lowerBound,
            weights_bytes: constantBytes(portable),
            stack_bytes_bound: stackBound(portable),
          },
    boards: fits.map(({ board, fit }) => ({
      board: board.name,
      fits: fit.problems.length === 0,
      verdict: fit.problems.length > 0 ? ('no' as const) : fit.hasRoomForCode ? ('yes' as const) : ('maybe' as const),
      ram: planned(fit.ram),
      flash: planned(fit.flash),
    })),
  };
}

function edgeSummaries(graph: Graph, indices: readonly number[], names: readonly EdgeName[]): EdgeSummary[] {
  return indices.flatMap((index, slot) => {
    const tensor = graph.tensors[index];
    return tensor === undefined ? [] : [edgeSummary(tensor, names[slot])];
  });
}

function fitOf(board: Board, program: Program): { board: Board; fit: BoardFit } {
  return { board, fit: boardFit(program, constantBytes(program), board) };
}

function planned({ needed, available }: MemoryFit): z.output<typeof memoryFitSchema> | null {
  return available === undefined ? null : { needed, available };
}

function exitCodeOf(problems: readonly Problem[]): ExitCode {
  return problems.length === 0 ? ExitCode.ok : worstExitCode(problems.map(({ code }) => problemCodes[code]));
}

function operatorKinds(graph: Graph, problems: readonly Problem[]): CheckReport['operators'] {
  const counts = new Map<string, number>();
  for (const { name } of graph.operators) counts.set(name, (counts.get(name) ?? 0) + 1);
  const named = (unsupported: boolean) =>
    new Set(
      problems
        .filter(({ code }) => (code === 'model/unsupported-operator') === unsupported)
        .map(({ place }) => place.operator?.name),
    );
  const unsupported = named(true);
  const refused = named(false);
  return [...counts].map(([name, count]) => ({
    name,
    count,
    status: unsupported.has(name) ? 'unsupported' : refused.has(name) ? 'refused' : 'supported',
  }));
}

export function checkText(style: Style, report: CheckReport): string {
  const { model, memory } = report;
  const macs = model.macs === null ? [] : [['multiply-accumulates', `${grouped(model.macs)} per inference`] as const];
  const edges = (name: string, tensors: CheckReport['inputs']) => {
    const titles = edgeTitles(tensors);
    return tensors.map(
      (tensor, i) => [name, `${tensorForm(tensor)}${quantizationText(tensor)}  ${titles[i]}`] as const,
    );
  };
  const sections = [
    `${style.bold(model.name)}  ${grouped(model.bytes)} bytes, CRC-32 ${model.crc32}`,
    facts(style, [
      ...edges('input', report.inputs),
      ...edges('output', report.outputs),
      ...macs,
      ...memoryFacts(memory),
    ]),
    table(
      style,
      [{ title: 'operator' }, { title: 'count', align: 'right' }, { title: '' }],
      report.operators.map(({ name, count, status }) => [
        shortened(name),
        grouped(count),
        status === 'supported' ? style.green(status) : style.red(status),
      ]),
    ),
  ];
  if (report.boards.length > 0) sections.push(boardTable(style, report.boards));
  if (report.boards.some(({ verdict }) => verdict === 'maybe')) {
    sections.push('maybe: the weights leave little room for the code. `modelc build` tells whether it is enough.');
  }
  if (report.problems.length > 0) {
    sections.push(
      `${style.bold(counted(report.problems.length, 'problem'))}\n${problemText(style, report.problems as readonly Problem[])}`.trimEnd(),
    );
  }
  return `${sections.join('\n\n')}\n`;
}

function quantizationText({ scale, zero_point }: CheckReport['inputs'][number]): string {
  return scale === null
    ? ''
    : ` = ${Number(scale.toPrecision(6))} × (q ${(zero_point ?? 0) < 0 ? '+' : '−'} ${Math.abs(zero_point ?? 0)})`;
}

function memoryFacts(memory: CheckReport['memory']): (readonly [string, string])[] {
  if (memory === null) return [];
  return [
    ['arena', arenaText(memory.arena_bytes, memory.arena_lower_bound)],
    ['weights', `${grouped(memory.weights_bytes)} bytes`],
    ['stack', `at most ${grouped(memory.stack_bytes_bound)} bytes`],
  ];
}

/** How far the arena is from what no plan can beat. */
export function arenaText(arenaBytes: number, lowerBound: number): string {
  return arenaBytes === lowerBound
    ? `${grouped(arenaBytes)} bytes, the least possible for this schedule`
    : `${grouped(arenaBytes)} bytes; this schedule needs at least ${grouped(lowerBound)}`;
}

function boardTable(style: Style, boards: CheckReport['boards']): string {
  const memory = (fit: CheckReport['boards'][number]['ram']) =>
    fit === null ? '' : `${grouped(fit.needed)} of ${grouped(fit.available)}`;
  return table(
    style,
    [
      { title: 'board' },
      { title: 'fits' },
      { title: 'RAM: arena + stack', align: 'right' },
      { title: 'flash: weights', align: 'right' },
    ],
    boards.map(({ board, verdict, ram, flash }) => [
      board,
      verdict === 'yes' ? style.green(verdict) : verdict === 'no' ? style.red(verdict) : style.bold(verdict),
      memory(ram),
      memory(flash),
    ]),
  );
}
