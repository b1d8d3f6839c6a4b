/** Runs cases in the interpreter and in TensorFlow Lite Micro. */
import { interpret } from '../../../src/interpreter/interpreter.js';
import type { Graph } from '../../../src/ir/graph.js';
import { prepareGraph } from '../../../src/operators/registry.js';
import { readModel } from '../../../src/tflite/reader.js';
import { runTflm } from '../../oracle/oracle.js';
import { caseModel, type OperatorCase } from './operator-case.js';

/** Outputs of every inference, as bytes. */
export type CaseOutputs = readonly (readonly Uint8Array[])[];

/** What the interpreter computes, without any pass: constant operators are evaluated too. */
export function interpretCase(subject: OperatorCase): CaseOutputs {
  const graph = readModel(caseModel(subject)).graphs[0] as Graph;
  const layers = prepareGraph(graph);
  return subject.inferences.map((inputs) => interpret(graph, layers, inputs).outputs);
}

export type TflmOutcome = { readonly outputs: CaseOutputs } | { readonly error: string };

/** What TFLite Micro computes for each case, or why it does not. Runs two processes side by side. */
export async function runCasesInTflm(subjects: readonly OperatorCase[]): Promise<readonly TflmOutcome[]> {
  const half = Math.ceil(subjects.length / 2);
  const halves = await Promise.all([subjects.slice(0, half), subjects.slice(half)].map(runJobs));
  return halves.flat();
}

async function runJobs(subjects: readonly OperatorCase[]): Promise<readonly TflmOutcome[]> {
  const results = await runTflm(subjects.map((subject) => ({ model: caseModel(subject), steps: subject.inferences })));
  return results.map((result) =>
    result.ok
      ? { outputs: result.steps.map(({ outputs }) => outputs.map(({ bytes }) => bytes)) }
      : { error: result.error },
  );
}

/** The first difference in words; undefined when there is none. */
export function difference(wanted: CaseOutputs, found: CaseOutputs): string | undefined {
  for (const [inference, outputs] of wanted.entries()) {
    for (const [slot, bytes] of outputs.entries()) {
      const other = found[inference]?.[slot] ?? new Uint8Array(0);
      if (other.length !== bytes.length) {
        return `inference ${inference}, output ${slot}: ${other.length} bytes instead of ${bytes.length}`;
      }
      const first = bytes.findIndex((byte, i) => byte !== other[i]);
      if (first >= 0) {
        const count = bytes.reduce((total, byte, i) => total + Number(byte !== other[i]), 0);
        return `inference ${inference}, output ${slot}, byte ${first}: ${other[first]} instead of ${bytes[first]}; ${count} of ${bytes.length} bytes differ`;
      }
    }
  }
  return undefined;
}

/** The model of a case in words: its operators and what they read and write. */
export function describeCase({ graph }: OperatorCase): string {
  const tensor = (index: number): string => {
    const found = graph.tensors[index];
    if (found === undefined) return 'none';
    const { type, shape, quantization, data } = found;
    const scales = quantization === undefined ? '' : ` ${quantization.scales}:${quantization.zeroPoints}`;
    const values =
      type === 'int32' && data !== undefined && data.length <= 80 ? ` = ${new Int32Array(data.slice().buffer)}` : '';
    return `${data === undefined ? '' : 'constant '}${type}[${shape}]${scales}${values}`;
  };
  return graph.operators
    .map(
      ({ name, inputs, outputs, options }) =>
        `${name} ${JSON.stringify(options)}: ${inputs.map(tensor).join('; ')} -> ${outputs.map(tensor).join('; ')}`,
    )
    .join('\n');
}
