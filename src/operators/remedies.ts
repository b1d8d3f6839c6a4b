/** What to change in a model that modelc cannot compile, by what was found in it. */
import { printableName } from '../errors.js';
import type { ElementType } from '../ir/element-type.js';

const fullInteger =
  'Convert the model with full-integer int8 quantisation: set representative_dataset, and inference_input_type and inference_output_type to int8.';

const byType: Partial<Record<ElementType, string>> = {
  float32: fullInteger,
  float16: 'Quantise the model to int8 instead of float16: set representative_dataset and leave out the float16 types.',
  bfloat16: fullInteger,
  float64: fullInteger,
  uint8: 'Convert the model with TensorFlow 2, which quantises to int8.',
  int16: 'Quantise activations to 8 bits: leave out the option for 16-bit activations.',
  int4: 'Quantise weights to 8 bits.',
  uint4: 'Quantise weights to 8 bits.',
  int2: 'Quantise weights to 8 bits.',
  string: 'Take the handling of text out of the model.',
  resource: 'Export the model without variables and tables.',
  variant: 'Export the model without lists and other variants.',
};

/** For a tensor of type `found` where the operator takes `allowed`. */
export function typeRemedy(found: ElementType, allowed: readonly ElementType[]): string {
  if (!allowed.includes('int8') && allowed.length > 0) {
    return `Cast the tensor to ${allowed[0]} in the model before converting.`;
  }
  return byType[found] ?? 'Cast the tensor to one of these types in the model before converting.';
}

/** Custom operators whose work is not in the file in a form that others can run: what they are and where they come from. */
const accelerators: readonly (readonly [pattern: RegExp, accelerator: string, tool: string])[] = [
  [/^ethos-u$/, 'an Arm Ethos-U NPU', 'Vela'],
  [/^edgetpu-custom-op$/, 'a Coral Edge TPU', 'edgetpu_compiler'],
  [/^XC_/, 'an XMOS xcore chip', 'xmos-ai-tools (xformer)'],
  [/^NeutronGraph$/, 'an NXP eIQ Neutron NPU', 'the Neutron converter'],
];

/** Builtin operators for which there is something better to do than to look for another. */
const byOperator: readonly (readonly [pattern: RegExp, remedy: string])[] = [
  [
    /LSTM|RNN/,
    'Train the network on an unrolled loop of fixed length (`unroll=True` in Keras), or with convolutions over time.',
  ],
  [/^(IF|WHILE|CALL|CALL_ONCE)$/, 'Export the model without control flow, with a fixed number of steps.'],
  [
    /^(VAR_HANDLE|READ_VARIABLE|ASSIGN_VARIABLE)$/,
    'Export the model without variables: freeze them, and hand state over as inputs and outputs.',
  ],
  [/^HASHTABLE/, 'Look the result up in your own code.'],
  [
    /^(NON_MAX_SUPPRESSION_V[45]|TOPK_V2|ARG_MAX|ARG_MIN)$/,
    'Cut the model in front of it, and do this step in your own code.',
  ],
  [/^DENSIFY$/, 'Store the weights densely: convert without the sparsity option.'],
];

/** Message and remedy for an operator that no module compiles. */
export function unsupportedOperator({ name, version }: { readonly name: string; readonly version: number }): {
  readonly message: string;
  readonly remedy: string;
} {
  const shown = printableName(name);
  const message = `Operator ${shown} (version ${version}) is not supported.`;
  const custom = name.startsWith('CUSTOM:') ? name.slice('CUSTOM:'.length) : undefined;
  if (custom === undefined) {
    const remedy = name.startsWith('BUILTIN_')
      ? 'Convert the model with a released version of TensorFlow: this operator is not in the schema that modelc knows.'
      : byOperator.find(([pattern]) => pattern.test(name))?.[1];
    return { message, remedy: remedy ?? 'Replace it by operators that are; the README lists them.' };
  }
  const accelerator = accelerators.find(([pattern]) => pattern.test(custom));
  if (accelerator !== undefined) {
    const [, chip, tool] = accelerator;
    return {
      message: `The file was compiled for ${chip}: ${shown} stands for layers that only it can run.`,
      remedy: `Give modelc the int8 model that went into ${tool}.`,
    };
  }
  if (custom.startsWith('Flex')) {
    const operation = printableName(custom.slice('Flex'.length));
    return {
      message: `${shown} is the TensorFlow operation ${operation}, which needs the whole of TensorFlow.`,
      remedy: 'Convert with TFLITE_BUILTINS_INT8 alone, without SELECT_TF_OPS, and replace the operation in the model.',
    };
  }
  if (custom === 'TFLite_Detection_PostProcess') {
    return { message, remedy: 'Cut the model in front of it, and select the boxes in your own code.' };
  }
  return {
    message: `${shown} is a custom operator: the file does not say what it computes.`,
    remedy: 'Replace it by builtin operators in the model; the README lists those that modelc supports.',
  };
}
