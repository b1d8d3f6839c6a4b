/**
 * What modelc knows about a board: plain data from `boards/<name>/board.json`, validated here. Numbers such as
 * addresses and sizes stand once in that file; the compiler and linker flags that carry them into C are derived.
 */
import { z } from 'zod';
import { ModelcError, type Problem } from '../errors.js';

/** Instruction sets the C kernels are written for, from least to most capable. */
export const kernelSets = ['scalar', 'dsp', 'mve'] as const;
export type KernelSet = (typeof kernelSets)[number];

export interface MemoryRegion {
  /** `flash` and `ram` are required for the linker script; `vectors` says that the vector table lies elsewhere. */
  readonly name: string;
  readonly kind: 'flash' | 'ram';
  readonly origin: number;
  readonly bytes: number;
}

export interface Uart {
  readonly kind: 'cmsdk' | 'nrf51' | 'pl011' | 'ns16550';
  readonly base: number;
}

/** How differences of `board_ticks()` become executed instructions. */
export interface InstructionCounter {
  readonly kind: 'fpgaio' | 'nrf51-timer' | 'rp2040-timer' | 'minstret';
  /** Absent for a processor register. */
  readonly base?: number;
  /** Ticks per second of simulated time. */
  readonly hz: number;
  /** Width of the counter; it wraps at 2^bits. */
  readonly bits: number;
  /** Simulated time that one instruction takes when instructions are counted. */
  readonly nanosecondsPerInstruction: number;
}

export type Simulator =
  | { readonly kind: 'native' }
  | {
      readonly kind: 'qemu';
      readonly command: string;
      readonly machine: string;
      readonly arguments: readonly string[];
    }
  | { readonly kind: 'rp2040js' };

export interface Toolchain {
  readonly name: string;
  /** Command that compiles and links. */
  readonly compiler: string;
  /** `<prefix>size`, `<prefix>objdump` … are the matching binary utilities. */
  readonly binutilsPrefix: string;
  /** Processor and code generation flags plus the definitions the board's C files need; no optimisation level. */
  readonly cFlags: readonly string[];
  /** Linker flags without the linker script: its place depends on where the files were copied. */
  readonly ldFlags: readonly string[];
  /** After the objects on the link line. */
  readonly libraries: readonly string[];
}

export interface Board {
  readonly name: string;
  readonly description: string;
  readonly cpu: string;
  /** Kernel sets the processor can run, least capable first. */
  readonly kernels: readonly KernelSet[];
  readonly endianness: 'little';
  /** Absent for the host. */
  readonly clockHz?: number;
  readonly stackBytes: number;
  /** Empty for the host: its memory is not planned. */
  readonly memory: readonly MemoryRegion[];
  readonly uart?: Uart;
  readonly counter?: InstructionCounter;
  /** Paths below `boards/`; the last path components are unique, so that a project can keep them in one folder. */
  readonly sources: readonly string[];
  readonly headers: readonly string[];
  readonly linkerScript?: string;
  /** The first is the default. */
  readonly toolchains: readonly Toolchain[];
  readonly simulator: Simulator;
}

const byteUnits: Readonly<Record<string, number>> = { '': 1, K: 1024, M: 1024 * 1024 };
const maximumAddress = 0xffff_ffff;

const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{1,8}$/, 'expected an address such as "0x20000000"')
  .transform((text) => Number.parseInt(text, 16));

const byteCountForm = 'expected bytes as a positive integer or a text such as "264K" or "4M"';
const byteCount = z
  .union([z.int().positive(byteCountForm), z.string().regex(/^[1-9]\d{0,9}[KM]?$/, byteCountForm)], {
    error: byteCountForm,
  })
  .transform((value) => {
    if (typeof value === 'number') return value;
    const unit = value.replace(/\d/g, '');
    return Number.parseInt(value, 10) * (byteUnits[unit] as number);
  })
  .refine((bytes) => bytes <= maximumAddress + 1, 'more than a 32-bit address space holds');

const fileBelowBoards = z
  .string()
  .regex(/^[\w.-]+(\/[\w.-]+)*$/, 'expected a relative path below boards/ with forward slashes')
  .refine((path) => !path.split('/').includes('..'), 'must stay below boards/');

const flags = z.array(z.string().min(1));
const command = z.string().regex(/^[\w.+-]+$/, 'expected the name of a command');

const toolchainSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/, 'expected lower-case letters, digits and hyphens'),
  compiler: command,
  binutilsPrefix: z.string().regex(/^[\w-]*$/),
  cFlags: flags,
  ldFlags: flags,
  libraries: flags,
});

