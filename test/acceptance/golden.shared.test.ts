import { describe, expect, it } from 'vitest';
import { compileModel, type Program } from '../../src/compiler.js';
import { interpret } from '../../src/interpreter/interpreter.js';
import { crc32 } from '../../src/ir/crc32.js';
import { elementCount } from '../../src/ir/element-type.js';
import type { Graph } from '../../src/ir/graph.js';
import { passes } from '../../src/passes/passes.js';
import { readModel } from '../../src/tflite/reader.js';
import { caseInputs, type Golden, loadGolden } from '../support/golden.js';
import { problemsOf } from '../support/problems.js';
import { sharedGoldenPaths, sharedModelsAbsent } from '../support/shared-models.js';
import { publishedModels, unsupportedModels } from './expectations.js';

const names = sharedGoldenPaths().map((path) => [/([^/]+)\.golden\.json$/.exec(path)?.[1] as string, path] as const);
const supported = names.filter(([name]) => !unsupportedModels.has(name));

/** Cases in which something differs from TFLite Micro: rule, then `output 0` or the tensor's index. */
function differences(
  golden: Golden,
  { graph, layers }: Program,
  optimized: boolean,
): { compared: number; differing: string[] } {
  const differing: string[] = [];
  let compared = 0;
  const asStored = readModel(golden.file).graphs[0] as Graph;
  /** Whether a pass made the tensor unnecessary or smaller. */
  const isChanged = (tensor: number, found: Uint8Array | undefined) =>
    optimized &&
    (found === undefined ||
      elementCount(graph.tensors[tensor]?.shape ?? []) !== elementCount(asStored.tensors[tensor]?.shape ?? []));
  golden.cases.forEach(({ rule, steps }, index) => {
    const inputs = caseInputs(golden, index);
    steps.forEach(({ outputs, tensors }, step) => {
      const check = (what: string, found: Uint8Array | undefined, expected: number): void => {
        compared++;
        if (found === undefined || crc32(found) !== expected) differing.push(`case ${rule} step ${step} ${what}`);
      };
      const inference = interpret(graph, layers, inputs[step] as Uint8Array[], { keepTensors: true });
      outputs.forEach((output, slot) => {
        check(`output ${slot}`, inference.outputs[slot], output.crc32);
        if (output.bytes !== undefined) expect(inference.outputs[slot]).toEqual(output.bytes);
      });
      for (const [tensor, expected] of tensors) {
        const found = inference.tensors.get(tensor) ?? graph.tensors[tensor]?.data;
        if (!isChanged(tensor, found)) check(`tensor ${tensor}`, found, expected);
      }
    });
  });
  return { compared, differing };
}

if (sharedModelsAbsent !== undefined) {
  it('has no golden files to compare with', () => console.log(`not compared: ${sharedModelsAbsent}`));
} else {
  it('there are the published models and 30 random ones', () => {
    const found = names.map(([name]) => name);
    const random = Array.from({ length: 30 }, (_, index) => `rand${index + 1}`);
    expect(found.toSorted()).toEqual([...publishedModels.keys(), ...unsupportedModels.keys(), ...random].toSorted());
  });

  describe.each(supported)('%s', (_, path) => {
    const golden = loadGolden(path);

    it("gives TFLite Micro's outputs and intermediate tensors in every case", () => {
      const { compared, differing } = differences(golden, compileModel(golden.file), true);
      expect(differing).toEqual([]);
      expect(compared).toBeGreaterThanOrEqual(2 * golden.cases.length);
    });

    it('gives the same when no pass changes the graph', () => {
      const plain = compileModel(golden.file, { skipPasses: passes.map(({ name }) => name) });
      const { compared, differing } = differences(golden, plain, false);
      expect(differing).toEqual([]);
      expect(compared).toBeGreaterThanOrEqual(2 * golden.cases.length);
    });
  });

  it.each(names.filter(([name]) => unsupportedModels.has(name)))('%s is refused for what is missing', (name, path) => {
    const problems = problemsOf(() => compileModel(loadGolden(path).file));
    expect([...new Set(problems.map(({ code }) => code))].toSorted()).toEqual(unsupportedModels.get(name));
  });
}
