import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { selectBoard } from '../../src/targets/board.js';
import { loadBoards } from '../../src/targets/load-boards.js';
import { edgeCases } from '../operators/support/edge-cases.js';
import { nameModel, verifyModels } from './many-models.js';

it.each(['host:gcc', 'host:clang', 'mps2-an386', 'rv32-virt'])('the kernels at the edges on %s', async (selector) => {
  const directory = mkdtempSync(join(tmpdir(), 'modelc-edges-'));
  try {
    const models = edgeCases.map((edge, i) => nameModel(`edge${i}`, edge));
    const verdicts = await verifyModels(models, selectBoard(loadBoards(), selector), directory);
    const wrong = verdicts.flatMap(({ equal, firstDifference, strays }, i) =>
      equal && strays.length === 0 ? [] : [`${edgeCases[i]?.name}: ${JSON.stringify({ firstDifference, strays })}`],
    );
    expect(wrong).toEqual([]);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
