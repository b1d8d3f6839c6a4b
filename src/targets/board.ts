/**
 * What modelc knows about a board: plain data from `boards/<name>/board.json`, validated here. Numbers such as
 * addresses and sizes stand once in that file; the compiler and linker flags that carry them into C are derived.
 */
import { z } from 'zod';
import { ModelcError, type Problem } from '../errors.js';
import { maximumAddress, parseByteCount } from './byte-count.js';
import { findProcessor, fpus, processorNames } from './processor.js';

/** Instruction sets the C kernels are written for, from least to most capable. */
export const kernelSets = ['scalar', 'dsp', 'mve'] as const;
export type KernelSet = (typeof kernelSets)[number];

export interface MemoryRegion {
  /**
   * `flash` holds code and constants, `ram` the stack and data; `vectors` says that the vector table lies elsewhere.
   * Others are there to be described, and to hold the arena.
   */
  readonly name: string;
  readonly kind: 'flash' | 'ram';
  readonly origin: number;
  readonly bytes: number;
  /** What to know about it, for people. */
  readonly description?: string;
}

export const uartKinds = [
  'cmsdk',
  'nrf51',
  'pl011',
  'ns16550',
  'sifive',
  'stm32-sr',
  'stm32-isr',
  'semihosting',
] as const;

export interface Uart {
  readonly kind: (typeof uartKinds)[number];
  /** Absent for the console of a debugger. */
  readonly base?: number;
  /** Which peripheral on which pins, for people. */
  readonly description?: string;
}

export const counterKinds = ['fpgaio', 'nrf51-timer', 'rp2040-timer', 'stm32-timer', 'minstret', 'dwt'] as const;

/** The time base behind `board_ticks()`. */
export interface Counter {
  readonly kind: (typeof counterKinds)[number];
  /** Absent for a processor register. */
  readonly base?: number;
  /** Ticks per second of (simulated) time. */
  readonly hz: number;
  /** Width of the counter; it wraps at 2^bits. */
  readonly bits: number;
  /** Simulated time that one instruction takes when instructions are counted; absent where no simulator counts. */
  readonly nanosecondsPerInstruction?: number;
}

/** One access to a peripheral's register before the console is started. */
export type SetupStep = { readonly register: number } & (
  | { readonly write: number }
  | { readonly clear: number; readonly set: number }
  | { readonly wait: number }
);

/** The debug probe on the board, as a test rig finds it. */
export interface Probe {
  readonly name: string;
  /** `vendor:product`, lower-case hexadecimal. */
  readonly usb: string;
}

export type Simulator =
  /** No simulator modelc can run: such a board is compiled for, and run by its owner. */
  | { readonly kind: 'none' }
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
  /** Name of the region that holds the arena. */
  readonly arena: string;
  readonly setup: readonly SetupStep[];
  readonly uart?: Uart;
  readonly counter?: Counter;
  readonly probe?: Probe;
  /** Family identifier of the `.uf2` images the board's boot loader takes. */
  readonly uf2Family?: number;
  /**
   * Paths below `boards/`; those that start with `./` lie beside the description, and their text is in `ownFiles`. The
   * last path components are unique, so that a project can keep them in one folder.
   */
  readonly sources: readonly string[];
  readonly headers: readonly string[];
  readonly linkerScript?: string;
  readonly ownFiles: ReadonlyMap<string, string>;
  /** The first is the default. */
  readonly toolchains: readonly Toolchain[];
  readonly simulator: Simulator;
  /** A command that puts `firmware.elf` on the board and runs it, for `make run` of boards without a simulator. */
  readonly run?: readonly string[];
}

/** Whether modelc can run programs for the board on this machine. */
export function isSimulated({ simulator }: Board): boolean {
  return simulator.kind !== 'none';
}

const word = (example: string) =>
  z
    .string()
    .regex(/^0x[0-9a-fA-F]{1,8}$/, `expected ${example}`)
    .transform((text) => Number.parseInt(text, 16));
const address = word('an address such as "0x20000000"');
const bits = word('a value of up to 32 bits such as "0x4001"');

const byteCountForm = 'expected bytes as a positive integer or a text such as "264K" or "4M"';
export const byteCount = z
  .union([z.int().positive(byteCountForm), z.string().regex(/^[1-9]\d{0,9}[KM]?$/, byteCountForm)], {
    error: byteCountForm,
  })
  .transform((value) => {
    return typeof value === 'number' ? value : (parseByteCount(value) ?? Number.POSITIVE_INFINITY);
  })
  .refine((bytes) => bytes <= maximumAddress + 1, 'more than a 32-bit address space holds');

