/** The result of `modelc boards`. */
import { z } from 'zod';
import { ExitCode, formatProblem } from '../errors.js';
import type { Simulator } from '../targets/board.js';
import type { BoardCatalogue } from '../targets/load-boards.js';
import { bytes, envelope, envelopeFields } from './json.js';
import { grouped, printable, type Style, table } from './terminal.js';

export const boardsSchema = z.strictObject({
  ...envelopeFields,
  command: z.literal('boards'),
  boards: z.array(
    z.strictObject({
      name: z.string(),
      description: z.string(),
      cpu: z.string(),
      clock_hz: z.int().positive().nullable(),
      stack_bytes: bytes,
      memory: z.array(
        z.strictObject({
          name: z.string(),
          kind: z.enum(['flash', 'ram']),
          origin: z.int(),
          bytes,
          description: z.string().optional(),
        }),
      ),
      /** Name of the region that holds the arena. */
      arena: z.string(),
      /** `native`, `rp2040js`, or the command of a simulator; null where modelc cannot run programs. */
      simulator: z.string().nullable(),
      probe: z.strictObject({ name: z.string(), usb: z.string() }).nullable(),
      toolchains: z.array(z.strictObject({ name: z.string(), compiler: z.string() })),
    }),
  ),
  /** Folders whose board.json describes no board, with the problems as text. */
  broken: z.array(z.strictObject({ name: z.string(), problems: z.array(z.string()) })),
});
export type BoardsReport = z.output<typeof boardsSchema>;

export function boardsReport({ boards, broken }: BoardCatalogue): BoardsReport {
  return {
    ...envelope('boards', ExitCode.ok),
    boards: boards.map((board) => ({
      name: board.name,
      description: board.description,
      cpu: board.cpu,
      clock_hz: board.clockHz ?? null,
      stack_bytes: board.stackBytes,
      memory: board.memory.map((region) => ({ ...region })),
      arena: board.arena,
      simulator: simulatorName(board.simulator),
      probe: board.probe ?? null,
      toolchains: board.toolchains.map(({ name, compiler }) => ({ name, compiler })),
    })),
    broken: broken.map(({ name, error }) => ({ name, problems: error.problems.map(formatProblem) })),
  };
}

function simulatorName(simulator: Simulator): string | null {
  if (simulator.kind === 'none') return null;
  return simulator.kind === 'qemu' ? simulator.command : simulator.kind;
}

export function boardsText(style: Style, { boards, broken }: BoardsReport): string {
  const columns = ['board', 'cpu', 'flash', 'RAM', 'simulator', 'toolchains', 'description'];
  const spoiled = broken.map(({ name, problems }) => `${style.red(name)}  ${problems.map(printable).join('\n  ')}\n`);
  return `${table(
    style,
    columns.map((title) => ({ title, align: title === 'flash' || title === 'RAM' ? 'right' : 'left' })),
    boards.map((board) => [
      style.bold(board.name),
      board.cpu,
      capacityText(board.memory, 'flash'),
      capacityText(board.memory, 'ram'),
      board.simulator ?? '',
      board.toolchains.map(({ name }) => name).join(', '),
      board.description,
    ]),
  )}\n${spoiled.join('')}`;
}

function capacityText(memory: BoardsReport['boards'][number]['memory'], region: string): string {
  const size = memory.find(({ name }) => name === region)?.bytes;
  return size === undefined ? '' : `${grouped(size / 1024)} KiB`;
}
