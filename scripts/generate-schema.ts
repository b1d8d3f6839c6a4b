/**
 * Writes src/tflite/schema.generated.ts from src/tflite/schema.fbs: `npx tsx scripts/generate-schema.ts`.
 * Understands the part of the FlatBuffers schema language that the file uses, and fails on anything else.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Enum {
  readonly kind: 'enum';
  readonly name: string;
  readonly base: string;
  readonly values: readonly { readonly name: string; readonly value: number }[];
}
interface Union {
  readonly kind: 'union';
  readonly name: string;
  readonly members: readonly string[];
}
interface TableField {
  readonly name: string;
  readonly type: string;
  readonly isVector: boolean;
  readonly defaultText?: string;
  readonly attributes: ReadonlyMap<string, string>;
}
interface Table {
  readonly kind: 'table';
  readonly name: string;
  readonly fields: readonly TableField[];
  readonly attributes: ReadonlyMap<string, string>;
}
type Declaration = Enum | Union | Table;
interface Schema {
  readonly declarations: readonly Declaration[];
  readonly fileIdentifier: string;
  readonly rootType: string;
}

const aliases: Readonly<Record<string, string>> = {
  int8: 'byte',
  uint8: 'ubyte',
  int16: 'short',
  uint16: 'ushort',
  int32: 'int',
  uint32: 'uint',
  int64: 'long',
  uint64: 'ulong',
  float32: 'float',
  float64: 'double',
};
const scalarTypes = new Set(['bool', ...Object.values(aliases)]);

function tokenize(text: string): string[] {
  const withoutComments = text.replaceAll(/\/\/[^\n]*/g, '');
  const tokens = withoutComments.match(/"[^"\n]*"|[A-Za-z_]\w*|[-+]?\d+(?:\.\d+)?|[^\s]/g) ?? [];
  return [...tokens];
}

export function parseSchema(text: string): Schema {
  const tokens = tokenize(text);
  let next = 0;
  const fail = (wanted: string): never => {
    throw new Error(`schema: expected ${wanted}, found "${tokens[next] ?? 'end of file'}" (token ${next})`);
  };
  const take = (): string => tokens[next++] ?? fail('a token');
  const accept = (token: string): boolean => tokens[next] === token && ++next > 0;
  const expect = (token: string): void => {
    if (!accept(token)) fail(`"${token}"`);
  };
  const identifier = (): string => (/^[A-Za-z_]\w*$/.test(tokens[next] ?? '') ? take() : fail('a name'));
  const quoted = (): string => (tokens[next]?.startsWith('"') ? take().slice(1, -1) : fail('a quoted string'));

  const attributes = (): Map<string, string> => {
    const found = new Map<string, string>();
    if (!accept('(')) return found;
    do {
      const name = identifier();
      found.set(name, accept(':') ? take().replaceAll('"', '') : '');
    } while (accept(','));
    expect(')');
    return found;
  };
  const scalarOrName = (): string => {
    const name = identifier();
    return aliases[name] ?? name;
  };
  const parseEnum = (): Enum => {
    const name = identifier();
    expect(':');
    const base = scalarOrName();
    const values: { name: string; value: number }[] = [];
    expect('{');
    while (!accept('}')) {
      const valueName = identifier();
      values.push({ name: valueName, value: accept('=') ? Number(take()) : (values.at(-1)?.value ?? -1) + 1 });
      if (!accept(',') && tokens[next] !== '}') fail('","');
    }
    return { kind: 'enum', name, base, values };
  };
  const parseUnion = (): Union => {
    const name = identifier();
    const members: string[] = [];
    expect('{');
    while (!accept('}')) {
      members.push(identifier());
      if (!accept(',') && tokens[next] !== '}') fail('","');
    }
    return { kind: 'union', name, members };
  };
  const parseTable = (): Table => {
    const name = identifier();
    const tableAttributes = attributes();
    const fields: TableField[] = [];
    expect('{');
    while (!accept('}')) {
      const fieldName = identifier();
      expect(':');
      const isVector = accept('[');
      const type = scalarOrName();
      if (isVector) expect(']');
      const defaultText = accept('=') ? { defaultText: take() } : {};
      fields.push({ name: fieldName, type, isVector, ...defaultText, attributes: attributes() });
      expect(';');
    }
    return { kind: 'table', name, fields, attributes: tableAttributes };
  };

  const declarations: Declaration[] = [];
  let fileIdentifier = '';
  let rootType = '';
  while (next < tokens.length) {
    const keyword = take();
    if (keyword === 'enum') declarations.push(parseEnum());
    else if (keyword === 'union') declarations.push(parseUnion());
    else if (keyword === 'table') declarations.push(parseTable());
    else {
      if (keyword === 'namespace') identifier();
      else if (keyword === 'file_identifier') fileIdentifier = quoted();
      else if (keyword === 'file_extension' || keyword === 'attribute') quoted();
      else if (keyword === 'root_type') rootType = identifier();
      else fail('a declaration');
      expect(';');
    }
  }
  return { declarations, fileIdentifier, rootType };
}

