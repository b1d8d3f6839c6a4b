/**
 * .tflite bytes to the intermediate representation. Structure is proven by the verifier; here the file's numbers are
 * checked against each other, and all problems of a file come out in one error.
 */
import type { Place, ProblemCode } from '../errors.js';
import { crc32 } from '../ir/crc32.js';
import { byteLength, type ElementType, elementCount, elementTypes } from '../ir/element-type.js';
import type { Graph, Model, Operator, Options, Signature, Tensor } from '../ir/graph.js';
import { validateGraph } from '../ir/validate.js';
import { ProblemCollector } from '../problems.js';
import { defaultLimits, type Limits } from './limits.js';
import { decodeOptions, UnsafeOptionError } from './options.js';
import { readQuantization } from './quantization.js';
import * as schema from './schema.generated.js';
import type { TableView } from './table.js';
import { verifyModel } from './verifier.js';

const supportedVersion = 3;
const maxElements = 2 ** 31 - 1;

const damaged = 'Copy or convert the model again: the file is damaged, or was written by a faulty tool.';

type Report = (code: ProblemCode, message: string, remedy: string, place?: Place) => void;

interface OperatorKind {
  readonly name: string;
  readonly version: number;
}

/** What all parts of a file share while it is read. */
interface File {
  readonly buffers: readonly Uint8Array[];
  readonly operatorKinds: readonly OperatorKind[];
  readonly bytes: Uint8Array;
}

/**
 * The bytes [offset, offset + size) that a table places outside the FlatBuffer; undefined when they are not all in the
 * file. By the format an offset of 0 or 1 means that there are none.
 */
function outsideBytes(file: Uint8Array, offset: bigint, size: bigint): Uint8Array | undefined {
  if (offset <= 1n || size === 0n) return new Uint8Array(0);
  if (offset + size > BigInt(file.length)) return undefined;
  return file.subarray(Number(offset), Number(offset + size));
}

function readBuffer(
  buffer: TableView<schema.BufferFields>,
  index: number,
  file: Uint8Array,
  report: Report,
): Uint8Array {
  const inside = buffer.get('data');
  if (inside.length > 0) return inside;
  const offset = buffer.get('offset');
  const outside = outsideBytes(file, offset, buffer.get('size'));
  if (outside === undefined) {
    report(
      'format/corrupt',
      `Buffer ${index} lies at ${offset}, partly or wholly behind the end of the file.`,
      damaged,
    );
  }
  return outside ?? new Uint8Array(0);
}

/** The larger of the old and the new code counts: old writers know only the first, which stops at 127. */
function readOperatorKind(code: TableView<schema.OperatorCodeFields>, index: number, report: Report): OperatorKind {
  const builtin = Math.max(code.get('deprecated_builtin_code'), code.get('builtin_code'));
  const version = code.get('version');
  if (builtin < 0) report('format/corrupt', `Operator code ${index} is ${builtin}.`, damaged);
  if (builtin === schema.BuiltinOperator.values.CUSTOM) return { name: `CUSTOM:${code.get('custom_code')}`, version };
  return { name: schema.BuiltinOperator.names.get(builtin) ?? `BUILTIN_${builtin}`, version };
}

function checkShape(shape: readonly number[], report: Report): void {
  if (shape.some((extent) => extent < 0)) {
    const remedy = 'Give every dimension of the model input a fixed size before conversion.';
    report('model/shape', `The shape [${shape}] has a negative extent.`, remedy);
  } else if (elementCount(shape) > maxElements) {
    report('format/limit', `The shape [${shape}] has more than ${maxElements} elements.`, 'Use smaller tensors.');
  }
}

function checkConstant(type: ElementType, shape: readonly number[], data: Uint8Array, report: Report): void {
  const expected = byteLength(type, elementCount(shape));
  if (expected === undefined || expected === data.length) return;
  const message = `The constant has ${data.length} bytes, and its type ${type} and shape [${shape}] need ${expected}.`;
  report('format/corrupt', message, damaged);
}

