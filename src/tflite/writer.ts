/** The intermediate representation to .tflite bytes. */
import { Builder } from 'flatbuffers';
import { ModelcError } from '../errors.js';
import { elementTypes } from '../ir/element-type.js';
import type { Graph, Model, Operator, Quantization, Signature, Tensor } from '../ir/graph.js';
import { encodeTable, type TableValues, type UnionValue } from './encode.js';
import { encodeOptions } from './options.js';
import * as schema from './schema.generated.js';

export type WritableModel = Omit<Model, 'crc32' | 'byteLength'>;

/** Codes above this do not fit the old code field, which then holds this value. */
const largestDeprecatedCode = 127;

/** Collects distinct values in order of first use and gives each its position. */
class Numbering<Key, Value> {
  private readonly positions = new Map<Key, number>();
  readonly values: Value[] = [];

  position(key: Key, value: () => Value): number {
    const known = this.positions.get(key);
    if (known !== undefined) return known;
    this.positions.set(key, this.values.length);
    return this.values.push(value()) - 1;
  }
}

interface Shared {
  /** By the array object that holds the data, so that tensors that share an array share a buffer. */
  readonly buffers: Numbering<Uint8Array | undefined, TableValues>;
  readonly operatorCodes: Numbering<string, TableValues>;
}

function builtinCode(name: string): number {
  if (name.startsWith('CUSTOM:')) return schema.BuiltinOperator.values.CUSTOM as number;
  const code = schema.BuiltinOperator.values[name] ?? Number(/^BUILTIN_(\d+)$/.exec(name)?.[1] ?? Number.NaN);
  if (Number.isNaN(code)) {
    const message = `The schema has no operator ${name}.`;
    const remedy = 'Use a schema name, CUSTOM:<code> or BUILTIN_<number>.';
    throw new ModelcError({ code: 'model/unsupported-operator', message, remedy, place: {} });
  }
  return code;
}

function operatorCode({ name, version }: Operator): TableValues {
  const code = builtinCode(name);
  return {
    deprecated_builtin_code: Math.min(code, largestDeprecatedCode),
    builtin_code: code,
    version,
    ...(name.startsWith('CUSTOM:') ? { custom_code: name.slice('CUSTOM:'.length) } : {}),
  };
}

function optionsUnion({ name, options }: Operator): TableValues {
  const member = schema.operatorOptions.get(name);
  if (member === undefined) return {};
  const union: UnionValue = { member, values: encodeOptions(member, options) };
  return schema.BuiltinOptions.members.includes(member) ? { builtin_options: union } : { builtin_options_2: union };
}

function operatorTable(operator: Operator, { operatorCodes }: Shared): TableValues {
  const { name, version, inputs, outputs, customOptions } = operator;
  return {
    opcode_index: operatorCodes.position(`${version} ${name}`, () => operatorCode(operator)),
    inputs,
    outputs,
    ...optionsUnion(operator),
    ...(customOptions === undefined ? {} : { custom_options: customOptions }),
  };
}

function quantizationTable({ scales, zeroPoints, axis }: Quantization): TableValues {
  return { scale: scales, zero_point: zeroPoints.map(BigInt), quantized_dimension: axis };
}

function bufferPosition(data: Uint8Array, { buffers }: Shared): number {
  return data.length === 0 ? 0 : buffers.position(data, () => ({ data }));
}

function tensorTable(tensor: Tensor, shared: Shared): TableValues {
  const { name, type, shape, quantization, data, isVariable, isStatic } = tensor;
  return {
    shape,
    type: elementTypes.indexOf(type),
    buffer: data === undefined ? 0 : bufferPosition(data, shared),
    name,
    ...(quantization === undefined ? {} : { quantization: quantizationTable(quantization) }),
    is_variable: isVariable,
    // The representation does not say which dimension is dynamic, only that one is.
    ...(isStatic ? {} : { shape_signature: shape.map(() => -1) }),
    has_rank: true,
  };
}

function graphTable(graph: Graph, shared: Shared): TableValues {
  return {
    tensors: graph.tensors.map((tensor) => tensorTable(tensor, shared)),
    inputs: graph.inputs,
    outputs: graph.outputs,
    operators: graph.operators.map((operator) => operatorTable(operator, shared)),
    name: graph.name,
  };
}

function signatureTable({ key, subgraph, inputs, outputs }: Signature): TableValues {
  const maps = (entries: Signature['inputs']): TableValues[] =>
    entries.map(({ name, tensor }) => ({ name, tensor_index: tensor }));
  return { inputs: maps(inputs), outputs: maps(outputs), signature_key: key, subgraph_index: subgraph };
}

/**
 * A .tflite file with the content of `model`; equal models give equal bytes. The graph is not validated, so that
 * faulty models can be written on purpose.
 * Throws ModelcError for operator names or options that the schema does not have.
 */
export function writeModel(model: WritableModel): Uint8Array {
  const shared: Shared = { buffers: new Numbering(), operatorCodes: new Numbering() };
  shared.buffers.position(undefined, () => ({}));
  const subgraphs = model.graphs.map((graph) => graphTable(graph, shared));
  const metadata = model.metadata.map(({ name, data }) => ({ name, buffer: bufferPosition(data, shared) }));
  const builder = new Builder();
  const root = encodeTable(builder, schema.rootTable, {
    version: model.version,
    operator_codes: shared.operatorCodes.values,
    subgraphs,
    description: model.description,
    buffers: shared.buffers.values,
    metadata,
    signature_defs: model.signatures.map(signatureTable),
  });
  builder.finish(root, schema.fileIdentifier);
  return builder.asUint8Array().slice();
}
