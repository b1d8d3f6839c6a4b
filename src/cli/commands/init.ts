/** `modelc init`: a new project for a model, with an application that runs its self-test. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { generateProject, type ProjectFile as TextFile } from '../../codegen/project.js';
import { lowerForBoards, prepareModel } from '../../compiler.js';
import { ModelcError } from '../../errors.js';
import { type HostName, hasLibrary, hostApplication, hostLibrary, libraryPlace } from '../../hosts/host.js';
import { newProjectFile, projectFileName } from '../../project/project-file.js';
import { initReport, initText } from '../../report/init.js';
import { resolveBoard } from '../../targets/load-boards.js';
import { requireFit } from '../../verify/fit.js';
import { writeProject } from '../../verify/write-project.js';
import { copyModel, inFile, readModelFile } from '../files.js';
import { compileOptions, type ModelArguments, wishesOf } from '../model-options.js';
import { hostFacts } from '../project-folder.js';
import type { Outcome, Session } from '../session.js';

export interface InitArguments extends ModelArguments {
  readonly board?: string;
  readonly host?: HostName;
  readonly output?: string;
  readonly name?: string;
}

/** The board of a project whose user named none: the simulated board of the README. */
const defaultBoard = 'mps2-an386';

export async function init(session: Session, model: string, options: InitArguments): Promise<Outcome> {
  const { host } = options;
  const { path, bytes, name } = readModelFile(model, options.name);
  const boardName = options.board ?? (host === undefined ? defaultBoard : 'host');
  const selection = resolveBoard(session.boards(), boardName);
  const compiled = inFile(path, () =>
    lowerForBoards(prepareModel(bytes, compileOptions(options)), wishesOf(options))(selection.board),
  );
  const project = generateProject(compiled, session.assets(), { name, ...selection });
  requireFit(compiled, project.constantBytes, selection.board);

  const directory = options.output ?? name;
  requireNewFolder(directory);
  const modelFile = `models/${basename(path)}`;
  const file: TextFile = {
    path: projectFileName,
    text: newProjectFile({
      models: [prefixed(modelFile, name, options.name)],
      ...(host === undefined || options.board !== undefined ? { board: boardName } : {}),
      ...(host === undefined ? {} : { host }),
    }),
  };
  const facts = {
    ...hostFacts({ compiled, project, name }),
    modelFile,
    cpu: selection.board.cpu,
    board: selection.board.name,
  };
  const application = host === undefined ? [] : hostApplication(host, facts, session.assets());
  mkdirSync(directory, { recursive: true });
  writeProject(directory, [file, ...application]);
  copyModel(path, join(directory, modelFile));
  if (host !== undefined && hasLibrary(host)) {
    writeProject(join(directory, libraryPlace(host, name)), hostLibrary(host, facts, session.assets()));
  }
  const files = [file.path, modelFile, ...application.map((written) => written.path)];
  const report = initReport({ compiled, name, host, board: boardName, directory, files });
  return { report, text: (style) => initText(style, report) };
}

/** The prefix is only written down when it does not follow from the file's name. */
function prefixed(file: string, name: string, given: string | undefined): string | { file: string; name: string } {
  return given === undefined ? file : { file, name };
}

/** A new project must not mix with what is there. */
function requireNewFolder(directory: string): void {
  if (!existsSync(directory) || readdirSync(directory).length === 0) return;
  throw new ModelcError({
    code: 'usage/file',
    message: 'The folder is not empty.',
    remedy: 'Choose a new folder with -o.',
    place: { file: directory },
  });
}