function readTensor(
  view: TableView<schema.TensorFields>,
  index: number,
  file: File,
  isComputed: boolean,
  report: Report,
): Tensor {
  const name = view.get('name');
  const shape = view.get('shape');
  const place = { tensor: { index, name } };
  const reportHere: Report = (code, message, remedy) => report(code, message, remedy, place);

  const typeCode = view.get('type');
  const type = elementTypes[typeCode];
  if (type === undefined) {
    const remedy = 'Convert the model to a type that microcontrollers compute with, int8 above all.';
    reportHere('model/unsupported-type', `The tensor has the unknown type ${typeCode}.`, remedy);
  }
  checkShape(shape, reportHere);

  const bufferIndex = view.get('buffer');
  const buffer = file.buffers[bufferIndex];
  if (buffer === undefined && bufferIndex > 0) {
    const message = `The tensor's data is buffer ${bufferIndex}, and the file has ${file.buffers.length} buffers.`;
    reportHere('format/corrupt', message, damaged);
  }
  if (view.get('external_buffer') !== 0) {
    const remedy = 'Convert the model to a single file.';
    reportHere('format/unsupported', "The tensor's data is in another file.", remedy);
  }
  const isSparse = view.get('sparsity') !== undefined;
  if (isSparse) {
    const remedy = 'Store the weights densely: convert without the sparsity option.';
    reportHere('format/unsupported', 'The tensor is stored sparsely.', remedy);
  }

  // A constant without elements has no bytes to be told by; it is one when nothing computes it.
  const isEmptyConstant = shape.includes(0) && !isComputed && !view.get('is_variable');
  const hasData = bufferIndex > 0 && buffer !== undefined && buffer.length > 0;
  const data = hasData ? buffer : isEmptyConstant ? new Uint8Array(0) : undefined;
  if (type !== undefined && data !== undefined && !isSparse) checkConstant(type, shape, data, reportHere);

  const knownType = type ?? 'variant';
  const facts = { type: knownType, isConstant: data !== undefined };
  const { quantization, problems } = readQuantization(view.get('quantization'), facts);
  for (const { message, remedy } of problems) reportHere('model/unsupported-quantization', message, remedy);

  return {
    index,
    name,
    type: knownType,
    shape,
    ...(quantization === undefined ? {} : { quantization }),
    ...(data === undefined ? {} : { data }),
    isVariable: view.get('is_variable'),
    isStatic: !view.get('shape_signature').includes(-1),
  };
}

function readOptions(view: TableView<schema.OperatorFields>, kind: OperatorKind, report: Report): Options {
  const expected = schema.operatorOptions.get(kind.name);
  if (expected === undefined) return {};
  const found = [view.get('builtin_options'), view.get('builtin_options_2')].find((union) => union !== undefined);
  if (found !== undefined && found.table?.descriptor !== expected) {
    const name = found.table?.descriptor.name ?? `an options table of unknown type ${found.type}`;
    const message = `${kind.name} carries ${name} instead of ${expected.name}.`;
    report('model/unsupported-option', message, 'Convert the model with a released TensorFlow version.');
    return decodeOptions(expected, undefined);
  }
  try {
    return decodeOptions(expected, found?.table);
  } catch (error) {
    if (!(error instanceof UnsafeOptionError)) throw error;
    const message = `Option ${error.field} is ${error.value}, beyond ±2^53.`;
    report('model/unsupported-option', message, 'Use a value of at most 53 bits.');
    return {};
  }
}

function readCustomOptions(
  view: TableView<schema.OperatorFields>,
  kind: OperatorKind,
  file: Uint8Array,
  report: Report,
): Uint8Array | undefined {
  const inside = view.get('custom_options');
  const offset = view.get('large_custom_options_offset');
  const outside = outsideBytes(file, offset, view.get('large_custom_options_size'));
  if (outside === undefined) {
    report('format/corrupt', `Its custom options lie at ${offset}, behind the end of the file.`, damaged);
  }
  const options = inside.length > 0 ? inside : outside;
  if (options === undefined || options.length === 0) return undefined;
  if (!kind.name.startsWith('CUSTOM:')) {
    const message = 'A builtin operator carries custom options.';
    report('model/unsupported-option', message, 'Convert the model with a released TensorFlow version.');
  }
  return options;
}

