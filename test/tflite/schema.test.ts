import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generateSchema } from '../../scripts/generate-schema.js';
import { elementTypes } from '../../src/ir/element-type.js';
import * as schema from '../../src/tflite/schema.generated.js';

const folder = new URL('../../src/tflite/', import.meta.url);
const builtinOperator = 'enum BuiltinOperator : int { ADD = 0 }';

describe('schema.generated.ts', () => {
  it('is what the generator makes of schema.fbs (npx tsx scripts/generate-schema.ts)', () => {
    const source = readFileSync(new URL('schema.fbs', folder), 'utf8');
    expect(readFileSync(new URL('schema.generated.ts', folder), 'utf8')).toBe(generateSchema(source));
  });

  it('has the field ids of the format', () => {
    const ids = (fields: readonly { name: string; id: number }[]) =>
      Object.fromEntries(fields.map((f) => [f.name, f.id]));
    expect(ids(schema.Model.fields)).toMatchObject({ version: 0, subgraphs: 2, buffers: 4, signature_defs: 7 });
    expect(ids(schema.Operator.fields)).toMatchObject({ opcode_index: 0, builtin_options: 4, builtin_options_2: 12 });
    expect(ids(schema.SignatureDef.fields)).toMatchObject({ signature_key: 2, subgraph_index: 4 });
    expect(ids(schema.ResizeBilinearOptions.fields)).toEqual({ align_corners: 2, half_pixel_centers: 3 });
  });

  it('has the tensor types in the order of the intermediate representation', () => {
    const names = elementTypes.map((_, value) => schema.TensorType.names.get(value)?.toLowerCase().replaceAll('_', ''));
    expect(names).toEqual([...elementTypes]);
    expect(schema.TensorType.names.size).toBe(elementTypes.length);
  });

  it('gives every options table of both unions to an operator, and tables that Options can express', () => {
    const used = new Set(schema.operatorOptions.values());
    for (const table of [...schema.BuiltinOptions.members, ...schema.BuiltinOptions2.members]) {
      expect(used, table.name).toContain(table);
      for (const field of table.fields) expect(['scalar', 'scalars', 'string'], field.name).toContain(field.kind);
    }
  });
});

describe('generateSchema', () => {
  it('counts two ids for a union and one for a deprecated field', () => {
    const text = generateSchema(`
      ${builtinOperator}
      table Leaf {}
      union Choice { Leaf }
      table Root { gone:int (deprecated); choice:Choice; last:[ubyte] (force_align: 16); }
      root_type Root;`);
    expect(text).toContain("{ name: 'choice', id: 2, kind: 'union', union: Choice }");
    expect(text).toContain("{ name: 'last', id: 3, kind: 'scalars', type: 'ubyte', alignment: 16 }");
    expect(text).toContain('slots: 4');
    expect(text).not.toContain('gone');
  });

  it('rejects tables that contain themselves, on which the verifier would not end', () => {
    expect(() => generateSchema(`${builtinOperator} table A { b:[B]; } table B { a:A; }`)).toThrow('contains itself');
  });

  it('rejects undeclared types, operators that do not exist and syntax it does not know', () => {
    expect(() => generateSchema(`${builtinOperator} table A { b:B; }`)).toThrow('B, which is not declared');
    expect(() => generateSchema(`${builtinOperator} table A (operators: "SUB") {}`)).toThrow('no operator SUB');
    expect(() => generateSchema('struct A { x:int; }')).toThrow('expected a declaration');
    expect(() => generateSchema('table A { x int; }')).toThrow('expected ":"');
  });
});
