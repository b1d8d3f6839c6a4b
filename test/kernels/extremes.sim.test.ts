/** The sanitizers stay silent on accepted models whose sums, products and coordinates leave 32 bits. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { selectBoard } from '../../src/targets/board.js';
import { loadBoards } from '../../src/targets/load-boards.js';
import { extremeModels } from '../operators/support/extreme-models.js';
import { nameModel, verifyModels } from './many-models.js';

describe.each(['gcc', 'clang'])('on the host with %s', (toolchain) => {
  it('computes what the interpreter computes', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'modelc-extremes-'));
    try {
      const models = extremeModels.map(({ name, subject }) => nameModel(name, subject));
      const verdicts = await verifyModels(models, selectBoard(loadBoards(), `host:${toolchain}`), directory);
      const wrong = verdicts.flatMap(({ equal, firstDifference }, i) =>
        equal ? [] : [`${extremeModels[i]?.name}: ${JSON.stringify(firstDifference)}`],
      );
      expect(wrong).toEqual([]);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
