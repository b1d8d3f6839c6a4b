/** Projects for tests: everything the generator needs, for the host. */
import { loadAssets } from '../../src/cli/assets.js';
import { generateProject, type Project } from '../../src/codegen/project.js';
import type { Program } from '../../src/compiler.js';
import { selectBoard } from '../../src/targets/board.js';
import { loadBoards } from '../../src/targets/load-boards.js';

const host = selectBoard(loadBoards(), 'host');

/** The project of `compiled`, with `name` as the prefix of identifiers and files. */
export function generateForHost(compiled: Program, name = 'model'): Project {
  return generateProject(compiled, loadAssets(), { name, ...host });
}

/** Text of one file of the project with the prefix `model`. */
export function generatedFile(compiled: Program, path: string): string {
  const file = generateForHost(compiled).files.find((candidate) => candidate.path === path);
  if (file === undefined) throw new Error(`the project has no ${path}`);
  return file.text;
}
