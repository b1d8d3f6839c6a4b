/** Generates a project where the user wants it. */
import { generateProject } from '../codegen/project.js';
import { stackBound } from '../codegen/stack.js';
import { lowerForBoards, prepareModel } from '../compiler.js';
import type { ProjectFacts } from '../report/compile.js';
import type { BoardSelection } from '../targets/board.js';
import { resolveBoard } from '../targets/load-boards.js';
import { requireFit } from '../verify/fit.js';
import { writeProject } from '../verify/write-project.js';
import { compileOptions, type ModelArguments } from './arguments.js';
import { inFile, readModelFile } from './files.js';
import type { Session } from './session.js';

export interface ProjectArguments extends ModelArguments {
  readonly board: string;
  readonly output?: string;
  readonly name?: string;
}

/** Compiles the model and writes its project; nothing is written when anything is wrong with it. */
export function createProject(session: Session, model: string, options: ProjectArguments): ProjectFacts {
  const selection = resolveBoard(session.boards(), options.board);
  const { path, bytes, name } = readModelFile(model, options.name);
  const compiled = inFile(path, () => lowerForBoards(prepareModel(bytes, compileOptions(options)))(selection.board));
  const project = generateProject(compiled, session.assets(), { name, ...selection });
  requireFit(compiled, project.constantBytes, selection.board);
  const directory = options.output ?? defaultDirectory(name, selection);
  const changes = writeProject(directory, project.files);
  return { compiled, project, name, selection, directory, changes, stackBytesBound: stackBound(compiled) };
}

/** `kws-mps2-an386`; with the toolchain when it is not the board's first. */
function defaultDirectory(name: string, { board, toolchain }: BoardSelection): string {
  const isDefault = toolchain.name === board.toolchains[0]?.name;
  return `${name}-${board.name}${isDefault ? '' : `-${toolchain.name}`}`;
}
