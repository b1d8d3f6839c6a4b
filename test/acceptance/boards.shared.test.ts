/**
 * Firmware of public models for boards that nothing here can run: every pair that fits builds without a warning, every
 * other is refused with exit code 4. A sample of the pairs by a seed; all of them, in about an hour, with
 *
 *   MODELC_MATRIX=all npx vitest run test/acceptance/boards.shared.test.ts
 */
import { describe, expect, it } from 'vitest';
import { loadAssets } from '../../src/cli/assets.js';
import { generateProject } from '../../src/codegen/project.js';
import { lowerForBoards, prepareModel } from '../../src/compiler.js';
import { ExitCode, ModelcError } from '../../src/errors.js';
import { isSimulated, selectBoard } from '../../src/targets/board.js';
import { loadBoards } from '../../src/targets/load-boards.js';
import { buildProject } from '../../src/verify/build-project.js';
import { boardFit } from '../../src/verify/fit.js';
import { writeProject } from '../../src/verify/write-project.js';
import { createRandom } from '../support/random.js';
import { sharedModelsAbsent } from '../support/shared-models.js';
import { modelName, publishedModels, supportedModels } from './expectations.js';
import { temporaryFolder } from './project-on-disk.js';

const seed = Number(process.env.MODELC_SEED ?? Date.now() % 2 ** 32) >>> 0;
/** Pairs of a run that does not take all. */
const sampleSize = 8;

const boards = loadBoards()
  .filter((board) => !isSimulated(board))
  .map(({ name }) => name);
const models = supportedModels().filter((file) => publishedModels.has(modelName(file)));
const pairs = boards.flatMap((board) => models.map((file) => [board, modelName(file), file.bytes] as const));

/** Distinct pairs, drawn by the seed. */
function sample(): typeof pairs {
  if (process.env.MODELC_MATRIX === 'all') return pairs;
  const random = createRandom(seed);
  const left = [...pairs];
  return Array.from({ length: Math.min(sampleSize, left.length) }, () => {
    const [drawn] = left.splice(random.below(left.length), 1);
    return drawn as (typeof pairs)[number];
  });
}

if (sharedModelsAbsent !== undefined) {
  it('has no shared models to build', () => console.log(`not built: ${sharedModelsAbsent}`));
} else {
  console.log(`boards and models: MODELC_SEED=${seed}, ${sample().length} of ${pairs.length} pairs`);
  describe('firmware', () => {
    it.each(sample())('for %s of %s builds, or is refused with its numbers', async (boardName, name, bytes) => {
      const selection = selectBoard(loadBoards(), boardName);
      const { board, toolchain } = selection;
      const program = lowerForBoards(prepareModel(bytes))(board);
      const project = generateProject(program, loadAssets(), { name, ...selection });
      const { problems } = boardFit(program, project.constantBytes, board);
      if (problems.length > 0) {
        expect(problems.every(({ code }) => code.startsWith('fit/'))).toBe(true);
        return;
      }
      const folder = temporaryFolder();
      writeProject(folder, project.files);
      const error: unknown = await buildProject(folder, board, toolchain, ['firmware.elf'], ['-Werror']).catch(
        (e) => e,
      );
      // what does not fit once the code is there is the one error there may be
      if (error !== undefined) {
        expect(error).toBeInstanceOf(ModelcError);
        expect((error as ModelcError).exitCode, String(error)).toBe(ExitCode.doesNotFit);
      }
    });
  });
}
