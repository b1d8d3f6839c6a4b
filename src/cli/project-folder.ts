/** Generates a project, or a library for another build system, where the user wants it. */
import { generateProject } from '../codegen/project.js';
import { stackBound } from '../codegen/stack.js';
import { lowerForBoards, type Program, prepareModel } from '../compiler.js';
import { ModelcError, type Problem } from '../errors.js';
import { type HostFacts, type HostName, hostLibrary } from '../hosts/host.js';
import { formatCrc32 } from '../ir/crc32.js';
import type { ProjectFacts } from '../report/compile.js';
import { type BoardSelection, boardOfProcessor, selectBoard } from '../targets/board.js';
import { resolveBoard } from '../targets/load-boards.js';
import { requireFit } from '../verify/fit.js';
import { writeProject } from '../verify/write-project.js';
import { inFile, readModelFile } from './files.js';
import { compileOptions, type ModelArguments, wishesOf } from './model-options.js';
import type { Session } from './session.js';

/** What a model is compiled for: a board, or a processor with memory; for a library neither need be known. */
export interface TargetArguments {
  readonly board?: string;
  readonly cpu?: string;
  readonly ram?: number;
  readonly flash?: number;
}

export interface ProjectArguments extends TargetArguments, ModelArguments {
  readonly host?: HostName;
  readonly output?: string;
  readonly name?: string;
  /** Bytes of arena and stack, and of constants, that the model may take. */
  readonly ramBudget?: number;
  readonly flashBudget?: number;
  readonly arenaSection?: string;
}

/** Compiles the model and writes its project; nothing is written when anything is wrong with it. */
export function createProject(session: Session, model: string, options: ProjectArguments): ProjectFacts {
  const selection = selectTarget(session, options);
  const { path, bytes, name } = readModelFile(model, options.name);
  const compiled = inFile(path, () =>
    lowerForBoards(prepareModel(bytes, compileOptions(options)), wishesOf(options))(selection.board),
  );
  const { arenaSection, host } = options;
  const project = generateProject(compiled, session.assets(), {
    name,
    ...selection,
    ...(arenaSection === undefined ? {} : { arenaSection }),
  });
  requireFit(compiled, project.constantBytes, selection.board);
  requireBudgets(compiled, project.constantBytes, path, options);
  const facts = { compiled, project, name, selection, stackBytesBound: stackBound(compiled) };
  const files = host === undefined ? project.files : hostLibrary(host, hostFacts(facts), session.assets());
  const directory = options.output ?? (host === undefined ? defaultDirectory(name, selection) : `${name}-${host}`);
  const changes = writeProject(directory, files);
  return { ...facts, changes, project: { ...project, files }, directory, ...(host === undefined ? {} : { host }) };
}

/** What the templates of a host say about a model. */
export function hostFacts({ compiled, project, name }: Pick<ProjectFacts, 'compiled' | 'project' | 'name'>): HostFacts {
  return {
    name,
    files: project.files,
    crc32: formatCrc32(compiled.model.crc32),
    arenaBytes: compiled.plan.arenaBytes,
    constantBytes: project.constantBytes,
  };
}

/**
 * What a model is compiled for.
 *
 * @throws ModelcError `usage/argument` unless exactly one of board and processor is given, or neither for a host
 */
function selectTarget(session: Session, { board, cpu, ram, flash, host }: ProjectArguments): BoardSelection {
  if (board !== undefined && cpu !== undefined) {
    throw argumentError('--board and --cpu exclude each other.', 'Leave one of them out.');
  }
  if (board !== undefined) return resolveBoard(session.boards(), board);
  if (host === undefined) {
    throw argumentError(
      cpu === undefined ? 'No board is given.' : 'A whole project needs a board.',
      'Name one with --board, or make a library for another build system with --host.',
    );
  }
  const target = boardOfProcessor(cpu ?? 'generic', ram, flash);
  return selectBoard([target], target.name);
}

export function argumentError(message: string, remedy: string): ModelcError {
  return new ModelcError({ code: 'usage/argument', message, remedy, place: {} });
}

/** @throws ModelcError `fit/*` when the model takes more than its user wants to give it */
function requireBudgets(
  compiled: Program,
  constantBytes: number,
  file: string,
  { ramBudget, flashBudget }: ProjectArguments,
): void {
  const stack = stackBound(compiled);
  const ram = compiled.plan.arenaBytes + stack;
  const problems: Problem[] = [];
  if (ramBudget !== undefined && ram > ramBudget) {
    problems.push({
      code: 'fit/ram',
      message: `The model takes ${ram} bytes of RAM (arena ${compiled.plan.arenaBytes}, stack at most ${stack}); its budget is ${ramBudget} bytes.`,
      remedy: 'Raise the budget, or choose a model with smaller activations.',
      place: { file },
    });
  }
  if (flashBudget !== undefined && constantBytes > flashBudget) {
    problems.push({
      code: 'fit/flash',
      message: `The model has ${constantBytes} bytes of constants; its budget is ${flashBudget} bytes.`,
      remedy: 'Raise the budget, or choose a model with fewer weights.',
      place: { file },
    });
  }
  if (problems.length > 0) throw new ModelcError(problems);
}

/** `kws-mps2-an386`; with the toolchain when it is not the board's first. */
function defaultDirectory(name: string, { board, toolchain }: BoardSelection): string {
  const isDefault = toolchain.name === board.toolchains[0]?.name;
  return `${name}-${board.name}${isDefault ? '' : `-${toolchain.name}`}`;
}