const boardSchema = z
  .strictObject({
    description: z.string().min(1),
    cpu: z.string().min(1),
    kernels: z.array(z.enum(kernelSets)).min(1),
    endianness: z.literal('little'),
    clockHz: z.int().positive().optional(),
    stackBytes: byteCount,
    memory: z.array(
      z.strictObject({
        name: z.string().regex(/^[a-z][a-z0-9_]*$/, 'expected a lower-case identifier'),
        kind: z.enum(['flash', 'ram']),
        origin: address,
        bytes: byteCount,
      }),
    ),
    uart: z.strictObject({ kind: z.enum(['cmsdk', 'nrf51', 'pl011', 'ns16550']), base: address }).optional(),
    counter: z
      .strictObject({
        kind: z.enum(['fpgaio', 'nrf51-timer', 'rp2040-timer', 'minstret']),
        base: address.optional(),
        hz: z.int().positive(),
        bits: z.int().min(16).max(32),
        nanosecondsPerInstruction: z.int().positive(),
      })
      .optional(),
    sources: z.array(fileBelowBoards).min(1),
    headers: z.array(fileBelowBoards).min(1),
    linkerScript: fileBelowBoards.optional(),
    toolchains: z.array(toolchainSchema).min(1),
    simulator: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('native') }),
      z.strictObject({ kind: z.literal('qemu'), command, machine: z.string().min(1), arguments: flags }),
      z.strictObject({ kind: z.literal('rp2040js') }),
    ]),
  })
  .check((context) => {
    for (const [path, message] of contradictions(context.value as BoardFile)) {
      context.issues.push({ code: 'custom', path: [...path], message, input: context.value });
    }
  });

type BoardFile = z.output<typeof boardSchema>;
type Contradiction = readonly [path: readonly (string | number)[], message: string];

/** What is wrong although every value alone has the right form. */
function contradictions(file: BoardFile): Contradiction[] {
  const found: Contradiction[] = [];
  const regions = new Map(file.memory.map((region) => [region.name, region]));

  if (regions.size !== file.memory.length) found.push([['memory'], 'two regions have the same name']);
  file.memory.forEach((region, index) => {
    if (region.origin + region.bytes > maximumAddress + 1) {
      found.push([['memory', index, 'bytes'], 'the region ends beyond the 32-bit address space']);
    }
  });
  if (file.linkerScript !== undefined) {
    for (const kind of ['flash', 'ram'] as const) {
      if (regions.get(kind)?.kind !== kind) {
        found.push([['memory'], `a linker script needs a region named "${kind}" of kind "${kind}"`]);
      }
    }
  }
  const ram = regions.get('ram');
  if (ram !== undefined && file.stackBytes >= ram.bytes) found.push([['stackBytes'], 'the stack fills all of ram']);

  const names = [...file.sources, ...file.headers, ...(file.linkerScript === undefined ? [] : [file.linkerScript])];
  if (new Set(names.map(baseName)).size !== names.length) {
    found.push([['sources'], 'two files have the same name; a generated project keeps them in one folder']);
  }
  if (new Set(file.toolchains.map((toolchain) => toolchain.name)).size !== file.toolchains.length) {
    found.push([['toolchains'], 'two toolchains have the same name']);
  }

  if (file.counter !== undefined) {
    const ticks = (file.counter.hz * file.counter.nanosecondsPerInstruction) / 1e9;
    if (ticks < 2 && ticks !== 1) {
      found.push([
        ['counter', 'nanosecondsPerInstruction'],
        `one instruction is ${ticks} ticks; the count is exact only with 1 or with at least 2`,
      ]);
    }
    if (file.simulator.kind === 'qemu' && !Number.isInteger(Math.log2(file.counter.nanosecondsPerInstruction))) {
      found.push([['counter', 'nanosecondsPerInstruction'], 'QEMU needs a power of two']);
    }
  }
  return found;
}

/**
 * Checks the content of one `board.json` (already parsed JSON) and completes it.
 *
 * @throws ModelcError `usage/board` with one problem for each wrong or unknown key.
 */
export function parseBoard(json: unknown, name: string): Board {
  const file = `boards/${name}/board.json`;
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) {
    throw boardError(file, `"${name}" is no board name`, 'Use lower-case letters, digits and hyphens.');
  }
  const result = boardSchema.safeParse(json);
  if (!result.success) throw new ModelcError(result.error.issues.flatMap((issue) => problemsOf(issue, file)));
  return completed(result.data, name);
}

