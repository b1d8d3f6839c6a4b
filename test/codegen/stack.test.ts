/** The promised stack against the arrays that generated layer functions really declare. */
import { describe, expect, it } from 'vitest';
import { stackBound } from '../../src/codegen/stack.js';
import { compileModel } from '../../src/compiler.js';
import { loadCases } from '../operators/support/load-cases.js';
import { caseModel, makeCase } from '../operators/support/operator-case.js';
import { digits } from '../support/digits.js';
import { generatedFile } from './generate.js';

/** Bytes of the automatic arrays in each function, with pointers and 32-bit values of 4 bytes. */
function declaredBytes(source: string): number[] {
  const automatic = /^ {4}(?!static )(?:const )?(\w+) (\*?)(?:const )?\w+\[(\d+)\](?: =|;)/gm;
  const sizes: Readonly<Record<string, number>> = {
    int8_t: 1,
    uint8_t: 1,
    int16_t: 2,
    int32_t: 4,
    float: 4,
    int64_t: 8,
  };
  return source.split(/^MODEL_LAYER /m).map((body) =>
    [...body.matchAll(automatic)].reduce((total, [, type, pointer, count]) => {
      const width = pointer === '*' ? 4 : sizes[type as string];
      if (width === undefined) throw new Error(`an array of ${type}`);
      return total + width * Number(count);
    }, 0),
  );
}

const files = await loadCases();

/** Stack that a layer without arrays is promised. */
const frames = 512;

describe('stackBound', () => {
  it.each(files)('covers exactly the arrays that $file declares', ({ cases }) => {
    for (let number = 0; number < 6; number++) {
      const compiled = compileModel(caseModel(makeCase(cases, 7, number)));
      const source = generatedFile(compiled, 'model/model.c');
      expect(stackBound(compiled) - frames, source).toBe(Math.max(...declaredBytes(source)));
    }
  });

  it('grows by a pointer for each kernel row, and is what the header says', () => {
    const compiled = compileModel(digits.bytes);
    const rows = [...generatedFile(compiled, 'model/model.c').matchAll(/\*rows\[(\d+)\]/g)].map(([, count]) =>
      Number(count),
    );
    expect(rows.length).toBeGreaterThan(3);
    expect(stackBound(compiled)).toBe(512 + 4 * Math.max(...rows));
    expect(generatedFile(compiled, 'model/model.h')).toContain(`#define MODEL_STACK_BYTES ${stackBound(compiled)}u`);
  });
});