const fileBelowBoards = z
  .string()
  .regex(
    /^[\w.-]+(\/[\w.-]+)*$/,
    'expected a relative path with forward slashes, below boards/ or, after "./", beside this file',
  )
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

const setupStep = z.union(
  [
    z.strictObject({ register: address, write: bits, comment: z.string().optional() }),
    z.strictObject({ register: address, wait: bits, comment: z.string().optional() }),
    z.strictObject({
      register: address,
      clear: bits.optional(),
      set: bits.optional(),
      comment: z.string().optional(),
    }),
  ],
  { error: 'expected a register with "write", "wait", or "clear" and "set"' },
);

/** The form of a `board.json`; docs and editors get it as `boards/board.schema.json`. */
export const boardFileSchema = z
  .strictObject({
    $schema: z.string().optional(),
    description: z.string().min(1),
    cpu: z
      .string()
      .min(1)
      .describe(`one of ${processorNames.join(', ')}, or another with toolchains and files given`),
    fpu: z.enum(fpus).optional(),
    kernels: z.array(z.enum(kernelSets)).min(1).optional(),
    endianness: z.literal('little').default('little'),
    clockHz: z.int().positive().optional(),
    stackBytes: byteCount.default(4096),
    memory: z.array(
      z.strictObject({
        name: z.string().regex(/^[a-z][a-z0-9_]*$/, 'expected a lower-case identifier'),
        kind: z.enum(['flash', 'ram']),
        origin: address,
        bytes: byteCount,
        description: z.string().optional(),
      }),
    ),
    arena: z.string().optional().describe('region that holds the arena; "ram" by default'),
    setup: z.array(setupStep).default([]),
    uart: z
      .strictObject({ kind: z.enum(uartKinds), base: address.optional(), description: z.string().optional() })
      .optional(),
    counter: z
      .strictObject({
        kind: z.enum(counterKinds),
        base: address.optional(),
        hz: z.int().positive(),
        bits: z.int().min(16).max(32),
        nanosecondsPerInstruction: z.int().positive().optional(),
      })
      .optional(),
    probe: z
      .strictObject({
        name: z.string().min(1),
        usb: z.string().regex(/^[0-9a-f]{4}:[0-9a-f]{4}$/, 'expected vendor:product such as "0483:374b"'),
      })
      .optional(),
    uf2Family: bits.optional(),
    sources: z.array(fileBelowBoards).min(1).optional(),
    extraSources: z.array(fileBelowBoards).default([]).describe('besides those that follow from the processor'),
    headers: z.array(fileBelowBoards).min(1).optional(),
    linkerScript: fileBelowBoards.optional(),
    toolchains: z.array(toolchainSchema).min(1).optional(),
    simulator: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('none') }),
        z.strictObject({ kind: z.literal('native') }),
        z.strictObject({
          kind: z.literal('qemu'),
          command,
          machine: z.string().min(1),
          arguments: flags.default([]),
        }),
        z.strictObject({ kind: z.literal('rp2040js') }),
      ])
      .default({ kind: 'none' }),
    run: z
      .array(z.string().regex(/^[\w./:=+-]+$/, 'expected an argument without spaces'))
      .min(1)
      .optional(),
  })
  .transform((file, context) => {
    const processor = findProcessor(file.cpu, file.fpu);
    const { kernels, sources, headers, toolchains } = { ...processor, ...withoutUndefined(file) };
    if (kernels === undefined || sources === undefined || headers === undefined || toolchains === undefined) {
      const missing = Object.entries({ kernels, sources, headers, toolchains }).filter(([, v]) => v === undefined);
      context.addIssue({
        code: 'custom',
        path: ['cpu'],
        message: `"${file.cpu}" is not one of ${processorNames.join(', ')}; another needs the keys ${missing.map(([key]) => key).join(', ')} too`,
      });
      return z.NEVER;
    }
    const linkerScript = file.linkerScript ?? (file.sources === undefined ? processor?.linkerScript : undefined);
    const { extraSources, ...rest } = file;
    return {
      ...rest,
      kernels,
      sources: [...sources, ...extraSources],
      headers,
      toolchains,
      linkerScript,
      arena: file.arena ?? 'ram',
    };
  })
  .check((context) => {
    for (const [path, message] of contradictions(context.value as BoardFile)) {
      context.issues.push({ code: 'custom', path: [...path], message, input: context.value });
    }
  });

