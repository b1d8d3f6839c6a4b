/**
 * What follows from the name of a processor: compiler, flags, kernel sets, start-up code and linker script. A board
 * description names its processor and states only what differs.
 */
import type { KernelSet, Toolchain } from './board.js';

/** Floating-point units that a Cortex-M can be built with; `none` is software arithmetic. */
export const fpus = ['none', 'fpv4-sp-d16', 'fpv5-sp-d16', 'fpv5-d16', 'auto'] as const;
export type Fpu = (typeof fpus)[number];

export interface Processor {
  readonly kernels: readonly KernelSet[];
  readonly toolchains: readonly Toolchain[];
  /** Below `boards/`. */
  readonly sources: readonly string[];
  readonly headers: readonly string[];
  readonly linkerScript?: string;
}

interface CortexM {
  /** What GCC calls it; later processors go by the newest name that Debian 12's GCC 12 knows. */
  readonly gcc: string;
  readonly fpu: Fpu;
  readonly kernels: readonly KernelSet[];
}

const scalar = ['scalar'] as const;
const dsp = ['scalar', 'dsp'] as const;
const mve = ['scalar', 'dsp', 'mve'] as const;

/** The floating-point unit is the one that chips with this processor usually have. */
const cortexM: Readonly<Record<string, CortexM>> = {
  'cortex-m0': { gcc: 'cortex-m0', fpu: 'none', kernels: scalar },
  'cortex-m0plus': { gcc: 'cortex-m0plus', fpu: 'none', kernels: scalar },
  'cortex-m3': { gcc: 'cortex-m3', fpu: 'none', kernels: scalar },
  'cortex-m4': { gcc: 'cortex-m4', fpu: 'fpv4-sp-d16', kernels: dsp },
  'cortex-m7': { gcc: 'cortex-m7', fpu: 'fpv5-d16', kernels: dsp },
  'cortex-m23': { gcc: 'cortex-m23', fpu: 'none', kernels: scalar },
  'cortex-m33': { gcc: 'cortex-m33', fpu: 'fpv5-sp-d16', kernels: dsp },
  'cortex-m55': { gcc: 'cortex-m55', fpu: 'auto', kernels: mve },
  // GCC 13 is the first to know the name; a Cortex-M85 runs what is compiled for a Cortex-M55
  'cortex-m85': { gcc: 'cortex-m55', fpu: 'auto', kernels: mve },
};

const riscV = ['rv32imc', 'rv32imac', 'rv32imafc'] as const;

/** Every name that `cpu` of a board description and `--cpu` may have without further keys. */
export const processorNames: readonly string[] = [...Object.keys(cortexM), ...riscV, 'generic'];

const commonSources = ['common/start.c', 'common/console.c', 'common/files.c', 'common/ticks.c'];
const commonHeaders = ['common/board.h', 'common/platform.h'];
const codeFlags = ['-ffunction-sections', '-fdata-sections'];

/**
 * @param fpu replaces the usual floating-point unit of a Cortex-M
 * @returns undefined for a name that is not in `processorNames`
 */
export function findProcessor(name: string, fpu?: Fpu): Processor | undefined {
  const arm = Object.hasOwn(cortexM, name) ? cortexM[name] : undefined;
  if (arm !== undefined) return cortexMProcessor(arm, fpu ?? arm.fpu);
  if (riscV.some((known) => known === name)) return riscVProcessor(name);
  return name === 'generic' ? generic : undefined;
}

/** Any 32-bit little-endian processor, for libraries that another build system compiles: there is no start-up code. */
const generic: Processor = {
  kernels: scalar,
  toolchains: [{ name: 'gcc', compiler: 'cc', binutilsPrefix: '', cFlags: codeFlags, ldFlags: [], libraries: [] }],
  sources: ['common/host.c'],
  headers: ['common/board.h'],
};

function cortexMProcessor({ gcc, kernels }: CortexM, fpu: Fpu): Processor {
  const floatFlags = fpu === 'none' ? [] : ['-mfloat-abi=hard', ...(fpu === 'auto' ? [] : [`-mfpu=${fpu}`])];
  return {
    kernels,
    toolchains: [
      {
        name: 'gcc',
        compiler: 'arm-none-eabi-gcc',
        binutilsPrefix: 'arm-none-eabi-',
        cFlags: [`-mcpu=${gcc}`, ...floatFlags, '-mthumb', ...codeFlags],
        ldFlags: ['-nostartfiles', '-Wl,--gc-sections', '-Wl,--nmagic'],
        libraries: [],
      },
    ],
    sources: ['common/cortex-m.c', ...commonSources],
    headers: commonHeaders,
    linkerScript: 'common/cortex-m.ld',
  };
}

function riscVProcessor(name: string): Processor {
  const abi = name.includes('f') ? 'ilp32f' : 'ilp32';
  return {
    kernels: scalar,
    toolchains: [
      {
        name: 'gcc',
        compiler: 'riscv64-unknown-elf-gcc',
        binutilsPrefix: 'riscv64-unknown-elf-',
        cFlags: ['-misa-spec=2.2', `-march=${name}`, `-mabi=${abi}`, '-ffreestanding', '-fbuiltin', ...codeFlags],
        ldFlags: ['-nostdlib', '-Wl,--gc-sections', '-Wl,--nmagic'],
        libraries: ['-lgcc'],
      },
    ],
    sources: ['common/riscv.c', ...commonSources, 'common/freestanding/string.c'],
    headers: [...commonHeaders, 'common/freestanding/string.h'],
    linkerScript: 'common/riscv.ld',
  };
}
