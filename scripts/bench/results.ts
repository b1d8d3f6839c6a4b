/** What the benchmark measures, the form it is recorded in, and what changed between two of them. */
import { z } from 'zod';
import { grouped } from '../../src/report/terminal.js';

const count = z.int().nonnegative();

const boardResultSchema = z.union([
  z.strictObject({
    board: z.string(),
    toolchain: z.string(),
    flash: z.strictObject({ total: count, weights: count, code: count }),
    stack_bytes: count,
    instructions: count,
  }),
  /** Why the model is not on this board: it does not fit. */
  z.strictObject({ board: z.string(), reason: z.string() }),
]);
export type BoardResult = z.output<typeof boardResultSchema>;
export type BoardCosts = Exclude<BoardResult, { reason: string }>;

const modelResultSchema = z.strictObject({
  name: z.string(),
  bytes: count,
  crc32: z.string(),
  macs: count,
  arena_bytes: count,
  arena_lower_bound: count,
  /** The most that one operator needs besides its tensors; lies in the arena. */
  scratch_bytes: count,
  compile_ms: z.strictObject({
    /** Bytes to files on disk, in a process that has compiled the model before. */
    warm: z.number().positive(),
    /** The command `modelc compile`, start of Node.js included. */
    command: z.number().positive(),
  }),
  boards: z.array(boardResultSchema),
});
export type ModelResult = z.output<typeof modelResultSchema>;

export const resultsSchema = z.strictObject({
  /** Where compile times come from. */
  machine: z.strictObject({ processor: z.string(), node: z.string() }),
  /** Version of each compiler and simulator: what the other figures depend on. */
  tools: z.record(z.string(), z.string()),
  models: z.array(modelResultSchema),
  /** Processes from start to end, the processor they ran on with Node.js's version as `machine`. */
  startup: z
    .strictObject({
      machine: z.strictObject({ processor: z.string(), node: z.string() }),
      commands: z.array(
        z.strictObject({ command: z.string(), cpu_ms: z.number().positive(), peak_mb: z.number().positive() }),
      ),
    })
    .optional(),
});
export type Results = z.output<typeof resultsSchema>;

export function costsOf(model: ModelResult, board: string): BoardCosts | undefined {
  const result = model.boards.find((candidate) => candidate.board === board);
  return result === undefined || 'reason' in result ? undefined : result;
}

/**
 * One line for each figure that moved between the record and a new measurement, and for each model or board that is not
 * in the record. Compile times are not compared: they are the machine's.
 */
export function differences(recorded: Results, measured: Pick<Results, 'models'>): readonly string[] {
  return measured.models.flatMap((model) => {
    const before = recorded.models.find(({ name }) => name === model.name);
    if (before === undefined) return [`${model.name}: not recorded`];
    return [
      ...changes(model.name, ownFigures(before), ownFigures(model)),
      ...model.boards.flatMap((result) => {
        const place = `${model.name} on ${result.board}`;
        const old = before.boards.find(({ board }) => board === result.board);
        return old === undefined ? [`${place}: not recorded`] : changes(place, figures(old), figures(result));
      }),
    ];
  });
}

type Figures = ReadonlyMap<string, string | number>;

/** What is the same on every board and every machine. */
function ownFigures({ boards, compile_ms, ...own }: ModelResult): Figures {
  return figures(own);
}

/** Values of an object at any depth, by their path. */
function figures(value: object): Figures {
  return new Map(
    Object.entries(value).flatMap(([key, child]) =>
      typeof child === 'object'
        ? [...figures(child)].map(([path, leaf]) => [`${key}.${path}`, leaf] as const)
        : [[key, child] as const],
    ),
  );
}

function changes(place: string, before: Figures, now: Figures): string[] {
  return [...new Set([...before.keys(), ...now.keys()])]
    .filter((path) => before.get(path) !== now.get(path))
    .map((path) => `${place}: ${path} ${change(before.get(path), now.get(path))}`);
}

function change(before: string | number | undefined, now: string | number | undefined): string {
  const text = (value: string | number | undefined) =>
    typeof value === 'number' ? grouped(value) : value === undefined ? 'none' : value;
  const move = `${text(before)} → ${text(now)}`;
  if (typeof before !== 'number' || typeof now !== 'number' || before === 0) return move;
  const percent = (100 * (now - before)) / before;
  return `${move} (${percent > 0 ? '+' : ''}${percent.toFixed(2)} %)`;
}

/** One line for each tool whose version is not the recorded one; such a difference may explain others. */
export function toolDifferences(recorded: Results, tools: Results['tools']): readonly string[] {
  return Object.entries(tools)
    .filter(([name, version]) => recorded.tools[name] !== version)
    .map(([name, version]) => `${name} is ${version}, the record has ${recorded.tools[name] ?? 'none'}`);
}