function readOperator(view: TableView<schema.OperatorFields>, index: number, file: File, report: Report): Operator {
  const code = view.get('opcode_index');
  const kind = file.operatorKinds[code] ?? { name: 'unknown', version: 1 };
  const place = { operator: { index, name: kind.name } };
  const reportHere: Report = (problemCode, message, remedy) => report(problemCode, message, remedy, place);
  if (code >= file.operatorKinds.length) {
    const message = `The operator is of kind ${code}, and the file declares ${file.operatorKinds.length} kinds.`;
    reportHere('format/corrupt', message, damaged);
  }
  const customOptions = readCustomOptions(view, kind, file.bytes, reportHere);
  return {
    index,
    name: kind.name,
    version: kind.version,
    inputs: view.get('inputs'),
    outputs: view.get('outputs'),
    options: readOptions(view, kind, reportHere),
    ...(customOptions === undefined ? {} : { customOptions }),
  };
}

function readGraph(view: TableView<schema.SubGraphFields>, file: File, report: Report): Graph {
  const inputs = view.get('inputs');
  const operators = view.get('operators').map((operator, index) => readOperator(operator, index, file, report));
  const computed = new Set([...inputs, ...operators.flatMap((operator) => operator.outputs)]);
  return {
    name: view.get('name'),
    tensors: view.get('tensors').map((tensor, index) => readTensor(tensor, index, file, computed.has(index), report)),
    operators,
    inputs,
    outputs: view.get('outputs'),
  };
}

function readSignature(
  view: TableView<schema.SignatureDefFields>,
  graphs: readonly Graph[],
  report: Report,
): Signature {
  const key = view.get('signature_key');
  const subgraph = view.get('subgraph_index');
  const graph = graphs[subgraph];
  if (graph === undefined) {
    report('format/corrupt', `A signature is for subgraph ${subgraph} of ${graphs.length}.`, damaged);
  }
  const tensors = (maps: readonly TableView<schema.TensorMapFields>[]) =>
    maps.map((map) => {
      const tensor = map.get('tensor_index');
      if (graph !== undefined && tensor >= graph.tensors.length) {
        const message = `A signature names tensor ${tensor}, and the subgraph has ${graph.tensors.length} tensors.`;
        report('format/corrupt', message, damaged, { subgraph });
      }
      return { name: map.get('name'), tensor };
    });
  return { key, subgraph, inputs: tensors(view.get('inputs')), outputs: tensors(view.get('outputs')) };
}

/**
 * The model in a .tflite file. Constants share memory with `file`, which must not be modified afterwards; nothing else
 * is larger than a small multiple of the file.
 * Throws one ModelcError with every problem found (at most 100): the container's (format/…), or the graph's (model/…).
 */
export function readModel(file: Uint8Array, limits: Limits = defaultLimits): Model {
  // A plain view, so that slices are Uint8Array whatever subclass was passed.
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
  const root = verifyModel(bytes, limits);
  const found = new ProblemCollector();
  const report: Report = (code, message, remedy, place = {}) => found.add({ code, message, remedy, place });

  const version = root.get('version');
  if (version !== supportedVersion) {
    const remedy = 'Convert the model with TensorFlow 2.';
    report(
      'format/unsupported',
      `The file has schema version ${version}, only ${supportedVersion} is supported.`,
      remedy,
    );
  }
  const buffers = root.get('buffers').map((buffer, index) => readBuffer(buffer, index, bytes, report));
  const operatorKinds = root.get('operator_codes').map((code, index) => readOperatorKind(code, index, report));
  const contents: File = { buffers, operatorKinds, bytes };

  const graphs = root.get('subgraphs').map((view, subgraph) => {
    const graph = readGraph(view, contents, (code, message, remedy, place) =>
      report(code, message, remedy, { subgraph, ...place }),
    );
    found.add(...validateGraph(graph, subgraph));
    return graph;
  });
  if (graphs.length === 0) report('model/invalid', 'The file has no subgraph.', damaged);

  const metadata = root.get('metadata').map((view) => {
    const buffer = view.get('buffer');
    const data = buffers[buffer];
    if (data === undefined) {
      report('format/corrupt', `Metadata is in buffer ${buffer}, and the file has ${buffers.length} buffers.`, damaged);
    }
    return { name: view.get('name'), data: data ?? new Uint8Array(0) };
  });
  const signatures = root.get('signature_defs').map((view) => readSignature(view, graphs, report));
  found.throwIfAny();

  const description = root.get('description');
  return { version, description, graphs, metadata, signatures, crc32: crc32(bytes), byteLength: bytes.length };
}
