/** Two models in one program and one include path: no identifier and no file of one is one of the other. */
import { describe, expect, it } from 'vitest';
import { loadAssets } from '../../src/cli/assets.js';
import { stampKernel } from '../../src/codegen/headers.js';
import { checkPrefix, prefixFromFile } from '../../src/codegen/names.js';
import { compileModel } from '../../src/compiler.js';
import { loadBoards } from '../../src/targets/load-boards.js';
import { edgeModels } from '../acceptance/edge-models.js';
import { loadCases } from '../operators/support/load-cases.js';
import { caseModel, makeCase } from '../operators/support/operator-case.js';
import { digits } from '../support/digits.js';
import { problemsOf } from '../support/problems.js';
import { generateForHost } from './generate.js';

const compiled = compileModel(digits.bytes);
const prefix = 'qqq';

/** What identifiers of a model have behind its prefix, numbers replaced by 0; in lower case, and in upper case. */
async function suffixes(): Promise<ReadonlySet<string>> {
  const models = [digits.bytes, ...edgeModels.values()];
  for (const { cases } of await loadCases())
    models.push(caseModel(makeCase(cases, 1, 0)), caseModel(makeCase(cases, 1, 1)));
  const texts = models.flatMap((bytes) =>
    generateForHost(compileModel(bytes), prefix)
      .files.filter(({ path }) => path.startsWith(`model/${prefix}`))
      .map(({ text }) => text.replace(/\/\*[\s\S]*?\*\//g, '')),
  );
  const found = texts.flatMap((text) =>
    [...text.matchAll(/\b(?:qqq|QQQ)_(\w+)/g)].map(([, suffix]) => suffix as string),
  );
  return new Set(found.map((suffix) => suffix.replace(/\d+/g, '0')));
}

const isAccepted = (name: string): boolean => {
  try {
    return checkPrefix(name) === name;
  } catch {
    return false;
  }
};

describe('identifiers', () => {
  it('of two models are different, whatever accepted names they have', async () => {
    const all = await suffixes();
    for (const expected of ['init', 'ARENA_SIZE', 'layer_00_softmax', 'ERROR_ARENA_SIZE', 'output_0']) {
      expect(
        [...all].some((suffix) => suffix.replace(/^layer_0_/, 'layer_00_') === expected),
        expected,
      ).toBe(true);
    }
    // a_<longer> = a_<between>_<shorter>: then the models a and a_<between> share an identifier
    const shared = [...all].flatMap((longer) =>
      [...all]
        .filter((shorter) => longer.endsWith(`_${shorter}`))
        .map((shorter) => `a_${longer.slice(0, -shorter.length - 1).toLowerCase()}`),
    );
    expect(shared).toContain('a_error');
    expect([...new Set(shared)].filter(isAccepted), 'prefixes that share an identifier with prefix a').toEqual([]);
  }, 60_000);

  it.each(['a_layer_00', 'a_input', 'a_in0', 'a_output1_x', 'a_error', 'a_tensor_3', 'a_dequantize'])(
    'refuse the prefix %s',
    (name) => {
      expect(problemsOf(() => checkPrefix(name))).toMatchObject([{ message: expect.stringContaining('continue') }]);
    },
  );
});

describe('files', () => {
  it.each([
    ['digits', 'digits_data'],
    ['digits', 'digits_selftest'],
    ['a', 'a_data_data'],
  ])('of %s and %s are different', (...names) => {
    const [first = [], second = []] = names.map((name) =>
      generateForHost(compiled, checkPrefix(name))
        .files.map(({ path }) => path)
        .filter((path) => path.startsWith(`model/${name}`)),
    );
    expect(first).toHaveLength(5);
    expect(first.filter((path) => second.includes(path))).toEqual([]);
  });

  it('of a board have no name that a model may have', () => {
    const names = loadBoards().flatMap(({ headers }) => headers.map((path) => path.replace(/^.*\/|\.h$/g, '')));
    expect(names).toContain('board');
    expect(names.filter(isAccepted)).toEqual([]);
  });
});

describe('prefixes of long and foreign file names', () => {
  const long = 'person_detection_mobilenet_v1_025_96_96_grayscale_quantised_for_microcontrollers';
  it.each([
    [`${long}_v1`, `${long}_v2`],
    ['層', '犬'],
    ['größe', 'grüße'],
    ['модель 1', 'сеть 1'],
  ])('%s and %s stay different', (first, second) => {
    const names = [first, second].map((name) => prefixFromFile(`models/${name}.tflite`));
    expect(names.map(checkPrefix)).toEqual(names);
    expect(names[0]).not.toBe(names[1]);
  });

  it('are whole up to 64 characters', () => {
    expect(prefixFromFile(`${'a'.repeat(64)}.tflite`)).toBe('a'.repeat(64));
    expect(prefixFromFile(`${'a'.repeat(65)}.tflite`)).toMatch(/^a{55}_[0-9a-f]{8}$/);
  });
});

describe('kernel headers', () => {
  const { runtime } = loadAssets();

  it.each([...runtime])('%s has a checksum that its model asks for', (file, text) => {
    const kernel = stampKernel(file, text);
    expect(kernel.text).toContain(`#define ${kernel.guard} ${kernel.stamp}\n`);
    expect(stampKernel(file, `${text}\n`).stamp).not.toBe(kernel.stamp);
  });

  it('are all asked for by the model that includes them', () => {
    const { files } = generateForHost(compiled);
    const model = files.find(({ path }) => path === 'model/model.c')?.text ?? '';
    const kernels = files.filter(({ path }) => path.startsWith('model/modelc_'));
    expect(kernels.length).toBeGreaterThan(3);
    for (const { path, text } of kernels) {
      const [, guard, stamp] = /^#define (MODELC_\w+_H) (0x[0-9a-f]{8}u)$/m.exec(text) ?? [];
      expect(model, path).toContain(`(${guard} + 0u) != ${stamp}`);
    }
  });

  it('without an include guard are no kernel headers', () => {
    expect(() => stampKernel('modelc_x.h', 'int x;\n')).toThrow(/MODELC_X_H/);
  });
});
