import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type BoardSelection, capacity } from '../../src/targets/board.js';
import { loadBoards } from '../../src/targets/load-boards.js';
import { describeCase } from '../operators/support/evaluate.js';
import { loadCases } from '../operators/support/load-cases.js';
import { makeCase } from '../operators/support/operator-case.js';
import { type NamedModel, nameModel, verifyModels } from './many-models.js';

const seed = Number(process.env.MODELC_SEED ?? Date.now() % 2 ** 32) >>> 0;
console.log(`kernels against the interpreter: MODELC_SEED=${seed}`);

const files = await loadCases();

/** Models of one program. */
const batch = 60;
/** Programs have an arena for each of their models: boards with less memory than this cannot hold them. */
const smallestRam = 64 * 1024;

const selections = loadBoards()
  .filter((board) => (capacity(board, 'ram') ?? smallestRam) >= smallestRam)
  .flatMap((board) =>
    board.toolchains.map((toolchain): [string, BoardSelection] => [
      `${board.name}:${toolchain.name}`,
      { board, toolchain },
    ]),
  );
const isHost = ({ board }: BoardSelection) => board.simulator.kind === 'native';

/** `perOperator` models of every operator and five times as many graphs, from case `first` on, in batches. */
function randomModels(perOperator: number, first: number): NamedModel[][] {
  const models = files.flatMap(({ file, cases }) =>
    Array.from({ length: cases.operator === 'graphs' ? 5 * perOperator : perOperator }, (_, i) =>
      nameModel(`${file.replaceAll('-', '_')}_${first + i}`, makeCase(cases, seed, first + i)),
    ),
  );
  return Array.from({ length: Math.ceil(models.length / batch) }, (_, i) => models.slice(i * batch, (i + 1) * batch));
}

async function expectEqual(models: readonly NamedModel[], selection: BoardSelection): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'modelc-kernels-'));
  try {
    const verdicts = await verifyModels(models, selection, directory);
    const wrong = verdicts.flatMap(({ equal, firstDifference }, i) => {
      if (equal) return [];
      const { name, subject } = models[i] as NamedModel;
      return [`${name} of seed ${seed}: ${JSON.stringify(firstDifference)}\n${describeCase(subject)}`];
    });
    expect(wrong).toEqual([]);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

// the sanitizers see most here, so most models run here
describe.each(selections.filter(([, selection]) => isHost(selection)))('%s', (_, selection) => {
  it.each(randomModels(5, 0).map((models, i) => [i, models] as const))('computes batch %i', async (_number, models) => {
    await expectEqual(models, selection);
  });
});

describe.each(selections.filter(([, selection]) => !isHost(selection)))('%s', (name, selection) => {
  it('computes what the interpreter computes', async () => {
    const first = 1000 * (1 + selections.findIndex(([other]) => other === name));
    for (const models of randomModels(1, first)) await expectEqual(models, selection);
  });
});
