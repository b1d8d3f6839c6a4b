/** Files that carry a board's facts into C and to the linker; a project has them beside the board's C files. */
import type { Board, SetupStep } from './board.js';

/** Name of the header that `platform.h` includes. */
export const configHeader = 'board_config.h';
/** Name of the file that the linker scripts include. */
export const memoryScript = 'memory.ld';

/** `board_config.h`: peripherals and the steps that make them ready, as macros. */
export function boardConfig(board: Board): string {
  const { uart, counter, setup } = board;
  const lines = [
    `/* Facts of board ${board.name}, from its description. */`,
    '#ifndef BOARD_CONFIG_H',
    '#define BOARD_CONFIG_H',
    '',
    '/* The console. */',
    definition('UART', uart?.kind ?? 'semihosting', uart?.base),
    '',
    '/* The time base behind board_ticks. */',
    definition('COUNTER', counter?.kind ?? 'none', counter?.base),
    '',
    '/* Register accesses that come first: write(register, value), modify(register, clear, set), wait(register, bits). */',
    `#define BOARD_SETUP(write, modify, wait)${setup.map((step) => ` \\\n    ${setupLine(step)}`).join('')}`,
    '',
    '#endif',
    '',
  ];
  return lines.join('\n');
}

/** `BOARD_UART_CMSDK 0x40004000u`: the peripheral's kind and address in one definition. */
function definition(role: string, kind: string, base: number | undefined): string {
  const name = `#define BOARD_${role}_${kind.toUpperCase().replaceAll('-', '_')}`;
  return base === undefined ? name : `${name} ${hexadecimal(base)}u`;
}

function setupLine(step: SetupStep): string {
  const register = `${hexadecimal(step.register)}u`;
  if ('write' in step) return `write(${register}, ${hexadecimal(step.write)}u)`;
  if ('wait' in step) return `wait(${register}, ${hexadecimal(step.wait)}u)`;
  return `modify(${register}, ${hexadecimal(step.clear)}u, ${hexadecimal(step.set)}u)`;
}

/** `memory.ld`: the board's memory, which region holds the arena, and the size of the stack. */
export function memoryLayout(board: Board): string {
  const regions = board.memory.filter(({ name }) => name !== 'vectors');
  const vectors = board.memory.find(({ name }) => name === 'vectors');
  const lines = [
    `/* Memory of board ${board.name}, from its description. */`,
    'MEMORY {',
    ...regions.map(
      ({ name, kind, origin, bytes }) =>
        `  ${name.toUpperCase()} (${kind === 'flash' ? 'rx' : 'rwx'}) : ORIGIN = ${hexadecimal(origin)}, LENGTH = ${hexadecimal(bytes)}`,
    ),
    '}',
    ...(board.arena === 'arena' ? [] : [`REGION_ALIAS("ARENA", ${board.arena.toUpperCase()})`]),
    `STACK_BYTES = ${hexadecimal(board.stackBytes)};`,
    `VECTORS_ORIGIN = ${vectors === undefined ? 'ORIGIN(FLASH)' : hexadecimal(vectors.origin)};`,
    '',
  ];
  return lines.join('\n');
}

function hexadecimal(value: number): string {
  return `0x${value.toString(16)}`;
}
