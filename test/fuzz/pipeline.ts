/** The whole compiler as one function of bytes, for tests that feed it hostile files. */
import { loadAssets } from '../../src/cli/assets.js';
import { generateProject, type Project } from '../../src/codegen/project.js';
import { compileModel } from '../../src/compiler.js';
import { selectBoard } from '../../src/targets/board.js';
import { loadBoards } from '../../src/targets/load-boards.js';

const selection = selectBoard(loadBoards(), 'mps2-an386');

/** Read, optimise, prepare, plan and write C for a Cortex-M4. @throws ModelcError */
export function compileAndEmit(bytes: Uint8Array): Project {
  return generateProject(compileModel(bytes), loadAssets(), { name: 'fuzz', ...selection });
}