type BoardFile = z.output<typeof boardFileSchema>;
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
  if (file.arena !== 'ram' && regions.get(file.arena)?.kind !== 'ram') {
    found.push([['arena'], `there is no region "${file.arena}" of kind "ram"`]);
  }
  if ((file.uart?.kind === 'semihosting') !== (file.uart?.base === undefined) && file.uart !== undefined) {
    found.push([['uart', 'base'], 'a UART has a base address; the console of a debugger (semihosting) has none']);
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

  if (file.counter?.nanosecondsPerInstruction !== undefined) {
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
 * @param file the path that problems name
 * @param ownFile gives the text of a file beside the description; the path starts with `./`
 * @throws ModelcError `usage/board` with one problem for each wrong or unknown key.
 */
export function parseBoard(
  json: unknown,
  name: string,
  file = `boards/${name}/board.json`,
  ownFile?: (path: string) => string,
): Board {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) {
    throw boardError(file, `"${name}" is no board name`, 'Use lower-case letters, digits and hyphens.');
  }
  const result = boardFileSchema.safeParse(json);
  if (!result.success) throw new ModelcError(result.error.issues.flatMap((issue) => problemsOf(issue, file)));
  const { sources, headers, linkerScript } = result.data;
  const paths = [...sources, ...headers, ...(linkerScript === undefined ? [] : [linkerScript])];
  const own = paths.filter((path) => path.startsWith('./'));
  if (own.length > 0 && ownFile === undefined) {
    throw boardError(file, `"${own[0]}" lies beside the description, which was not read from a file`, 'Load it.');
  }
  return completed(result.data, name, new Map(own.map((path) => [path, ownFile?.(path) ?? ''])));
}

function completed(file: BoardFile, name: string, ownFiles: ReadonlyMap<string, string>): Board {
  const { $schema: _, fpu: _fpu, setup, ...rest } = file;
  return {
    ...withoutUndefined(rest),
    name,
    kernels: kernelSets.filter((set) => file.kernels.includes(set)),
    memory: file.memory.map(withoutUndefined),
    setup: setup.map((step) => {
      const { register } = step;
      if ('write' in step) return { register, write: step.write };
      if ('wait' in step) return { register, wait: step.wait };
      return { register, clear: step.clear ?? 0, set: step.set ?? 0 };
    }),
    ownFiles,
  } as Board;
}

/** Memory of a processor of which nothing is known: more than any model may take. */
const unknownBytes = 2 ** 30;

/**
 * A board that is nothing but a processor and its memory, for compiling and for questions of size.
 *
 * @param ram bytes, of which a quarter is the stack: 1 KB at least, 16 KB at most, and never more than a half
 * @throws ModelcError `usage/board` for an unknown processor
 */
export function boardOfProcessor(cpu: string, ram = unknownBytes, flash = unknownBytes): Board {
  const memory = [
    { name: 'flash', kind: 'flash', origin: '0x0', bytes: flash },
    { name: 'ram', kind: 'ram', origin: '0x20000000', bytes: ram },
  ];
  const stackBytes = Math.max(Math.min(1024, ram >> 1), Math.min(16_384, ram >> 2));
  return parseBoard({ description: `Any board with ${cpu}`, cpu, stackBytes, memory }, cpu, `--cpu ${cpu}`);
}

type WithoutUndefined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

/** The same object without the keys whose value is undefined, also one level down. */
function withoutUndefined<T extends object>(object: T): WithoutUndefined<T> {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([key, value]) => {
      const isPlain = typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
      return [key, isPlain ? withoutUndefined(value) : value];
    }),
  ) as WithoutUndefined<T>;
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

/** Bytes that a program's data and stack (ram) or code and constants (flash) may use. */
export function capacity(board: Board, kind: 'flash' | 'ram'): number | undefined {
  return board.memory.find((region) => region.name === kind)?.bytes;
}

/**
 * Bytes for the arena and the stack together. Where the arena has a region of its own, that region and the reserved
 * stack. Undefined on the host.
 */
export function arenaAndStackCapacity(board: Board): number | undefined {
  const region = board.memory.find(({ name }) => name === board.arena);
  if (region === undefined) return undefined;
  return region.bytes + (region.name === 'ram' ? 0 : board.stackBytes);
}
