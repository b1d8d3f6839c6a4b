/** The result of `modelc boards`. */
import { z } from 'zod';
import { ExitCode } from '../errors.js';
import type { Board } from '../targets/board.js';
import { bytes, envelope, envelopeFields } from './json.js';
import { grouped, type Style, table } from './terminal.js';

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
      memory: z.array(z.strictObject({ name: z.string(), kind: z.enum(['flash', 'ram']), origin: z.int(), bytes })),
      /** `native`, `rp2040js`, or the command of a simulator. */
      simulator: z.string(),
      toolchains: z.array(z.strictObject({ name: z.string(), compiler: z.string() })),
    }),
  ),
});
export type BoardsReport = z.output<typeof boardsSchema>;

export function boardsReport(boards: readonly Board[]): BoardsReport {
  return {
    ...envelope('boards', ExitCode.ok),
    boards: boards.map((board) => ({
      name: board.name,
      description: board.description,
      cpu: board.cpu,
      clock_hz: board.clockHz ?? null,
      stack_bytes: board.stackBytes,
      memory: board.memory.map((region) => ({ ...region })),
      simulator: board.simulator.kind === 'qemu' ? board.simulator.command : board.simulator.kind,
      toolchains: board.toolchains.map(({ name, compiler }) => ({ name, compiler })),
    })),
  };
}

export function boardsText(style: Style, { boards }: BoardsReport): string {
  const columns = ['board', 'cpu', 'flash', 'RAM', 'simulator', 'toolchains', 'description'];
  return `${table(
    style,
    columns.map((title) => ({ title, align: title === 'flash' || title === 'RAM' ? 'right' : 'left' })),
    boards.map((board) => [
      style.bold(board.name),
      board.cpu,
      capacityText(board.memory, 'flash'),
      capacityText(board.memory, 'ram'),
      board.simulator,
      board.toolchains.map(({ name }) => name).join(', '),
      board.description,
    ]),
  )}\n`;
}

function capacityText(memory: BoardsReport['boards'][number]['memory'], region: string): string {
  const size = memory.find(({ name }) => name === region)?.bytes;
  return size === undefined ? '' : `${grouped(size / 1024)} KiB`;
}
