import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type BoardSelection, capacity, isSimulated, selectBoard } from '../../src/targets/board.js';
import { loadBoards } from '../../src/targets/load-boards.js';
import { describeCase } from '../operators/support/evaluate.js';
import { GraphBuilder } from '../operators/support/graph-builder.js';
import { loadCases } from '../operators/support/load-cases.js';
import { makeCase } from '../operators/support/operator-case.js';
import { randomInferences } from '../operators/support/random-tensors.js';
import { createRandom } from '../support/random.js';
import { type NamedModel, nameModel, verifyModels } from './many-models.js';

const seed = Number(process.env.MODELC_SEED ?? Date.now() % 2 ** 32) >>> 0;
console.log(`kernels against the interpreter: MODELC_SEED=${seed}`);

const files = await loadCases();

/** Models of one program. */
const batch = 60;
/** Programs have an arena for each of their models: boards with less memory than this cannot hold them. */
const smallestRam = 64 * 1024;

const selections = loadBoards()
  .filter(isSimulated)
  .filter((board) => (capacity(board, 'ram') ?? smallestRam) >= smallestRam)
  // boards with the same processor run the same kernels in the same simulator
  .filter((board, i, all) => all.findIndex(({ cpu }) => cpu === board.cpu) === i)
  .flatMap((board) =>
    board.toolchains.map((toolchain): [string, BoardSelection] => [
      `${board.name}:${toolchain.name}`,
      { board, toolchain },
    ]),
  );
const isHost = ({ board }: BoardSelection) => board.simulator.kind === 'native';

/** The granules of kernels take turns: the planner picks fine ones for `ram`, whole layers for `speed`. */
const objectives = ['ram', 'balanced', 'speed', 'ram'] as const;

/** `perOperator` models of every operator and five times as many graphs, from case `first` on, in batches. */
function randomModels(perOperator: number, first: number): NamedModel[][] {
  const models = files.flatMap(({ file, cases }) =>
    Array.from({ length: cases.operator === 'graphs' ? 5 * perOperator : perOperator }, (_, i) =>
      nameModel(
        `${file.replaceAll('-', '_')}_${first + i}`,
        makeCase(cases, seed, first + i),
        objectives[(first + i) % objectives.length],
      ),
    ),
  );
  return Array.from({ length: Math.ceil(models.length / batch) }, (_, i) => models.slice(i * batch, (i + 1) * batch));
}

async function expectEqual(models: readonly NamedModel[], selection: BoardSelection): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'modelc-kernels-'));
  try {
    const verdicts = await verifyModels(models, selection, directory);
    const wrong = verdicts.flatMap(({ equal, firstDifference, strays }, i) => {
      if (equal && strays.length === 0) return [];
      const { name, subject } = models[i] as NamedModel;
      return [`${name} of seed ${seed}: ${JSON.stringify({ firstDifference, strays })}\n${describeCase(subject)}`];
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

// GCC 12.2 dropped the calls of layers like this one on Cortex-M3, M4, M7 and M33: it took the stores of their loops
// for accesses through a null pointer
it('keeps a layer whose loops are addressed relative to their input', async () => {
  const builder = new GraphBuilder();
  const values = { type: 'int8', quantization: { scale: 0.5, zeroPoint: 88 } } as const;
  const inputs = Array.from({ length: 4 }, () => builder.input({ ...values, shape: [3, 4] }));
  const output = builder.tensor({ ...values, shape: [3, 4, 4] });
  builder.operator('PACK', inputs, [output], { axis: 2, values_count: 4 });
  const graph = builder.build([output]);
  const subject = { graph, inferences: randomInferences(createRandom(1), graph, 1) };
  await expectEqual([nameModel('pack', subject)], selectBoard(loadBoards(), 'mps2-an500'));
});
