/**
 * Files that modelc once got wrong, beside the repository: each gives what is right. Tests elsewhere make models like
 * them; here are the files themselves.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkModel } from '../../src/check.js';
import { ModelcError, type Problem, problemCodes } from '../../src/errors.js';
import { interpret } from '../../src/interpreter/interpreter.js';
import { type Graph, tensorBytes } from '../../src/ir/graph.js';
import { checkReport } from '../../src/report/check.js';
import { runTflm, tflmAbsent } from '../oracle/oracle.js';
import { createRandom } from '../support/random.js';
import { sharedRoot } from '../support/shared-models.js';

const folder = join(sharedRoot, 'cases');
const absent = existsSync(folder) ? undefined : `no files at ${folder}`;
if (absent !== undefined) console.log(`cases not tested: ${absent}`);
if (tflmAbsent !== undefined) console.log(`cases not compared with TFLite Micro: ${tflmAbsent}`);

const bytesOf = (file: string) => new Uint8Array(readFileSync(join(folder, file)));

/** All problems of a file, whatever stage finds them. */
function problemsOf(file: string): readonly Problem[] {
  try {
    return checkModel(bytesOf(file)).problems;
  } catch (error) {
    if (error instanceof ModelcError) return error.problems;
    throw error;
  }
}

/** Files whose bytes are those of TFLite Micro. */
const computed = [
  'bias-not-a-vector/bias_CONV_2D_111C_t.tflite',
  'bias-not-a-vector/bias_FULLY_CONNECTED_1C_t.tflite',
  'bias-not-a-vector/tf43517_bias_111C.tflite',
  'bias-not-a-vector/tf43517_bias_1C_dw.tflite',
  'fc-weight-zero-point/tfm1784_fc_wzp.tflite',
  'fc-weight-zero-point/wz_FULLY_CONNECTED_t.tflite',
  'dead-channel-scale-0/glow5904_scale0_conv.tflite',
  'dead-channel-scale-0/glow5904_scale0_dw.tflite',
  'dead-channel-scale-0/s0_FULLY_CONNECTED.tflite',
  'concatenation-unquantized.tflite',
  'mean-unquantized.tflite',
];

/** [file, what its problems say, in order] */
const refused: readonly (readonly [string, readonly RegExp[]])[] = [
  ['vela/person_detect_vela.tflite', [/^model\/unsupported-operator: .*Arm Ethos-U.* went into Vela/]],
  ['edgetpu.tflite', [/^model\/unsupported-operator: .*Coral Edge TPU.* went into edgetpu_compiler/]],
  ['operands/surplus-input-resource.tflite', [/^model\/invalid: FULLY_CONNECTED takes 2 to 3 inputs .* has 4/]],
  ['operands/surplus-input-string.tflite', [/^model\/invalid: FULLY_CONNECTED takes 2 to 3 inputs .* has 4/]],
  ['operands/surplus-output-graphout.tflite', [/^model\/invalid: FULLY_CONNECTED takes 1 output .* has 2/]],
  ['operands/surplus-output-unread.tflite', [/^model\/invalid: FULLY_CONNECTED takes 1 output .* has 2/]],
  ['operands/hz-1036-crash.tflite', [/^model\/unsupported-type: .*RESHAPE/]],
  ['depth-multiplier-0/tf20798_dw_mult_lie.tflite', [/^model\/invalid: Option depth_multiplier is 1/]],
];

/** Accepted, with results that are defined here: TFLite Micro has none. */
const defined = ['depth-multiplier-0/dw_opt0.tflite', 'quantize-out-of-range/q_float_extreme.tflite'];

describe.skipIf(absent !== undefined)('files that were wrong once', () => {
  it.skipIf(tflmAbsent !== undefined).each(computed)('%s: computes what TFLite Micro computes', async (file) => {
    const { prepared } = checkModel(bytesOf(file));
    if (prepared === undefined)
      throw new Error(
        problemsOf(file)
          .map(({ message }) => message)
          .join('\n'),
      );
    const graph = prepared.model.graphs[0] as Graph;
    const random = createRandom(1);
    const steps = Array.from({ length: 4 }, () =>
      graph.inputs.map((index) =>
        Uint8Array.from({ length: tensorBytes(graph.tensors[index] as Graph['tensors'][number]) }, () =>
          random.below(256),
        ),
      ),
    );
    const [wanted] = await runTflm([{ model: bytesOf(file), steps }]);
    if (!wanted?.ok) throw new Error(wanted?.error);
    const found = steps.map((inputs) => interpret(prepared.graph, prepared.layers, inputs).outputs);
    expect(found).toEqual(wanted.steps.map(({ outputs }) => outputs.map(({ bytes }) => bytes)));
  });

  it.each(refused)('%s: is refused for what it is', (file, wanted) => {
    const problems = problemsOf(file);
    expect(problems.map(({ code }) => problemCodes[code])).toEqual(wanted.map(() => 3));
    problems.forEach(({ code, message, remedy }, i) => {
      expect(`${code}: ${message} ${remedy}`).toMatch(wanted[i] as RegExp);
    });
  });

  it.each(defined)('%s: compiles', (file) => {
    expect(problemsOf(file)).toEqual([]);
  });

  it('hundred-problems.tflite: lists its custom operators as unsupported', () => {
    const check = checkModel(bytesOf('hundred-problems.tflite'));
    const options = { name: 'm', boards: [], boardsRequired: false };
    const report = checkReport(check, options);
    const custom = report.operators.filter(({ name }) => name.startsWith('CUSTOM:'));
    expect(custom.length).toBeGreaterThan(0);
    expect(custom.map(({ status }) => status)).toEqual(custom.map(() => 'unsupported'));
    expect(report.problems.at(-1)?.message).toMatch(/There are \d+ more problems/);
  });
});
