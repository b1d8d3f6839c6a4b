/**
 * The one error type of modelc. Every failure a user can cause carries a stable code, a sentence to act on,
 * a remedy and the place in the model; several problems of one model travel together.
 */

export const ExitCode = {
  ok: 0,
  differs: 1,
  usage: 2,
  model: 3,
  doesNotFit: 4,
  build: 5,
  device: 6,
  timeout: 7,
  internal: 10,
  interrupted: 130,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** Stable problem codes and the exit code each leads to. Codes are never renamed or reused. */
export const problemCodes = {
  // usage
  'usage/argument': ExitCode.usage,
  'usage/file': ExitCode.usage,
  'usage/board': ExitCode.usage,
  'usage/node': ExitCode.usage,
  'usage/project': ExitCode.usage,
  // the .tflite container
  'format/not-tflite': ExitCode.model,
  'format/corrupt': ExitCode.model,
  'format/limit': ExitCode.model,
  'format/unsupported': ExitCode.model,
  // the model's meaning
  'model/invalid': ExitCode.model,
  'model/not-int8': ExitCode.model,
  'model/unsupported-operator': ExitCode.model,
  'model/unsupported-type': ExitCode.model,
  'model/unsupported-option': ExitCode.model,
  'model/unsupported-quantization': ExitCode.model,
  'model/shape': ExitCode.model,
  // the board
  'fit/ram': ExitCode.doesNotFit,
  'fit/flash': ExitCode.doesNotFit,
  // build and run
  'build/toolchain-missing': ExitCode.build,
  'build/failed': ExitCode.build,
  'device/simulator-missing': ExitCode.device,
  'device/crashed': ExitCode.device,
  'device/timeout': ExitCode.timeout,
  // modelc itself
  'internal/error': ExitCode.internal,
  'internal/interrupted': ExitCode.interrupted,
} as const satisfies Record<string, ExitCode>;
export type ProblemCode = keyof typeof problemCodes;

/**
 * Exit codes from worst to best, for commands that report on several boards. A difference outranks everything that
 * only kept a board from being tried: it is the one finding that must not be missed.
 */
const severity: readonly ExitCode[] = [
  ExitCode.interrupted,
  ExitCode.internal,
  ExitCode.differs,
  ExitCode.device,
  ExitCode.timeout,
  ExitCode.build,
  ExitCode.usage,
  ExitCode.model,
  ExitCode.doesNotFit,
  ExitCode.ok,
];

/** The exit code of a command whose parts ended with `codes`; 0 when there are none. */
export function worstExitCode(codes: readonly ExitCode[]): ExitCode {
  return severity.find((code) => codes.includes(code)) ?? ExitCode.ok;
}

export interface Place {
  readonly file?: string;
  readonly subgraph?: number;
  readonly operator?: { readonly index: number; readonly name: string };
  readonly tensor?: { readonly index: number; readonly name: string };
  /** Byte offset in the file, for container problems. */
  readonly offset?: number;
}

export interface Problem {
  readonly code: ProblemCode;
  /** What was found and what is supported, one sentence. */
  readonly message: string;
  /** What the reader can change, one sentence. */
  readonly remedy: string;
  readonly place: Place;
}

export class ModelcError extends Error {
  readonly problems: readonly Problem[];
  readonly exitCode: ExitCode;

  constructor(problems: readonly Problem[] | Problem) {
    const list = Array.isArray(problems) ? (problems as readonly Problem[]) : [problems as Problem];
    super(list.map(formatProblem).join('\n'));
    this.name = 'ModelcError';
    this.problems = list;
    this.exitCode = list.length > 0 ? problemCodes[(list[0] as Problem).code] : ExitCode.model;
  }
}

const longestPrintedName = 120;

/**
 * A name from an untrusted file, fit for terminals and logs: control and formatting characters escaped, long names
 * (converters join the names of fused layers) shortened.
 */
export function printableName(name: string): string {
  const shortened = name.length > longestPrintedName ? `${name.slice(0, longestPrintedName)}…` : name;
  return shortened.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`);
}

/** The place in words: `operator 3 CONV_2D, tensor 12 "conv/weights"`. Empty when the place is unknown. */
export function formatPlace(place: Place): string {
  const parts: string[] = [];
  if (place.file !== undefined) parts.push(place.file);
  if (place.subgraph !== undefined && place.subgraph !== 0) parts.push(`subgraph ${place.subgraph}`);
  if (place.operator !== undefined) {
    parts.push(`operator ${place.operator.index} ${printableName(place.operator.name)}`);
  }
  if (place.tensor !== undefined) parts.push(`tensor ${place.tensor.index} "${printableName(place.tensor.name)}"`);
  if (place.offset !== undefined) parts.push(`byte ${place.offset}`);
  return parts.join(', ');
}

export function formatProblem(problem: Problem): string {
  const place = formatPlace(problem.place);
  return `${problem.code}: ${place === '' ? '' : `${place}: `}${problem.message} ${problem.remedy}`;
}