function completed(file: BoardFile, name: string): Board {
  const { clockHz, uart, counter, linkerScript, ...rest } = file;
  const definitions = [
    ...(uart === undefined ? [] : [definition('UART', uart.kind, uart.base)]),
    ...(counter === undefined ? [] : [definition('COUNTER', counter.kind, counter.base)]),
  ];
  const layout = linkerScript === undefined ? [] : layoutSymbols(file);
  return {
    ...rest,
    name,
    kernels: kernelSets.filter((set) => file.kernels.includes(set)),
    toolchains: file.toolchains.map((toolchain) => ({
      ...toolchain,
      cFlags: [...toolchain.cFlags, ...definitions],
      ldFlags: [...toolchain.ldFlags, ...layout],
    })),
    ...(clockHz === undefined ? {} : { clockHz }),
    ...(uart === undefined ? {} : { uart }),
    ...(counter === undefined ? {} : { counter: withoutUndefinedBase(counter) }),
    ...(linkerScript === undefined ? {} : { linkerScript }),
  };
}

function withoutUndefinedBase({ base, ...rest }: NonNullable<BoardFile['counter']>): InstructionCounter {
  return base === undefined ? rest : { ...rest, base };
}

/** `-DBOARD_UART_CMSDK=0x40004000u`: the peripheral's kind and address in one definition. */
function definition(role: string, kind: string, base: number | undefined): string {
  const name = `-DBOARD_${role}_${kind.toUpperCase().replaceAll('-', '_')}`;
  return base === undefined ? name : `${name}=${hexadecimal(base)}u`;
}

function layoutSymbols(file: BoardFile): string[] {
  const regions = file.memory.flatMap((region) => [
    `${region.name.toUpperCase()}_ORIGIN=${hexadecimal(region.origin)}`,
    `${region.name.toUpperCase()}_BYTES=${hexadecimal(region.bytes)}`,
  ]);
  return [...regions, `STACK_BYTES=${hexadecimal(file.stackBytes)}`].map((symbol) => `-Wl,--defsym=${symbol}`);
}

function hexadecimal(value: number): string {
  return `0x${value.toString(16)}`;
}

/** Last component of a path with forward slashes. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function problemsOf(issue: z.core.$ZodIssue, file: string): Problem[] {
  const remedy = 'Correct the file; boards/README.md describes every key.';
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const where = [...issue.path, key].join('.');
      return { code: 'usage/board', message: `unknown key "${where}".`, remedy, place: { file } };
    });
  }
  const where = issue.path.length === 0 ? 'the file' : `"${issue.path.join('.')}"`;
  return [{ code: 'usage/board', message: `${where}: ${issue.message}.`, remedy, place: { file } }];
}

function boardError(file: string, message: string, remedy: string): ModelcError {
  return new ModelcError({ code: 'usage/board', message: `${message}.`, remedy, place: { file } });
}

export interface BoardSelection {
  readonly board: Board;
  readonly toolchain: Toolchain;
}

/**
 * Finds what `<board>` or `<board>:<toolchain>` names; without a toolchain the board's first one.
 *
 * @throws ModelcError `usage/board` that lists what there is.
 */
export function selectBoard(boards: readonly Board[], selector: string): BoardSelection {
  const [boardName = '', toolchainName, ...surplus] = selector.split(':');
  const board = boards.find((candidate) => candidate.name === boardName);
  if (board === undefined || surplus.length > 0) {
    throw new ModelcError({
      code: 'usage/board',
      message: `There is no board "${selector}".`,
      remedy: `Known boards: ${boards.map((candidate) => candidate.name).join(', ')}.`,
      place: {},
    });
  }
  const toolchain = board.toolchains.find(
    (candidate) => toolchainName === undefined || candidate.name === toolchainName,
  );
  if (toolchain === undefined) {
    throw new ModelcError({
      code: 'usage/board',
      message: `Board "${board.name}" has no toolchain "${toolchainName}".`,
      remedy: `It has: ${board.toolchains.map((candidate) => `${board.name}:${candidate.name}`).join(', ')}.`,
      place: {},
    });
  }
  return { board, toolchain };
}

/** Total bytes of the regions of one kind that a program's data (ram) or code and constants (flash) may use. */
export function capacity(board: Board, kind: 'flash' | 'ram'): number | undefined {
  return board.memory.find((region) => region.name === kind)?.bytes;
}