/**
 * Declarations with everything a declaration refers to before it. Fails on tables that contain themselves: the
 * verifier relies on the depth of a file being bounded by the schema.
 */
function inOrderOfUse(schema: Schema): Declaration[] {
  const byName = new Map(schema.declarations.map((declaration) => [declaration.name, declaration]));
  if (byName.size !== schema.declarations.length) throw new Error('schema: a name is declared twice');
  const ordered: Declaration[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (name: string, user: string): void => {
    if (scalarTypes.has(name) || name === 'string' || state.get(name) === 'done') return;
    const declaration = byName.get(name);
    if (declaration === undefined) throw new Error(`schema: ${user} uses ${name}, which is not declared`);
    if (state.get(name) === 'open') throw new Error(`schema: ${name} contains itself`);
    state.set(name, 'open');
    if (declaration.kind === 'union') for (const member of declaration.members) visit(member, name);
    if (declaration.kind === 'table') for (const field of declaration.fields) visit(field.type, name);
    state.set(name, 'done');
    ordered.push(declaration);
  };
  for (const { name } of schema.declarations) visit(name, 'the file');
  return ordered;
}

interface EmittedField {
  readonly id: number;
  readonly name: string;
  readonly descriptor: string;
  readonly type: string;
}

const valueType = (scalar: string): string =>
  scalar === 'bool' ? 'boolean' : scalar === 'long' || scalar === 'ulong' ? 'bigint' : 'number';

function scalarDefault(field: TableField, base: string, asEnum: Enum | undefined): string {
  const text = field.defaultText;
  if (base === 'bool') return text ?? 'false';
  if (base === 'long' || base === 'ulong') return `${text ?? '0'}n`;
  if (text === undefined || asEnum === undefined) return text ?? '0';
  const value = asEnum.values.find(({ name }) => name === text)?.value;
  if (value === undefined) throw new Error(`schema: ${asEnum.name} has no value ${text}`);
  return String(value);
}

function emitField(field: TableField, id: number, target: Declaration | undefined): EmittedField {
  const { name } = field;
  const start = `{ name: '${name}', id: ${id}`;
  const asEnum = target?.kind === 'enum' ? target : undefined;
  const base = asEnum?.base ?? field.type;
  if (scalarTypes.has(base)) {
    const enumText = asEnum === undefined ? '' : `, enum: ${asEnum.name}`;
    const common = `type: '${base}'${enumText}`;
    if (!field.isVector) {
      const descriptor = `${start}, kind: 'scalar', ${common}, default: ${scalarDefault(field, base, asEnum)} }`;
      return { id, name, descriptor, type: valueType(base) };
    }
    const alignment = field.attributes.get('force_align');
    const descriptor = `${start}, kind: 'scalars', ${common}${alignment === undefined ? '' : `, alignment: ${alignment}`} }`;
    return { id, name, descriptor, type: base === 'ubyte' ? 'Uint8Array' : `readonly ${valueType(base)}[]` };
  }
  if (field.type === 'string') {
    if (field.isVector) throw new Error(`schema: ${name} is a vector of strings, which the descriptors do not have`);
    return { id, name, descriptor: `${start}, kind: 'string' }`, type: 'string' };
  }
  if (target?.kind === 'union') {
    if (field.isVector) throw new Error(`schema: ${name} is a vector of unions, which the descriptors do not have`);
    return { id, name, descriptor: `${start}, kind: 'union', union: ${target.name} }`, type: 'UnionView | undefined' };
  }
  const view = `TableView<${field.type}Fields>`;
  return field.isVector
    ? { id, name, descriptor: `${start}, kind: 'tables', table: ${field.type} }`, type: `readonly ${view}[]` }
    : { id, name, descriptor: `${start}, kind: 'table', table: ${field.type} }`, type: `${view} | undefined` };
}

function emitTable(table: Table, byName: ReadonlyMap<string, Declaration>): string {
  let slots = 0;
  const fields: EmittedField[] = [];
  for (const field of table.fields) {
    const target = byName.get(field.type);
    if (target?.kind === 'union') slots++;
    const id = slots++;
    if (!field.attributes.has('deprecated')) fields.push(emitField(field, id, target));
  }
  const types = fields.map(({ name, type }) => `\n  readonly ${name}: ${type};`).join('');
  const descriptors = fields.map(({ descriptor }) => `\n    ${descriptor},`).join('');
  const body = fields.length === 0 ? '' : `${descriptors}\n  `;
  return [
    `export interface ${table.name}Fields {${types}${types === '' ? '' : '\n'}}`,
    `export const ${table.name}: TableDescriptor<${table.name}Fields> = {`,
    `  name: '${table.name}',`,
    `  slots: ${slots},`,
    `  fields: [${body}],`,
    '};',
  ].join('\n');
}

function emitDeclaration(declaration: Declaration, byName: ReadonlyMap<string, Declaration>): string {
  switch (declaration.kind) {
    case 'enum': {
      const values = declaration.values.map(({ name, value }) => `\n  ${name}: ${value},`).join('');
      return `export const ${declaration.name} = defineEnum('${declaration.name}', {${values}\n});`;
    }
    case 'union': {
      const members = declaration.members.map((member) => `\n    ${member},`).join('');
      return `export const ${declaration.name}: UnionDescriptor = {\n  name: '${declaration.name}',\n  members: [${members}\n  ],\n};`;
    }
    case 'table':
      return emitTable(declaration, byName);
  }
}

function emitOperatorOptions(schema: Schema): string {
  const operators = schema.declarations.find(({ name }) => name === 'BuiltinOperator');
  if (operators?.kind !== 'enum') throw new Error('schema: enum BuiltinOperator is missing');
  const tables = new Map<string, string>();
  for (const table of schema.declarations) {
    if (table.kind !== 'table') continue;
    for (const operator of table.attributes.get('operators')?.split(' ') ?? []) {
      if (!operators.values.some(({ name }) => name === operator)) throw new Error(`schema: no operator ${operator}`);
      if (tables.has(operator)) throw new Error(`schema: operator ${operator} has two options tables`);
      tables.set(operator, table.name);
    }
  }
  const entries = operators.values.flatMap(({ name }) =>
    tables.has(name) ? `\n  ['${name}', ${tables.get(name)}],` : [],
  );
  return [
    '/** The options table of each builtin operator that has one. */',
    `export const operatorOptions: ReadonlyMap<string, TableDescriptor> = new Map<string, TableDescriptor>([${entries.join('')}\n]);`,
  ].join('\n');
}

/** The text of schema.generated.ts for the text of schema.fbs. */
export function generateSchema(text: string): string {
  const schema = parseSchema(text);
  const byName = new Map(schema.declarations.map((declaration) => [declaration.name, declaration]));
  return `${[
    '// Generated from schema.fbs by scripts/generate-schema.ts. Do not edit.',
    [
      "import { defineEnum, type TableDescriptor, type UnionDescriptor } from './descriptor.js';",
      "import type { TableView, UnionView } from './table.js';",
    ].join('\n'),
    `export const fileIdentifier = '${schema.fileIdentifier}';`,
    ...inOrderOfUse(schema).map((declaration) => emitDeclaration(declaration, byName)),
    emitOperatorOptions(schema),
    `export const rootTable = ${schema.rootType};`,
  ].join('\n\n')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = new URL('../src/tflite/', import.meta.url);
  writeFileSync(
    new URL('schema.generated.ts', folder),
    generateSchema(readFileSync(new URL('schema.fbs', folder), 'utf8')),
  );
}
