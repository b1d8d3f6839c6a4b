import { describe, expect, it } from 'vitest';
import { constantBytes } from '../../src/codegen/emit-model.js';
import { compileModel } from '../../src/compiler.js';
import type { Graph } from '../../src/ir/graph.js';
import { writeModel } from '../../src/tflite/writer.js';
import { loadCases } from '../operators/support/load-cases.js';
import { caseModel, makeCase } from '../operators/support/operator-case.js';
import { digits } from '../support/digits.js';
import { logisticGraph, makeModel, makeTensor } from '../support/models.js';
import { problemsOf } from '../support/problems.js';
import { generatedFile, generateForHost } from './generate.js';

const probability = { scales: [1 / 256], zeroPoints: [-128], axis: 0 };
const files = await loadCases();

/** input → LOGISTIC → output with the given names and description. */
function named(name: string, description = 'made by a test'): Uint8Array {
  const graph: Graph = logisticGraph({
    name,
    tensors: [makeTensor(0, { name }), makeTensor(1, { name, quantization: probability })],
  });
  // names in C come from the signature, so that only comments change
  const serving = { key: 'serving_default', subgraph: 0 };
  const signatures = [{ ...serving, inputs: [{ name: 'x', tensor: 0 }], outputs: [{ name: 'y', tensor: 1 }] }];
  return writeModel(makeModel([graph], { description, signatures }));
}

/** C without comments and string literals: what the compiler sees of it. */
function withoutComments(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*"|\/\*[\s\S]*?\*\//g, (found) => (found.startsWith('"') ? '""' : ' '));
}

describe('generateProject', () => {
  it.each(files)('gives equal text for equal bytes: $file', ({ cases }) => {
    const bytes = caseModel(makeCase(cases, 41, 0));
    expect(generateForHost(compileModel(bytes))).toEqual(generateForHost(compileModel(bytes.slice())));
  });

  it('does not depend on what was generated before', () => {
    const first = generateForHost(compileModel(digits.bytes), 'digits');
    generateForHost(compileModel(named('other')), 'other');
    expect(generateForHost(compileModel(digits.bytes), 'digits')).toEqual(first);
  });

  it.each([
    'a */ int injected; /* b',
    '*/\n#error injected\n/*',
    'say "injected" \\',
    '??/ injected ???/ ????',
    'injected\r\nint x;\n',
    'größe 層 🙂 \u2028 injected',
    '{{name}} injected {{{MACS}}}',
    '%s injected $(shell true) `true`',
    'injected'.repeat(2000),
  ])('keeps the name %j inside comments, on one line', (name) => {
    const harmless = generateForHost(compileModel(named('x', 'y')));
    const { files: generated } = generateForHost(compileModel(named(name, name)));
    const c = generated.filter(({ path }) => /\.[ch]$/.test(path));
    expect(c.some(({ text }) => text.includes('injected'))).toBe(true);
    for (const { path, text } of c) {
      const same = harmless.files.find((file) => file.path === path)?.text as string;
      const code = (source: string) =>
        withoutComments(source)
          .replace(/0x[0-9a-f]{8}u/g, 'CRC')
          .trimEnd();
      expect(code(text), path).toBe(code(same));
      expect(text.split('\n').length, path).toBe(same.split('\n').length);
      if (path.startsWith('model/')) expect(text, path).toMatch(/^[\n -~]*$/);
    }
    for (const path of ['Makefile', 'CMakeLists.txt']) {
      expect(generated.find((file) => file.path === path)?.text).toBe(
        harmless.files.find((file) => file.path === path)?.text,
      );
    }
  });

  it('gives every identifier the prefix, so that models link together', () => {
    const { files: generated } = generateForHost(compileModel(digits.bytes), 'seven');
    const sources = generated.filter(({ path }) => /^model\/seven.*\.c$/.test(path));
    expect(sources).toHaveLength(3);
    const defined = sources.flatMap(({ text }) =>
      [
        ...withoutComments(text).matchAll(/^(?!static |typedef )(?:const )?\w+ \**(\w+)(?:\[\d+\])?[^;]*(?:\{|\()/gm),
      ].map(([, identifier]) => identifier as string),
    );
    expect(defined.length).toBeGreaterThan(10);
    expect(defined.filter((identifier) => !/^(seven_|SEVEN_)/.test(identifier))).toEqual([]);
  });

  it('refuses a prefix that is none', () => {
    const compiled = compileModel(named('x'));
    expect(problemsOf(() => generateForHost(compiled, 'a b'))).toMatchObject([{ code: 'usage/argument' }]);
  });

  it('knows the bytes of constants without generating', () => {
    const compiled = compileModel(digits.bytes);
    const project = generateForHost(compiled);
    expect(constantBytes(compiled)).toBe(project.constantBytes);
  });

  it('warns whoever writes inputs that outputs may be lost', () => {
    expect(generatedFile(compileModel(digits.bytes), 'model/model.h')).toMatch(
      /Writing an input may overwrite outputs/,
    );
  });
});
