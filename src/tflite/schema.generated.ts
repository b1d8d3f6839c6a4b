// Generated from schema.fbs by scripts/generate-schema.ts. Do not edit.

import { defineEnum, type TableDescriptor, type UnionDescriptor } from './descriptor.js';
import type { TableView, UnionView } from './table.js';

export const fileIdentifier = 'TFL3';

export const TensorType = defineEnum('TensorType', {
  FLOAT32: 0,
  FLOAT16: 1,
  INT32: 2,
  UINT8: 3,
  INT64: 4,
  STRING: 5,
  BOOL: 6,
  INT16: 7,
  COMPLEX64: 8,
  INT8: 9,
  FLOAT64: 10,
  COMPLEX128: 11,
  UINT64: 12,
  RESOURCE: 13,
  VARIANT: 14,
  UINT32: 15,
  UINT16: 16,
  INT4: 17,
  BFLOAT16: 18,
  INT2: 19,
  UINT4: 20,
  FLOAT8_E4M3FN: 21,
  FLOAT8_E5M2: 22,
});

export interface CustomQuantizationFields {
  readonly custom: Uint8Array;
}
export const CustomQuantization: TableDescriptor<CustomQuantizationFields> = {
  name: 'CustomQuantization',
  slots: 1,
  fields: [
    { name: 'custom', id: 0, kind: 'scalars', type: 'ubyte', alignment: 16 },
  ],
};

export interface BlockwiseQuantizationFields {
  readonly scales: number;
  readonly zero_points: number;
  readonly block_size: number;
  readonly block_shape: readonly number[];
}
export const BlockwiseQuantization: TableDescriptor<BlockwiseQuantizationFields> = {
  name: 'BlockwiseQuantization',
  slots: 4,
  fields: [
    { name: 'scales', id: 0, kind: 'scalar', type: 'int', default: 0 },
    { name: 'zero_points', id: 1, kind: 'scalar', type: 'int', default: 0 },
    { name: 'block_size', id: 2, kind: 'scalar', type: 'int', default: 0 },
    { name: 'block_shape', id: 3, kind: 'scalars', type: 'int' },
  ],
};

export interface MultiAxisQuantizationFields {
  readonly scales: number;
  readonly zero_points: number;
  readonly block_size: number;
  readonly quantized_dimensions: readonly number[];
}
export const MultiAxisQuantization: TableDescriptor<MultiAxisQuantizationFields> = {
  name: 'MultiAxisQuantization',
  slots: 4,
  fields: [
    { name: 'scales', id: 0, kind: 'scalar', type: 'int', default: 0 },
    { name: 'zero_points', id: 1, kind: 'scalar', type: 'int', default: 0 },
    { name: 'block_size', id: 2, kind: 'scalar', type: 'int', default: 0 },
    { name: 'quantized_dimensions', id: 3, kind: 'scalars', type: 'int' },
  ],
};

export const QuantizationDetails: UnionDescriptor = {
  name: 'QuantizationDetails',
  members: [
    CustomQuantization,
    BlockwiseQuantization,
    MultiAxisQuantization,
  ],
};

export interface QuantizationParametersFields {
  readonly min: readonly number[];
  readonly max: readonly number[];
  readonly scale: readonly number[];
  readonly zero_point: readonly bigint[];
  readonly details: UnionView | undefined;
  readonly quantized_dimension: number;
}
export const QuantizationParameters: TableDescriptor<QuantizationParametersFields> = {
  name: 'QuantizationParameters',
  slots: 7,
  fields: [
    { name: 'min', id: 0, kind: 'scalars', type: 'float' },
    { name: 'max', id: 1, kind: 'scalars', type: 'float' },
    { name: 'scale', id: 2, kind: 'scalars', type: 'float' },
    { name: 'zero_point', id: 3, kind: 'scalars', type: 'long' },
    { name: 'details', id: 5, kind: 'union', union: QuantizationDetails },
    { name: 'quantized_dimension', id: 6, kind: 'scalar', type: 'int', default: 0 },
  ],
};

export const DimensionType = defineEnum('DimensionType', {
  DENSE: 0,
  SPARSE_CSR: 1,
});

export interface Int32VectorFields {
  readonly values: readonly number[];
}
export const Int32Vector: TableDescriptor<Int32VectorFields> = {
  name: 'Int32Vector',
  slots: 1,
  fields: [
    { name: 'values', id: 0, kind: 'scalars', type: 'int' },
  ],
};

export interface Uint16VectorFields {
  readonly values: readonly number[];
}
export const Uint16Vector: TableDescriptor<Uint16VectorFields> = {
  name: 'Uint16Vector',
  slots: 1,
  fields: [
    { name: 'values', id: 0, kind: 'scalars', type: 'ushort', alignment: 4 },
  ],
};

export interface Uint8VectorFields {
  readonly values: Uint8Array;
}
export const Uint8Vector: TableDescriptor<Uint8VectorFields> = {
  name: 'Uint8Vector',
  slots: 1,
  fields: [
    { name: 'values', id: 0, kind: 'scalars', type: 'ubyte', alignment: 4 },
  ],
};

export const SparseIndexVector: UnionDescriptor = {
  name: 'SparseIndexVector',
  members: [
    Int32Vector,
    Uint16Vector,
    Uint8Vector,
  ],
};

export interface DimensionMetadataFields {
  readonly format: number;
  readonly dense_size: number;
  readonly array_segments: UnionView | undefined;
  readonly array_indices: UnionView | undefined;
}
export const DimensionMetadata: TableDescriptor<DimensionMetadataFields> = {
  name: 'DimensionMetadata',
  slots: 6,
  fields: [
    { name: 'format', id: 0, kind: 'scalar', type: 'byte', enum: DimensionType, default: 0 },
    { name: 'dense_size', id: 1, kind: 'scalar', type: 'int', default: 0 },
    { name: 'array_segments', id: 3, kind: 'union', union: SparseIndexVector },
    { name: 'array_indices', id: 5, kind: 'union', union: SparseIndexVector },
  ],
};

export interface SparsityParametersFields {
  readonly traversal_order: readonly number[];
  readonly block_map: readonly number[];
  readonly dim_metadata: readonly TableView<DimensionMetadataFields>[];
}
export const SparsityParameters: TableDescriptor<SparsityParametersFields> = {
  name: 'SparsityParameters',
  slots: 3,
  fields: [
    { name: 'traversal_order', id: 0, kind: 'scalars', type: 'int' },
    { name: 'block_map', id: 1, kind: 'scalars', type: 'int' },
    { name: 'dim_metadata', id: 2, kind: 'tables', table: DimensionMetadata },
  ],
};

export interface VariantSubTypeFields {
  readonly shape: readonly number[];
  readonly type: number;
  readonly has_rank: boolean;
}
export const VariantSubType: TableDescriptor<VariantSubTypeFields> = {
  name: 'VariantSubType',
  slots: 3,
  fields: [
    { name: 'shape', id: 0, kind: 'scalars', type: 'int' },
    { name: 'type', id: 1, kind: 'scalar', type: 'byte', enum: TensorType, default: 0 },
    { name: 'has_rank', id: 2, kind: 'scalar', type: 'bool', default: false },
  ],
};

export interface TensorFields {
  readonly shape: readonly number[];
  readonly type: number;
  readonly buffer: number;
  readonly name: string;
  readonly quantization: TableView<QuantizationParametersFields> | undefined;
  readonly is_variable: boolean;
  readonly sparsity: TableView<SparsityParametersFields> | undefined;
  readonly shape_signature: readonly number[];
  readonly has_rank: boolean;
  readonly variant_tensors: readonly TableView<VariantSubTypeFields>[];
  readonly external_buffer: number;
}
export const Tensor: TableDescriptor<TensorFields> = {
  name: 'Tensor',
  slots: 11,
  fields: [
    { name: 'shape', id: 0, kind: 'scalars', type: 'int' },
    { name: 'type', id: 1, kind: 'scalar', type: 'byte', enum: TensorType, default: 0 },
    { name: 'buffer', id: 2, kind: 'scalar', type: 'uint', default: 0 },
    { name: 'name', id: 3, kind: 'string' },
    { name: 'quantization', id: 4, kind: 'table', table: QuantizationParameters },
    { name: 'is_variable', id: 5, kind: 'scalar', type: 'bool', default: false },
    { name: 'sparsity', id: 6, kind: 'table', table: SparsityParameters },
    { name: 'shape_signature', id: 7, kind: 'scalars', type: 'int' },
    { name: 'has_rank', id: 8, kind: 'scalar', type: 'bool', default: false },
    { name: 'variant_tensors', id: 9, kind: 'tables', table: VariantSubType },
    { name: 'external_buffer', id: 10, kind: 'scalar', type: 'uint', default: 0 },
  ],
};

export const BuiltinOperator = defineEnum('BuiltinOperator', {
  ADD: 0,
  AVERAGE_POOL_2D: 1,
  CONCATENATION: 2,
  CONV_2D: 3,
  DEPTHWISE_CONV_2D: 4,
  DEPTH_TO_SPACE: 5,
  DEQUANTIZE: 6,
  EMBEDDING_LOOKUP: 7,
  FLOOR: 8,
  FULLY_CONNECTED: 9,
  HASHTABLE_LOOKUP: 10,
  L2_NORMALIZATION: 11,
  L2_POOL_2D: 12,
  LOCAL_RESPONSE_NORMALIZATION: 13,
  LOGISTIC: 14,
  LSH_PROJECTION: 15,
  LSTM: 16,
  MAX_POOL_2D: 17,
  MUL: 18,
  RELU: 19,
  RELU_N1_TO_1: 20,
  RELU6: 21,
  RESHAPE: 22,
  RESIZE_BILINEAR: 23,
  RNN: 24,
  SOFTMAX: 25,
  SPACE_TO_DEPTH: 26,
  SVDF: 27,
  TANH: 28,
  CONCAT_EMBEDDINGS: 29,
  SKIP_GRAM: 30,
  CALL: 31,
  CUSTOM: 32,
  EMBEDDING_LOOKUP_SPARSE: 33,
  PAD: 34,
  UNIDIRECTIONAL_SEQUENCE_RNN: 35,
  GATHER: 36,
  BATCH_TO_SPACE_ND: 37,
  SPACE_TO_BATCH_ND: 38,
  TRANSPOSE: 39,
  MEAN: 40,
  SUB: 41,
  DIV: 42,
  SQUEEZE: 43,
  UNIDIRECTIONAL_SEQUENCE_LSTM: 44,
  STRIDED_SLICE: 45,
  BIDIRECTIONAL_SEQUENCE_RNN: 46,
  EXP: 47,
  TOPK_V2: 48,
  SPLIT: 49,
  LOG_SOFTMAX: 50,
  DELEGATE: 51,
  BIDIRECTIONAL_SEQUENCE_LSTM: 52,
  CAST: 53,
  PRELU: 54,
  MAXIMUM: 55,
  ARG_MAX: 56,
  MINIMUM: 57,
  LESS: 58,
  NEG: 59,
  PADV2: 60,
  GREATER: 61,
  GREATER_EQUAL: 62,
  LESS_EQUAL: 63,
  SELECT: 64,
  SLICE: 65,
  SIN: 66,
  TRANSPOSE_CONV: 67,
  SPARSE_TO_DENSE: 68,
  TILE: 69,
  EXPAND_DIMS: 70,
  EQUAL: 71,
  NOT_EQUAL: 72,
  LOG: 73,
  SUM: 74,
  SQRT: 75,
  RSQRT: 76,
  SHAPE: 77,
  POW: 78,
  ARG_MIN: 79,
  FAKE_QUANT: 80,
  REDUCE_PROD: 81,
  REDUCE_MAX: 82,
  PACK: 83,
  LOGICAL_OR: 84,
  ONE_HOT: 85,
  LOGICAL_AND: 86,
  LOGICAL_NOT: 87,
  UNPACK: 88,
  REDUCE_MIN: 89,
  FLOOR_DIV: 90,
  REDUCE_ANY: 91,
  SQUARE: 92,
  ZEROS_LIKE: 93,
  FILL: 94,
  FLOOR_MOD: 95,
  RANGE: 96,
  RESIZE_NEAREST_NEIGHBOR: 97,
  LEAKY_RELU: 98,
  SQUARED_DIFFERENCE: 99,
  MIRROR_PAD: 100,
  ABS: 101,
  SPLIT_V: 102,
  UNIQUE: 103,
  CEIL: 104,
  REVERSE_V2: 105,
  ADD_N: 106,
  GATHER_ND: 107,
  COS: 108,
  WHERE: 109,
  RANK: 110,
  ELU: 111,
  REVERSE_SEQUENCE: 112,
  MATRIX_DIAG: 113,
  QUANTIZE: 114,
  MATRIX_SET_DIAG: 115,
  ROUND: 116,
  HARD_SWISH: 117,
  IF: 118,
  WHILE: 119,
  NON_MAX_SUPPRESSION_V4: 120,
  NON_MAX_SUPPRESSION_V5: 121,
  SCATTER_ND: 122,
  SELECT_V2: 123,
  DENSIFY: 124,
  SEGMENT_SUM: 125,
  BATCH_MATMUL: 126,
  PLACEHOLDER_FOR_GREATER_OP_CODES: 127,
  CUMSUM: 128,
  CALL_ONCE: 129,
  BROADCAST_TO: 130,
  RFFT2D: 131,
  CONV_3D: 132,
  IMAG: 133,
  REAL: 134,
  COMPLEX_ABS: 135,
  HASHTABLE: 136,
  HASHTABLE_FIND: 137,
  HASHTABLE_IMPORT: 138,
  HASHTABLE_SIZE: 139,
  REDUCE_ALL: 140,
  CONV_3D_TRANSPOSE: 141,
  VAR_HANDLE: 142,
  READ_VARIABLE: 143,
  ASSIGN_VARIABLE: 144,
  BROADCAST_ARGS: 145,
  RANDOM_STANDARD_NORMAL: 146,
  BUCKETIZE: 147,
  RANDOM_UNIFORM: 148,
  MULTINOMIAL: 149,
  GELU: 150,
  DYNAMIC_UPDATE_SLICE: 151,
  RELU_0_TO_1: 152,
  UNSORTED_SEGMENT_PROD: 153,
  UNSORTED_SEGMENT_MAX: 154,
  UNSORTED_SEGMENT_SUM: 155,
  ATAN2: 156,
  UNSORTED_SEGMENT_MIN: 157,
  SIGN: 158,
  BITCAST: 159,
  BITWISE_XOR: 160,
  RIGHT_SHIFT: 161,
  STABLEHLO_LOGISTIC: 162,
  STABLEHLO_ADD: 163,
  STABLEHLO_DIVIDE: 164,
  STABLEHLO_MULTIPLY: 165,
  STABLEHLO_MAXIMUM: 166,
  STABLEHLO_RESHAPE: 167,
  STABLEHLO_CLAMP: 168,
  STABLEHLO_CONCATENATE: 169,
  STABLEHLO_BROADCAST_IN_DIM: 170,
  STABLEHLO_CONVOLUTION: 171,
  STABLEHLO_SLICE: 172,
  STABLEHLO_CUSTOM_CALL: 173,
  STABLEHLO_REDUCE: 174,
  STABLEHLO_ABS: 175,
  STABLEHLO_AND: 176,
  STABLEHLO_COSINE: 177,
  STABLEHLO_EXPONENTIAL: 178,
  STABLEHLO_FLOOR: 179,
  STABLEHLO_LOG: 180,
  STABLEHLO_MINIMUM: 181,
  STABLEHLO_NEGATE: 182,
  STABLEHLO_OR: 183,
  STABLEHLO_POWER: 184,
  STABLEHLO_REMAINDER: 185,
  STABLEHLO_RSQRT: 186,
  STABLEHLO_SELECT: 187,
  STABLEHLO_SUBTRACT: 188,
  STABLEHLO_TANH: 189,
  STABLEHLO_SCATTER: 190,
  STABLEHLO_COMPARE: 191,
  STABLEHLO_CONVERT: 192,
  STABLEHLO_DYNAMIC_SLICE: 193,
  STABLEHLO_DYNAMIC_UPDATE_SLICE: 194,
  STABLEHLO_PAD: 195,
  STABLEHLO_IOTA: 196,
  STABLEHLO_DOT_GENERAL: 197,
  STABLEHLO_REDUCE_WINDOW: 198,
  STABLEHLO_SORT: 199,
  STABLEHLO_WHILE: 200,
  STABLEHLO_GATHER: 201,
  STABLEHLO_TRANSPOSE: 202,
  DILATE: 203,
  STABLEHLO_RNG_BIT_GENERATOR: 204,
  REDUCE_WINDOW: 205,
  STABLEHLO_COMPOSITE: 206,
  STABLEHLO_SHIFT_LEFT: 207,
  STABLEHLO_CBRT: 208,
  STABLEHLO_CASE: 209,
});

export interface OperatorCodeFields {
  readonly deprecated_builtin_code: number;
  readonly custom_code: string;
  readonly version: number;
  readonly builtin_code: number;
}
export const OperatorCode: TableDescriptor<OperatorCodeFields> = {
  name: 'OperatorCode',
  slots: 4,
  fields: [
    { name: 'deprecated_builtin_code', id: 0, kind: 'scalar', type: 'byte', default: 0 },
    { name: 'custom_code', id: 1, kind: 'string' },
    { name: 'version', id: 2, kind: 'scalar', type: 'int', default: 1 },
    { name: 'builtin_code', id: 3, kind: 'scalar', type: 'int', enum: BuiltinOperator, default: 0 },
  ],
};

export const Padding = defineEnum('Padding', {
  SAME: 0,
  VALID: 1,
});

export const ActivationFunctionType = defineEnum('ActivationFunctionType', {
  NONE: 0,
  RELU: 1,
  RELU_N1_TO_1: 2,
  RELU6: 3,
  TANH: 4,
  SIGN_BIT: 5,
});

export const LSHProjectionType = defineEnum('LSHProjectionType', {
  UNKNOWN: 0,
  SPARSE: 1,
  DENSE: 2,
});

export const FullyConnectedOptionsWeightsFormat = defineEnum('FullyConnectedOptionsWeightsFormat', {
  DEFAULT: 0,
  SHUFFLED4x16INT8: 1,
});

export const LSTMKernelType = defineEnum('LSTMKernelType', {
  FULL: 0,
  BASIC: 1,
});

export const CombinerType = defineEnum('CombinerType', {
  SUM: 0,
  MEAN: 1,
  SQRTN: 2,
});

export const MirrorPadMode = defineEnum('MirrorPadMode', {
  REFLECT: 0,
  SYMMETRIC: 1,
});

export const CustomOptionsFormat = defineEnum('CustomOptionsFormat', {
  FLEXBUFFERS: 0,
});

export interface Conv2DOptionsFields {
  readonly padding: number;
  readonly stride_w: number;
  readonly stride_h: number;
  readonly fused_activation_function: number;
  readonly dilation_w_factor: number;
  readonly dilation_h_factor: number;
  readonly quantized_bias_type: number;
}
export const Conv2DOptions: TableDescriptor<Conv2DOptionsFields> = {
  name: 'Conv2DOptions',
  slots: 7,
  fields: [
    { name: 'padding', id: 0, kind: 'scalar', type: 'byte', enum: Padding, default: 0 },
    { name: 'stride_w', id: 1, kind: 'scalar', type: 'int', default: 0 },
    { name: 'stride_h', id: 2, kind: 'scalar', type: 'int', default: 0 },
    { name: 'fused_activation_function', id: 3, kind: 'scalar', type: 'byte', enum: ActivationFunctionType, default: 0 },
    { name: 'dilation_w_factor', id: 4, kind: 'scalar', type: 'int', default: 1 },
    { name: 'dilation_h_factor', id: 5, kind: 'scalar', type: 'int', default: 1 },
    { name: 'quantized_bias_type', id: 6, kind: 'scalar', type: 'byte', enum: TensorType, default: 0 },
  ],
};

export interface DepthwiseConv2DOptionsFields {
  readonly padding: number;
  readonly stride_w: number;
  readonly stride_h: number;
  readonly depth_multiplier: number;
  readonly fused_activation_function: number;
  readonly dilation_w_factor: number;
  readonly dilation_h_factor: number;
}
export const DepthwiseConv2DOptions: TableDescriptor<DepthwiseConv2DOptionsFields> = {
  name: 'DepthwiseConv2DOptions',
  slots: 7,
  fields: [
    { name: 'padding', id: 0, kind: 'scalar', type: 'byte', enum: Padding, default: 0 },
    { name: 'stride_w', id: 1, kind: 'scalar', type: 'int', default: 0 },
    { name: 'stride_h', id: 2, kind: 'scalar', type: 'int', default: 0 },
    { name: 'depth_multiplier', id: 3, kind: 'scalar', type: 'int', default: 0 },
    { name: 'fused_activation_function', id: 4, kind: 'scalar', type: 'byte', enum: ActivationFunctionType, default: 0 },
    { name: 'dilation_w_factor', id: 5, kind: 'scalar', type: 'int', default: 1 },
    { name: 'dilation_h_factor', id: 6, kind: 'scalar', type: 'int', default: 1 },
  ],
};

export interface ConcatEmbeddingsOptionsFields {
  readonly num_channels: number;
  readonly num_columns_per_channel: readonly number[];
  readonly embedding_dim_per_channel: readonly number[];
}
export const ConcatEmbeddingsOptions: TableDescriptor<ConcatEmbeddingsOptionsFields> = {
  name: 'ConcatEmbeddingsOptions',
  slots: 3,
  fields: [
    { name: 'num_channels', id: 0, kind: 'scalar', type: 'int', default: 0 },
    { name: 'num_columns_per_channel', id: 1, kind: 'scalars', type: 'int' },
    { name: 'embedding_dim_per_channel', id: 2, kind: 'scalars', type: 'int' },
  ],
};

export interface LSHProjectionOptionsFields {
  readonly type: number;
}
export const LSHProjectionOptions: TableDescriptor<LSHProjectionOptionsFields> = {
  name: 'LSHProjectionOptions',
  slots: 1,
  fields: [
    { name: 'type', id: 0, kind: 'scalar', type: 'byte', enum: LSHProjectionType, default: 0 },
  ],
};

export interface Pool2DOptionsFields {
  readonly padding: number;
  readonly stride_w: number;
  readonly stride_h: number;
  readonly filter_width: number;
  readonly filter_height: number;
  readonly fused_activation_function: number;
}
export const Pool2DOptions: TableDescriptor<Pool2DOptionsFields> = {
  name: 'Pool2DOptions',
  slots: 6,
  fields: [
    { name: 'padding', id: 0, kind: 'scalar', type: 'byte', enum: Padding, default: 0 },
    { name: 'stride_w', id: 1, kind: 'scalar', type: 'int', default: 0 },
    { name: 'stride_h', id: 2, kind: 'scalar', type: 'int', default: 0 },
    { name: 'filter_width', id: 3, kind: 'scalar', type: 'int', default: 0 },
    { name: 'filter_height', id: 4, kind: 'scalar', type: 'int', default: 0 },
    { name: 'fused_activation_function', id: 5, kind: 'scalar', type: 'byte', enum: ActivationFunctionType, default: 0 },
  ],
};

export interface SVDFOptionsFields {
  readonly rank: number;
  readonly fused_activation_function: number;
  readonly asymmetric_quantize_inputs: boolean;
}
export const SVDFOptions: TableDescriptor<SVDFOptionsFields> = {
  name: 'SVDFOptions',
  slots: 3,
  fields: [
    { name: 'rank', id: 0, kind: 'scalar', type: 'int', default: 0 },
    { name: 'fused_activation_function', id: 1, kind: 'scalar', type: 'byte', enum: ActivationFunctionType, default: 0 },
    { name: 'asymmetric_quantize_inputs', id: 2, kind: 'scalar', type: 'bool', default: false },
  ],
};

export interface RNNOptionsFields {
  readonly fused_activation_function: number;
  readonly asymmetric_quantize_inputs: boolean;
}
export const RNNOptions: TableDescriptor<RNNOptionsFields> = {
  name: 'RNNOptions',
  slots: 2,
  fields: [
    { name: 'fused_activation_function', id: 0, kind: 'scalar', type: 'byte', enum: ActivationFunctionType, default: 0 },
    { name: 'asymmetric_quantize_inputs', id: 1, kind: 'scalar', type: 'bool', default: false },
  ],
};

export interface FullyConnectedOptionsFields {
  readonly fused_activation_function: number;
  readonly weights_format: number;
  readonly keep_num_dims: boolean;
  readonly asymmetric_quantize_inputs: boolean;
  readonly quantized_bias_type: number;
  readonly quant_spec: Uint8Array;
}
export const FullyConnectedOptions: TableDescriptor<FullyConnectedOptionsFields> = {
  name: 'FullyConnectedOptions',
  slots: 6,
  fields: [
    { name: 'fused_activation_function', id: 0, kind: 'scalar', type: 'byte', enum: ActivationFunctionType, default: 0 },
    { name: 'weights_format', id: 1, kind: 'scalar', type: 'byte', enum: FullyConnectedOptionsWeightsFormat, default: 0 },
    { name: 'keep_num_dims', id: 2, kind: 'scalar', type: 'bool', default: false },
    { name: 'asymmetric_quantize_inputs', id: 3, kind: 'scalar', type: 'bool', default: false },
    { name: 'quantized_bias_type', id: 4, kind: 'scalar', type: 'byte', enum: TensorType, default: 0 },
    { name: 'quant_spec', id: 5, kind: 'scalars', type: 'ubyte' },
  ],
};

export interface SoftmaxOptionsFields {
  readonly beta: number;
}
export const SoftmaxOptions: TableDescriptor<SoftmaxOptionsFields> = {
  name: 'SoftmaxOptions',
  slots: 1,
  fields: [
    { name: 'beta', id: 0, kind: 'scalar', type: 'float', default: 0 },
  ],
};

export interface ConcatenationOptionsFields {
  readonly axis: number;
  readonly fused_activation_function: number;
}
export const ConcatenationOptions: TableDescriptor<ConcatenationOptionsFields> = {
  name: 'ConcatenationOptions',
  slots: 2,
  fields: [
    { name: 'axis', id: 0, kind: 'scalar', type: 'int', default: 0 },
    { name: 'fused_activation_function', id: 1, kind: 'scalar', type: 'byte', enum: ActivationFunctionType, default: 0 },
  ],
};

export interface AddOptionsFields {
  readonly fused_activation_function: number;
  readonly pot_scale_int16: boolean;
}
export const AddOptions: TableDescriptor<AddOptionsFields> = {
  name: 'AddOptions',
  slots: 2,
  fields: [
    { name: 'fused_activation_function', id: 0, kind: 'scalar', type: 'byte', enum: ActivationFunctionType, default: 0 },
    { name: 'pot_scale_int16', id: 1, kind: 'scalar', type: 'bool', default: true },
  ],
};

export interface L2NormOptionsFields {
  readonly fused_activation_function: number;
}
export const L2NormOptions: TableDescriptor<L2NormOptionsFields> = {
  name: 'L2NormOptions',
  slots: 1,
  fields: [
    { name: 'fused_activation_function', id: 0, kind: 'scalar', type: 'byte', enum: ActivationFunctionType, default: 0 },
  ],
};

export interface LocalResponseNormalizationOptionsFields {
  readonly radius: number;
  readonly bias: number;
  readonly alpha: number;
  readonly beta: number;
}
export const LocalResponseNormalizationOptions: TableDescriptor<LocalResponseNormalizationOptionsFields> = {
  name: 'LocalResponseNormalizationOptions',
  slots: 4,
  fields: [
    { name: 'radius', id: 0, kind: 'scalar', type: 'int', default: 0 },
    { name: 'bias', id: 1, kind: 'scalar', type: 'float', default: 0 },
    { name: 'alpha', id: 2, kind: 'scalar', type: 'float', default: 0 },
    { name: 'beta', id: 3, kind: 'scalar', type: 'float', default: 0 },
  ],
};

export interface LSTMOptionsFields {
  readonly fused_activation_function: number;
  readonly cell_clip: number;
  readonly proj_clip: number;
  readonly kernel_type: number;
  readonly asymmetric_quantize_inputs: boolean;
}
export const LSTMOptions: TableDescriptor<LSTMOptionsFields> = {
  name: 'LSTMOptions',
  slots: 5,
  fields: [
    { name: 'fused_activation_function', id: 0, kind: 'scalar', type: 'byte', enum: ActivationFunctionType, default: 0 },
    { name: 'cell_clip', id: 1, kind: 'scalar', type: 'float', default: 0 },
    { name: 'proj_clip', id: 2, kind: 'scalar', type: 'float', default: 0 },
    { name: 'kernel_type', id: 3, kind: 'scalar', type: 'byte', enum: LSTMKernelType, default: 0 },
    { name: 'asymmetric_quantize_inputs', id: 4, kind: 'scalar', type: 'bool', default: false },
  ],
};

export interface ResizeBilinearOptionsFields {
  readonly align_corners: boolean;
  readonly half_pixel_centers: boolean;
}
export const ResizeBilinearOptions: TableDescriptor<ResizeBilinearOptionsFields> = {
  name: 'ResizeBilinearOptions',
  slots: 4,
  fields: [
    { name: 'align_corners', id: 2, kind: 'scalar', type: 'bool', default: false },
    { name: 'half_pixel_centers', id: 3, kind: 'scalar', type: 'bool', default: false },
  ],
};

export interface CallOptionsFields {
  readonly subgraph: number;
}
export const CallOptions: TableDescriptor<CallOptionsFields> = {
  name: 'CallOptions',
  slots: 1,
  fields: [
    { name: 'subgraph', id: 0, kind: 'scalar', type: 'uint', default: 0 },
  ],
};

export interface ReshapeOptionsFields {
  readonly new_shape: readonly number[];
}
export const ReshapeOptions: TableDescriptor<ReshapeOptionsFields> = {
  name: 'ReshapeOptions',
  slots: 1,
  fields: [
    { name: 'new_shape', id: 0, kind: 'scalars', type: 'int' },
  ],
};

export interface SkipGramOptionsFields {
  readonly ngram_size: number;
  readonly max_skip_size: number;
  readonly include_all_ngrams: boolean;
}
export const SkipGramOptions: TableDescriptor<SkipGramOptionsFields> = {
  name: 'SkipGramOptions',
  slots: 3,
  fields: [
    { name: 'ngram_size', id: 0, kind: 'scalar', type: 'int', default: 0 },
    { name: 'max_skip_size', id: 1, kind: 'scalar', type: 'int', default: 0 },
    { name: 'include_all_ngrams', id: 2, kind: 'scalar', type: 'bool', default: false },
  ],
};

export interface SpaceToDepthOptionsFields {
  readonly block_size: number;
}
export const SpaceToDepthOptions: TableDescriptor<SpaceToDepthOptionsFields> = {
  name: 'SpaceToDepthOptions',
  slots: 1,
  fields: [
    { name: 'block_size', id: 0, kind: 'scalar', type: 'int', default: 0 },
  ],
};

export interface EmbeddingLookupSparseOptionsFields {
  readonly combiner: number;
}
export const EmbeddingLookupSparseOptions: TableDescriptor<EmbeddingLookupSparseOptionsFields> = {
  name: 'EmbeddingLookupSparseOptions',
  slots: 1,
  fields: [
    { name: 'combiner', id: 0, kind: 'scalar', type: 'byte', enum: CombinerType, default: 0 },
  ],
};

export interface MulOptionsFields {
  readonly fused_activation_function: number;
}
export const MulOptions: TableDescriptor<MulOptionsFields> = {
  name: 'MulOptions',
  slots: 1,
  fields: [
    { name: 'fused_activation_function', id: 0, kind: 'scalar', type: 'byte', enum: ActivationFunctionType, default: 0 },
  ],
};

export interface PadOptionsFields {}
export const PadOptions: TableDescriptor<PadOptionsFields> = {
  name: 'PadOptions',
  slots: 0,
  fields: [],
};

export interface GatherOptionsFields {
  readonly axis: number;
  readonly batch_dims: number;
}
export const GatherOptions: TableDescriptor<GatherOptionsFields> = {
  name: 'GatherOptions',
  slots: 2,
  fields: [
    { name: 'axis', id: 0, kind: 'scalar', type: 'int', default: 0 },
    { name: 'batch_dims', id: 1, kind: 'scalar', type: 'int', default: 0 },
  ],
};

export interface BatchToSpaceNDOptionsFields {}
export const BatchToSpaceNDOptions: TableDescriptor<BatchToSpaceNDOptionsFields> = {
  name: 'BatchToSpaceNDOptions',
  slots: 0,
  fields: [],
};

export interface SpaceToBatchNDOptionsFields {}
export const SpaceToBatchNDOptions: TableDescriptor<SpaceToBatchNDOptionsFields> = {
  name: 'SpaceToBatchNDOptions',
  slots: 0,
  fields: [],
};

export interface TransposeOptionsFields {}
export const TransposeOptions: TableDescriptor<TransposeOptionsFields> = {
  name: 'TransposeOptions',
  slots: 0,
  fields: [],
};

export interface ReducerOptionsFields {
  readonly keep_dims: boolean;
}
export const ReducerOptions: TableDescriptor<ReducerOptionsFields> = {
  name: 'ReducerOptions',
  slots: 1,
  fields: [
    { name: 'keep_dims', id: 0, kind: 'scalar', type: 'bool', default: false },
  ],
};

export interface SubOptionsFields {
  readonly fused_activation_function: number;
  readonly pot_scale_int16: boolean;
}
export const SubOptions: TableDescriptor<SubOptionsFields> = {
  name: 'SubOptions',
  slots: 2,
  fields: [
    { name: 'fused_activation_function', id: 0, kind: 'scalar', type: 'byte', enum: ActivationFunctionType, default: 0 },
    { name: 'pot_scale_int16', id: 1, kind: 'scalar', type: 'bool', default: true },
  ],
};

export interface DivOptionsFields {
  readonly fused_activation_function: number;
}
export const DivOptions: TableDescriptor<DivOptionsFields> = {
  name: 'DivOptions',
  slots: 1,
  fields: [
    { name: 'fused_activation_function', id: 0, kind: 'scalar', type: 'byte', enum: ActivationFunctionType, default: 0 },
  ],
};

export interface SqueezeOptionsFields {
  readonly squeeze_dims: readonly number[];
}
export const SqueezeOptions: TableDescriptor<SqueezeOptionsFields> = {
  name: 'SqueezeOptions',
  slots: 1,
  fields: [
    { name: 'squeeze_dims', id: 0, kind: 'scalars', type: 'int' },
  ],
};

export interface SequenceRNNOptionsFields {
  readonly time_major: boolean;
  readonly fused_activation_function: number;
  readonly asymmetric_quantize_inputs: boolean;
}
export const SequenceRNNOptions: TableDescriptor<SequenceRNNOptionsFields> = {
  name: 'SequenceRNNOptions',
  slots: 3,
  fields: [
    { name: 'time_major', id: 0, kind: 'scalar', type: 'bool', default: false },
    { name: 'fused_activation_function', id: 1, kind: 'scalar', type: 'byte', enum: ActivationFunctionType, default: 0 },
    { name: 'asymmetric_quantize_inputs', id: 2, kind: 'scalar', type: 'bool', default: false },
  ],
};

export interface StridedSliceOptionsFields {
  readonly begin_mask: number;
  readonly end_mask: number;
  readonly ellipsis_mask: number;
  readonly new_axis_mask: number;
  readonly shrink_axis_mask: number;
  readonly offset: boolean;
}
export const StridedSliceOptions: TableDescriptor<StridedSliceOptionsFields> = {
  name: 'StridedSliceOptions',
  slots: 6,
  fields: [
    { name: 'begin_mask', id: 0, kind: 'scalar', type: 'int', default: 0 },
    { name: 'end_mask', id: 1, kind: 'scalar', type: 'int', default: 0 },
    { name: 'ellipsis_mask', id: 2, kind: 'scalar', type: 'int', default: 0 },
    { name: 'new_axis_mask', id: 3, kind: 'scalar', type: 'int', default: 0 },
    { name: 'shrink_axis_mask', id: 4, kind: 'scalar', type: 'int', default: 0 },
    { name: 'offset', id: 5, kind: 'scalar', type: 'bool', default: false },
  ],
};

export interface ExpOptionsFields {}
export const ExpOptions: TableDescriptor<ExpOptionsFields> = {
  name: 'ExpOptions',
  slots: 0,
  fields: [],
};

export interface TopKV2OptionsFields {}
export const TopKV2Options: TableDescriptor<TopKV2OptionsFields> = {
  name: 'TopKV2Options',
  slots: 0,
  fields: [],
};

export interface SplitOptionsFields {
  readonly num_splits: number;
}
export const SplitOptions: TableDescriptor<SplitOptionsFields> = {
  name: 'SplitOptions',
  slots: 1,
  fields: [
    { name: 'num_splits', id: 0, kind: 'scalar', type: 'int', default: 0 },
  ],
};

export interface LogSoftmaxOptionsFields {}
export const LogSoftmaxOptions: TableDescriptor<LogSoftmaxOptionsFields> = {
  name: 'LogSoftmaxOptions',
  slots: 0,
  fields: [],
};

export interface CastOptionsFields {
  readonly in_data_type: number;
  readonly out_data_type: number;
}
export const CastOptions: TableDescriptor<CastOptionsFields> = {
  name: 'CastOptions',
  slots: 2,
  fields: [
    { name: 'in_data_type', id: 0, kind: 'scalar', type: 'byte', enum: TensorType, default: 0 },
    { name: 'out_data_type', id: 1, kind: 'scalar', type: 'byte', enum: TensorType, default: 0 },
  ],
};

export interface DequantizeOptionsFields {}
export const DequantizeOptions: TableDescriptor<DequantizeOptionsFields> = {
  name: 'DequantizeOptions',
  slots: 0,
  fields: [],
};

export interface MaximumMinimumOptionsFields {}
export const MaximumMinimumOptions: TableDescriptor<MaximumMinimumOptionsFields> = {
  name: 'MaximumMinimumOptions',
  slots: 0,
  fields: [],
};

export interface ArgMaxOptionsFields {
  readonly output_type: number;
}
export const ArgMaxOptions: TableDescriptor<ArgMaxOptionsFields> = {
  name: 'ArgMaxOptions',
  slots: 1,
  fields: [
    { name: 'output_type', id: 0, kind: 'scalar', type: 'byte', enum: TensorType, default: 0 },
  ],
};

export interface LessOptionsFields {}
export const LessOptions: TableDescriptor<LessOptionsFields> = {
  name: 'LessOptions',
  slots: 0,
  fields: [],
};

export interface NegOptionsFields {}
export const NegOptions: TableDescriptor<NegOptionsFields> = {
  name: 'NegOptions',
  slots: 0,
  fields: [],
};

export interface PadV2OptionsFields {}
export const PadV2Options: TableDescriptor<PadV2OptionsFields> = {
  name: 'PadV2Options',
  slots: 0,
  fields: [],
};

export interface GreaterOptionsFields {}
export const GreaterOptions: TableDescriptor<GreaterOptionsFields> = {
  name: 'GreaterOptions',
  slots: 0,
  fields: [],
};

export interface GreaterEqualOptionsFields {}
export const GreaterEqualOptions: TableDescriptor<GreaterEqualOptionsFields> = {
  name: 'GreaterEqualOptions',
  slots: 0,
  fields: [],
};

export interface LessEqualOptionsFields {}
export const LessEqualOptions: TableDescriptor<LessEqualOptionsFields> = {
  name: 'LessEqualOptions',
  slots: 0,
  fields: [],
};

export interface SelectOptionsFields {}
export const SelectOptions: TableDescriptor<SelectOptionsFields> = {
  name: 'SelectOptions',
  slots: 0,
  fields: [],
};

export interface SliceOptionsFields {}
export const SliceOptions: TableDescriptor<SliceOptionsFields> = {
  name: 'SliceOptions',
  slots: 0,
  fields: [],
};

export interface TransposeConvOptionsFields {
  readonly padding: number;
  readonly stride_w: number;
  readonly stride_h: number;
  readonly fused_activation_function: number;
  readonly quantized_bias_type: number;
}
export const TransposeConvOptions: TableDescriptor<TransposeConvOptionsFields> = {
  name: 'TransposeConvOptions',
  slots: 5,
  fields: [
    { name: 'padding', id: 0, kind: 'scalar', type: 'byte', enum: Padding, default: 0 },
    { name: 'stride_w', id: 1, kind: 'scalar', type: 'int', default: 0 },
    { name: 'stride_h', id: 2, kind: 'scalar', type: 'int', default: 0 },
    { name: 'fused_activation_function', id: 3, kind: 'scalar', type: 'byte', enum: ActivationFunctionType, default: 0 },
    { name: 'quantized_bias_type', id: 4, kind: 'scalar', type: 'byte', enum: TensorType, default: 0 },
  ],
};

export interface SparseToDenseOptionsFields {
  readonly validate_indices: boolean;
}
export const SparseToDenseOptions: TableDescriptor<SparseToDenseOptionsFields> = {
  name: 'SparseToDenseOptions',
  slots: 1,
  fields: [
    { name: 'validate_indices', id: 0, kind: 'scalar', type: 'bool', default: false },
  ],
};

export interface TileOptionsFields {}
export const TileOptions: TableDescriptor<TileOptionsFields> = {
  name: 'TileOptions',
  slots: 0,
  fields: [],
};

export interface ExpandDimsOptionsFields {}
export const ExpandDimsOptions: TableDescriptor<ExpandDimsOptionsFields> = {
  name: 'ExpandDimsOptions',
  slots: 0,
  fields: [],
};

export interface EqualOptionsFields {}
export const EqualOptions: TableDescriptor<EqualOptionsFields> = {
  name: 'EqualOptions',
  slots: 0,
  fields: [],
};

export interface NotEqualOptionsFields {}
export const NotEqualOptions: TableDescriptor<NotEqualOptionsFields> = {
  name: 'NotEqualOptions',
  slots: 0,
  fields: [],
};

export interface ShapeOptionsFields {
  readonly out_type: number;
}
export const ShapeOptions: TableDescriptor<ShapeOptionsFields> = {
  name: 'ShapeOptions',
  slots: 1,
  fields: [
    { name: 'out_type', id: 0, kind: 'scalar', type: 'byte', enum: TensorType, default: 0 },
  ],
};

export interface PowOptionsFields {}
export const PowOptions: TableDescriptor<PowOptionsFields> = {
  name: 'PowOptions',
  slots: 0,
  fields: [],
};

export interface ArgMinOptionsFields {
  readonly output_type: number;
}
export const ArgMinOptions: TableDescriptor<ArgMinOptionsFields> = {
  name: 'ArgMinOptions',
  slots: 1,
  fields: [
    { name: 'output_type', id: 0, kind: 'scalar', type: 'byte', enum: TensorType, default: 0 },
  ],
};

export interface FakeQuantOptionsFields {
  readonly min: number;
  readonly max: number;
  readonly num_bits: number;
  readonly narrow_range: boolean;
}
export const FakeQuantOptions: TableDescriptor<FakeQuantOptionsFields> = {
  name: 'FakeQuantOptions',
  slots: 4,
  fields: [
    { name: 'min', id: 0, kind: 'scalar', type: 'float', default: 0 },
    { name: 'max', id: 1, kind: 'scalar', type: 'float', default: 0 },
    { name: 'num_bits', id: 2, kind: 'scalar', type: 'int', default: 0 },
    { name: 'narrow_range', id: 3, kind: 'scalar', type: 'bool', default: false },
  ],
};

export interface PackOptionsFields {
  readonly values_count: number;
  readonly axis: number;
}
export const PackOptions: TableDescriptor<PackOptionsFields> = {
  name: 'PackOptions',
  slots: 2,
  fields: [
    { name: 'values_count', id: 0, kind: 'scalar', type: 'int', default: 0 },
    { name: 'axis', id: 1, kind: 'scalar', type: 'int', default: 0 },
  ],
};

export interface LogicalOrOptionsFields {}
export const LogicalOrOptions: TableDescriptor<LogicalOrOptionsFields> = {
  name: 'LogicalOrOptions',
  slots: 0,
  fields: [],
};

export interface OneHotOptionsFields {
  readonly axis: number;
}
export const OneHotOptions: TableDescriptor<OneHotOptionsFields> = {
  name: 'OneHotOptions',
  slots: 1,
  fields: [
    { name: 'axis', id: 0, kind: 'scalar', type: 'int', default: 0 },
  ],
};

export interface LogicalAndOptionsFields {}
export const LogicalAndOptions: TableDescriptor<LogicalAndOptionsFields> = {
  name: 'LogicalAndOptions',
  slots: 0,
  fields: [],
};

export interface LogicalNotOptionsFields {}
export const LogicalNotOptions: TableDescriptor<LogicalNotOptionsFields> = {
  name: 'LogicalNotOptions',
  slots: 0,
  fields: [],
};

export interface UnpackOptionsFields {
  readonly num: number;
  readonly axis: number;
}
export const UnpackOptions: TableDescriptor<UnpackOptionsFields> = {
  name: 'UnpackOptions',
  slots: 2,
  fields: [
    { name: 'num', id: 0, kind: 'scalar', type: 'int', default: 0 },
    { name: 'axis', id: 1, kind: 'scalar', type: 'int', default: 0 },
  ],
};

export interface FloorDivOptionsFields {}
export const FloorDivOptions: TableDescriptor<FloorDivOptionsFields> = {
  name: 'FloorDivOptions',
  slots: 0,
  fields: [],
};

export interface SquareOptionsFields {}
export const SquareOptions: TableDescriptor<SquareOptionsFields> = {
  name: 'SquareOptions',
  slots: 0,
  fields: [],
};

export interface ZerosLikeOptionsFields {}
export const ZerosLikeOptions: TableDescriptor<ZerosLikeOptionsFields> = {
  name: 'ZerosLikeOptions',
  slots: 0,
  fields: [],
};

export interface FillOptionsFields {}
export const FillOptions: TableDescriptor<FillOptionsFields> = {
  name: 'FillOptions',
  slots: 0,
  fields: [],
};

export interface BidirectionalSequenceLSTMOptionsFields {
  readonly fused_activation_function: number;
  readonly cell_clip: number;
  readonly proj_clip: number;
  readonly merge_outputs: boolean;
  readonly time_major: boolean;
  readonly asymmetric_quantize_inputs: boolean;
}
export const BidirectionalSequenceLSTMOptions: TableDescriptor<BidirectionalSequenceLSTMOptionsFields> = {
  name: 'BidirectionalSequenceLSTMOptions',
  slots: 6,
  fields: [
    { name: 'fused_activation_function', id: 0, kind: 'scalar', type: 'byte', enum: ActivationFunctionType, default: 0 },
    { name: 'cell_clip', id: 1, kind: 'scalar', type: 'float', default: 0 },
    { name: 'proj_clip', id: 2, kind: 'scalar', type: 'float', default: 0 },
    { name: 'merge_outputs', id: 3, kind: 'scalar', type: 'bool', default: false },
    { name: 'time_major', id: 4, kind: 'scalar', type: 'bool', default: true },
    { name: 'asymmetric_quantize_inputs', id: 5, kind: 'scalar', type: 'bool', default: false },
  ],
};

export interface BidirectionalSequenceRNNOptionsFields {
  readonly time_major: boolean;
  readonly fused_activation_function: number;
  readonly merge_outputs: boolean;
  readonly asymmetric_quantize_inputs: boolean;
}
export const BidirectionalSequenceRNNOptions: TableDescriptor<BidirectionalSequenceRNNOptionsFields> = {
  name: 'BidirectionalSequenceRNNOptions',
  slots: 4,
  fields: [
    { name: 'time_major', id: 0, kind: 'scalar', type: 'bool', default: false },
    { name: 'fused_activation_function', id: 1, kind: 'scalar', type: 'byte', enum: ActivationFunctionType, default: 0 },
    { name: 'merge_outputs', id: 2, kind: 'scalar', type: 'bool', default: false },
    { name: 'asymmetric_quantize_inputs', id: 3, kind: 'scalar', type: 'bool', default: false },
  ],
};

export interface UnidirectionalSequenceLSTMOptionsFields {
  readonly fused_activation_function: number;
  readonly cell_clip: number;
  readonly proj_clip: number;
  readonly time_major: boolean;
  readonly asymmetric_quantize_inputs: boolean;
  readonly diagonal_recurrent_tensors: boolean;
}
export const UnidirectionalSequenceLSTMOptions: TableDescriptor<UnidirectionalSequenceLSTMOptionsFields> = {
  name: 'UnidirectionalSequenceLSTMOptions',
  slots: 6,
  fields: [
    { name: 'fused_activation_function', id: 0, kind: 'scalar', type: 'byte', enum: ActivationFunctionType, default: 0 },
    { name: 'cell_clip', id: 1, kind: 'scalar', type: 'float', default: 0 },
    { name: 'proj_clip', id: 2, kind: 'scalar', type: 'float', default: 0 },
    { name: 'time_major', id: 3, kind: 'scalar', type: 'bool', default: false },
    { name: 'asymmetric_quantize_inputs', id: 4, kind: 'scalar', type: 'bool', default: false },
    { name: 'diagonal_recurrent_tensors', id: 5, kind: 'scalar', type: 'bool', default: false },
  ],
};

export interface FloorModOptionsFields {}
export const FloorModOptions: TableDescriptor<FloorModOptionsFields> = {
  name: 'FloorModOptions',
  slots: 0,
  fields: [],
};

export interface RangeOptionsFields {}
export const RangeOptions: TableDescriptor<RangeOptionsFields> = {
  name: 'RangeOptions',
  slots: 0,
  fields: [],
};

export interface ResizeNearestNeighborOptionsFields {
  readonly align_corners: boolean;
  readonly half_pixel_centers: boolean;
}
export const ResizeNearestNeighborOptions: TableDescriptor<ResizeNearestNeighborOptionsFields> = {
  name: 'ResizeNearestNeighborOptions',
  slots: 2,
  fields: [
    { name: 'align_corners', id: 0, kind: 'scalar', type: 'bool', default: false },
    { name: 'half_pixel_centers', id: 1, kind: 'scalar', type: 'bool', default: false },
  ],
};

export interface LeakyReluOptionsFields {
  readonly alpha: number;
}
export const LeakyReluOptions: TableDescriptor<LeakyReluOptionsFields> = {
  name: 'LeakyReluOptions',
  slots: 1,
  fields: [
    { name: 'alpha', id: 0, kind: 'scalar', type: 'float', default: 0 },
  ],
};

export interface SquaredDifferenceOptionsFields {}
export const SquaredDifferenceOptions: TableDescriptor<SquaredDifferenceOptionsFields> = {
  name: 'SquaredDifferenceOptions',
  slots: 0,
  fields: [],
};

export interface MirrorPadOptionsFields {
  readonly mode: number;
}
export const MirrorPadOptions: TableDescriptor<MirrorPadOptionsFields> = {
  name: 'MirrorPadOptions',
  slots: 1,
  fields: [
    { name: 'mode', id: 0, kind: 'scalar', type: 'byte', enum: MirrorPadMode, default: 0 },
  ],
};

export interface AbsOptionsFields {}
export const AbsOptions: TableDescriptor<AbsOptionsFields> = {
  name: 'AbsOptions',
  slots: 0,
  fields: [],
};

export interface SplitVOptionsFields {
  readonly num_splits: number;
}
export const SplitVOptions: TableDescriptor<SplitVOptionsFields> = {
  name: 'SplitVOptions',
  slots: 1,
  fields: [
    { name: 'num_splits', id: 0, kind: 'scalar', type: 'int', default: 0 },
  ],
};

export interface UniqueOptionsFields {
  readonly idx_out_type: number;
}
export const UniqueOptions: TableDescriptor<UniqueOptionsFields> = {
  name: 'UniqueOptions',
  slots: 1,
  fields: [
    { name: 'idx_out_type', id: 0, kind: 'scalar', type: 'byte', enum: TensorType, default: 2 },
  ],
};

export interface ReverseV2OptionsFields {}
export const ReverseV2Options: TableDescriptor<ReverseV2OptionsFields> = {
  name: 'ReverseV2Options',
  slots: 0,
  fields: [],
};

export interface AddNOptionsFields {}
export const AddNOptions: TableDescriptor<AddNOptionsFields> = {
  name: 'AddNOptions',
  slots: 0,
  fields: [],
};

export interface GatherNdOptionsFields {}
export const GatherNdOptions: TableDescriptor<GatherNdOptionsFields> = {
  name: 'GatherNdOptions',
  slots: 0,
  fields: [],
};

export interface CosOptionsFields {}
export const CosOptions: TableDescriptor<CosOptionsFields> = {
  name: 'CosOptions',
  slots: 0,
  fields: [],
};

export interface WhereOptionsFields {}
export const WhereOptions: TableDescriptor<WhereOptionsFields> = {
  name: 'WhereOptions',
  slots: 0,
  fields: [],
};

export interface RankOptionsFields {}
export const RankOptions: TableDescriptor<RankOptionsFields> = {
  name: 'RankOptions',
  slots: 0,
  fields: [],
};

export interface ReverseSequenceOptionsFields {
  readonly seq_dim: number;
  readonly batch_dim: number;
}
export const ReverseSequenceOptions: TableDescriptor<ReverseSequenceOptionsFields> = {
  name: 'ReverseSequenceOptions',
  slots: 2,
  fields: [
    { name: 'seq_dim', id: 0, kind: 'scalar', type: 'int', default: 0 },
    { name: 'batch_dim', id: 1, kind: 'scalar', type: 'int', default: 0 },
  ],
};

export interface MatrixDiagOptionsFields {}
export const MatrixDiagOptions: TableDescriptor<MatrixDiagOptionsFields> = {
  name: 'MatrixDiagOptions',
  slots: 0,
  fields: [],
};

export interface QuantizeOptionsFields {}
export const QuantizeOptions: TableDescriptor<QuantizeOptionsFields> = {
  name: 'QuantizeOptions',
  slots: 0,
  fields: [],
};

export interface MatrixSetDiagOptionsFields {}
export const MatrixSetDiagOptions: TableDescriptor<MatrixSetDiagOptionsFields> = {
  name: 'MatrixSetDiagOptions',
  slots: 0,
  fields: [],
};

export interface HardSwishOptionsFields {}
export const HardSwishOptions: TableDescriptor<HardSwishOptionsFields> = {
  name: 'HardSwishOptions',
  slots: 0,
  fields: [],
};

export interface IfOptionsFields {
  readonly then_subgraph_index: number;
  readonly else_subgraph_index: number;
}
export const IfOptions: TableDescriptor<IfOptionsFields> = {
  name: 'IfOptions',
  slots: 2,
  fields: [
    { name: 'then_subgraph_index', id: 0, kind: 'scalar', type: 'int', default: 0 },
    { name: 'else_subgraph_index', id: 1, kind: 'scalar', type: 'int', default: 0 },
  ],
};

export interface WhileOptionsFields {
  readonly cond_subgraph_index: number;
  readonly body_subgraph_index: number;
}
export const WhileOptions: TableDescriptor<WhileOptionsFields> = {
  name: 'WhileOptions',
  slots: 2,
  fields: [
    { name: 'cond_subgraph_index', id: 0, kind: 'scalar', type: 'int', default: 0 },
    { name: 'body_subgraph_index', id: 1, kind: 'scalar', type: 'int', default: 0 },
  ],
};

export interface DepthToSpaceOptionsFields {
  readonly block_size: number;
}
export const DepthToSpaceOptions: TableDescriptor<DepthToSpaceOptionsFields> = {
  name: 'DepthToSpaceOptions',
  slots: 1,
  fields: [
    { name: 'block_size', id: 0, kind: 'scalar', type: 'int', default: 0 },
  ],
};

export interface NonMaxSuppressionV4OptionsFields {}
export const NonMaxSuppressionV4Options: TableDescriptor<NonMaxSuppressionV4OptionsFields> = {
  name: 'NonMaxSuppressionV4Options',
  slots: 0,
  fields: [],
};

export interface NonMaxSuppressionV5OptionsFields {}
export const NonMaxSuppressionV5Options: TableDescriptor<NonMaxSuppressionV5OptionsFields> = {
  name: 'NonMaxSuppressionV5Options',
  slots: 0,
  fields: [],
};

export interface ScatterNdOptionsFields {}
export const ScatterNdOptions: TableDescriptor<ScatterNdOptionsFields> = {
  name: 'ScatterNdOptions',
  slots: 0,
  fields: [],
};

export interface SelectV2OptionsFields {}
export const SelectV2Options: TableDescriptor<SelectV2OptionsFields> = {
  name: 'SelectV2Options',
  slots: 0,
  fields: [],
};

export interface DensifyOptionsFields {}
export const DensifyOptions: TableDescriptor<DensifyOptionsFields> = {
  name: 'DensifyOptions',
  slots: 0,
  fields: [],
};

export interface SegmentSumOptionsFields {}
export const SegmentSumOptions: TableDescriptor<SegmentSumOptionsFields> = {
  name: 'SegmentSumOptions',
  slots: 0,
  fields: [],
};

export interface BatchMatMulOptionsFields {
  readonly adj_x: boolean;
  readonly adj_y: boolean;
  readonly asymmetric_quantize_inputs: boolean;
}
export const BatchMatMulOptions: TableDescriptor<BatchMatMulOptionsFields> = {
  name: 'BatchMatMulOptions',
  slots: 3,
  fields: [
    { name: 'adj_x', id: 0, kind: 'scalar', type: 'bool', default: false },
    { name: 'adj_y', id: 1, kind: 'scalar', type: 'bool', default: false },
    { name: 'asymmetric_quantize_inputs', id: 2, kind: 'scalar', type: 'bool', default: false },
  ],
};

export interface CumsumOptionsFields {
  readonly exclusive: boolean;
  readonly reverse: boolean;
}
export const CumsumOptions: TableDescriptor<CumsumOptionsFields> = {
  name: 'CumsumOptions',
  slots: 2,
  fields: [
    { name: 'exclusive', id: 0, kind: 'scalar', type: 'bool', default: false },
    { name: 'reverse', id: 1, kind: 'scalar', type: 'bool', default: false },
  ],
};

export interface CallOnceOptionsFields {
  readonly init_subgraph_index: number;
}
export const CallOnceOptions: TableDescriptor<CallOnceOptionsFields> = {
  name: 'CallOnceOptions',
  slots: 1,
  fields: [
    { name: 'init_subgraph_index', id: 0, kind: 'scalar', type: 'int', default: 0 },
  ],
};

export interface BroadcastToOptionsFields {}
export const BroadcastToOptions: TableDescriptor<BroadcastToOptionsFields> = {
  name: 'BroadcastToOptions',
  slots: 0,
  fields: [],
};

export interface Rfft2dOptionsFields {}
export const Rfft2dOptions: TableDescriptor<Rfft2dOptionsFields> = {
  name: 'Rfft2dOptions',
  slots: 0,
  fields: [],
};

export interface Conv3DOptionsFields {
  readonly padding: number;
  readonly stride_d: number;
  readonly stride_w: number;
  readonly stride_h: number;
  readonly fused_activation_function: number;
  readonly dilation_d_factor: number;
  readonly dilation_w_factor: number;
  readonly dilation_h_factor: number;
}
export const Conv3DOptions: TableDescriptor<Conv3DOptionsFields> = {
  name: 'Conv3DOptions',
  slots: 8,
  fields: [
    { name: 'padding', id: 0, kind: 'scalar', type: 'byte', enum: Padding, default: 0 },
    { name: 'stride_d', id: 1, kind: 'scalar', type: 'int', default: 0 },
    { name: 'stride_w', id: 2, kind: 'scalar', type: 'int', default: 0 },
    { name: 'stride_h', id: 3, kind: 'scalar', type: 'int', default: 0 },
    { name: 'fused_activation_function', id: 4, kind: 'scalar', type: 'byte', enum: ActivationFunctionType, default: 0 },
    { name: 'dilation_d_factor', id: 5, kind: 'scalar', type: 'int', default: 1 },
    { name: 'dilation_w_factor', id: 6, kind: 'scalar', type: 'int', default: 1 },
    { name: 'dilation_h_factor', id: 7, kind: 'scalar', type: 'int', default: 1 },
  ],
};

export interface HashtableOptionsFields {
  readonly table_id: number;
  readonly key_dtype: number;
  readonly value_dtype: number;
}
export const HashtableOptions: TableDescriptor<HashtableOptionsFields> = {
  name: 'HashtableOptions',
  slots: 3,
  fields: [
    { name: 'table_id', id: 0, kind: 'scalar', type: 'int', default: 0 },
    { name: 'key_dtype', id: 1, kind: 'scalar', type: 'byte', enum: TensorType, default: 0 },
    { name: 'value_dtype', id: 2, kind: 'scalar', type: 'byte', enum: TensorType, default: 0 },
  ],
};

export interface HashtableFindOptionsFields {}
export const HashtableFindOptions: TableDescriptor<HashtableFindOptionsFields> = {
  name: 'HashtableFindOptions',
  slots: 0,
  fields: [],
};

export interface HashtableImportOptionsFields {}
export const HashtableImportOptions: TableDescriptor<HashtableImportOptionsFields> = {
  name: 'HashtableImportOptions',
  slots: 0,
  fields: [],
};

export interface HashtableSizeOptionsFields {}
export const HashtableSizeOptions: TableDescriptor<HashtableSizeOptionsFields> = {
  name: 'HashtableSizeOptions',
  slots: 0,
  fields: [],
};

export interface VarHandleOptionsFields {
  readonly container: string;
  readonly shared_name: string;
}
export const VarHandleOptions: TableDescriptor<VarHandleOptionsFields> = {
  name: 'VarHandleOptions',
  slots: 2,
  fields: [
    { name: 'container', id: 0, kind: 'string' },
    { name: 'shared_name', id: 1, kind: 'string' },
  ],
};

export interface ReadVariableOptionsFields {}
export const ReadVariableOptions: TableDescriptor<ReadVariableOptionsFields> = {
  name: 'ReadVariableOptions',
  slots: 0,
  fields: [],
};

export interface AssignVariableOptionsFields {}
export const AssignVariableOptions: TableDescriptor<AssignVariableOptionsFields> = {
  name: 'AssignVariableOptions',
  slots: 0,
  fields: [],
};

export interface RandomOptionsFields {
  readonly seed: bigint;
  readonly seed2: bigint;
}
export const RandomOptions: TableDescriptor<RandomOptionsFields> = {
  name: 'RandomOptions',
  slots: 2,
  fields: [
    { name: 'seed', id: 0, kind: 'scalar', type: 'long', default: 0n },
    { name: 'seed2', id: 1, kind: 'scalar', type: 'long', default: 0n },
  ],
};

export interface BucketizeOptionsFields {
  readonly boundaries: readonly number[];
}
export const BucketizeOptions: TableDescriptor<BucketizeOptionsFields> = {
  name: 'BucketizeOptions',
  slots: 1,
  fields: [
    { name: 'boundaries', id: 0, kind: 'scalars', type: 'float' },
  ],
};

export interface GeluOptionsFields {
  readonly approximate: boolean;
}
export const GeluOptions: TableDescriptor<GeluOptionsFields> = {
  name: 'GeluOptions',
  slots: 1,
  fields: [
    { name: 'approximate', id: 0, kind: 'scalar', type: 'bool', default: false },
  ],
};

export interface DynamicUpdateSliceOptionsFields {}
export const DynamicUpdateSliceOptions: TableDescriptor<DynamicUpdateSliceOptionsFields> = {
  name: 'DynamicUpdateSliceOptions',
  slots: 0,
  fields: [],
};

export interface UnsortedSegmentProdOptionsFields {}
export const UnsortedSegmentProdOptions: TableDescriptor<UnsortedSegmentProdOptionsFields> = {
  name: 'UnsortedSegmentProdOptions',
  slots: 0,
  fields: [],
};

export interface UnsortedSegmentMaxOptionsFields {}
export const UnsortedSegmentMaxOptions: TableDescriptor<UnsortedSegmentMaxOptionsFields> = {
  name: 'UnsortedSegmentMaxOptions',
  slots: 0,
  fields: [],
};

export interface UnsortedSegmentMinOptionsFields {}
export const UnsortedSegmentMinOptions: TableDescriptor<UnsortedSegmentMinOptionsFields> = {
  name: 'UnsortedSegmentMinOptions',
  slots: 0,
  fields: [],
};

export interface UnsortedSegmentSumOptionsFields {}
export const UnsortedSegmentSumOptions: TableDescriptor<UnsortedSegmentSumOptionsFields> = {
  name: 'UnsortedSegmentSumOptions',
  slots: 0,
  fields: [],
};

export interface ATan2OptionsFields {}
export const ATan2Options: TableDescriptor<ATan2OptionsFields> = {
  name: 'ATan2Options',
  slots: 0,
  fields: [],
};

export interface SignOptionsFields {}
export const SignOptions: TableDescriptor<SignOptionsFields> = {
  name: 'SignOptions',
  slots: 0,
  fields: [],
};

export interface BitcastOptionsFields {}
export const BitcastOptions: TableDescriptor<BitcastOptionsFields> = {
  name: 'BitcastOptions',
  slots: 0,
  fields: [],
};

export interface BitwiseXorOptionsFields {}
export const BitwiseXorOptions: TableDescriptor<BitwiseXorOptionsFields> = {
  name: 'BitwiseXorOptions',
  slots: 0,
  fields: [],
};

export interface RightShiftOptionsFields {}
export const RightShiftOptions: TableDescriptor<RightShiftOptionsFields> = {
  name: 'RightShiftOptions',
  slots: 0,
  fields: [],
};

export const BuiltinOptions: UnionDescriptor = {
  name: 'BuiltinOptions',
  members: [
    Conv2DOptions,
    DepthwiseConv2DOptions,
    ConcatEmbeddingsOptions,
    LSHProjectionOptions,
    Pool2DOptions,
    SVDFOptions,
    RNNOptions,
    FullyConnectedOptions,
    SoftmaxOptions,
    ConcatenationOptions,
    AddOptions,
    L2NormOptions,
    LocalResponseNormalizationOptions,
    LSTMOptions,
    ResizeBilinearOptions,
    CallOptions,
    ReshapeOptions,
    SkipGramOptions,
    SpaceToDepthOptions,
    EmbeddingLookupSparseOptions,
    MulOptions,
    PadOptions,
    GatherOptions,
    BatchToSpaceNDOptions,
    SpaceToBatchNDOptions,
    TransposeOptions,
    ReducerOptions,
    SubOptions,
    DivOptions,
    SqueezeOptions,
    SequenceRNNOptions,
    StridedSliceOptions,
    ExpOptions,
    TopKV2Options,
    SplitOptions,
    LogSoftmaxOptions,
    CastOptions,
    DequantizeOptions,
    MaximumMinimumOptions,
    ArgMaxOptions,
    LessOptions,
    NegOptions,
    PadV2Options,
    GreaterOptions,
    GreaterEqualOptions,
    LessEqualOptions,
    SelectOptions,
    SliceOptions,
    TransposeConvOptions,
    SparseToDenseOptions,
    TileOptions,
    ExpandDimsOptions,
    EqualOptions,
    NotEqualOptions,
    ShapeOptions,
    PowOptions,
    ArgMinOptions,
    FakeQuantOptions,
    PackOptions,
    LogicalOrOptions,
    OneHotOptions,
    LogicalAndOptions,
    LogicalNotOptions,
    UnpackOptions,
    FloorDivOptions,
    SquareOptions,
    ZerosLikeOptions,
    FillOptions,
    BidirectionalSequenceLSTMOptions,
    BidirectionalSequenceRNNOptions,
    UnidirectionalSequenceLSTMOptions,
    FloorModOptions,
    RangeOptions,
    ResizeNearestNeighborOptions,
    LeakyReluOptions,
    SquaredDifferenceOptions,
    MirrorPadOptions,
    AbsOptions,
    SplitVOptions,
    UniqueOptions,
    ReverseV2Options,
    AddNOptions,
    GatherNdOptions,
    CosOptions,
    WhereOptions,
    RankOptions,
    ReverseSequenceOptions,
    MatrixDiagOptions,
    QuantizeOptions,
    MatrixSetDiagOptions,
    HardSwishOptions,
    IfOptions,
    WhileOptions,
    DepthToSpaceOptions,
    NonMaxSuppressionV4Options,
    NonMaxSuppressionV5Options,
    ScatterNdOptions,
    SelectV2Options,
    DensifyOptions,
    SegmentSumOptions,
    BatchMatMulOptions,
    CumsumOptions,
    CallOnceOptions,
    BroadcastToOptions,
    Rfft2dOptions,
    Conv3DOptions,
    HashtableOptions,
    HashtableFindOptions,
    HashtableImportOptions,
    HashtableSizeOptions,
    VarHandleOptions,
    ReadVariableOptions,
    AssignVariableOptions,
    RandomOptions,
    BucketizeOptions,
    GeluOptions,
    DynamicUpdateSliceOptions,
    UnsortedSegmentProdOptions,
    UnsortedSegmentMaxOptions,
    UnsortedSegmentMinOptions,
    UnsortedSegmentSumOptions,
    ATan2Options,
    SignOptions,
    BitcastOptions,
    BitwiseXorOptions,
    RightShiftOptions,
  ],
};

export const StablehloPrecisionConfig = defineEnum('StablehloPrecisionConfig', {
  DEFAULT: 0,
  HIGH: 1,
  HIGHEST: 2,
});

export const StablehloComparisonDirection = defineEnum('StablehloComparisonDirection', {
  STABLEHLO_COMPARISON_DIRECTION_EQ: 0,
  STABLEHLO_COMPARISON_DIRECTION_NE: 1,
  STABLEHLO_COMPARISON_DIRECTION_GE: 2,
  STABLEHLO_COMPARISON_DIRECTION_GT: 3,
  STABLEHLO_COMPARISON_DIRECTION_LE: 4,
  STABLEHLO_COMPARISON_DIRECTION_LT: 5,
});

export const StablehloComparisonType = defineEnum('StablehloComparisonType', {
  STABLEHLO_COMPARISON_TYPE_NOTYPE: 0,
  STABLEHLO_COMPARISON_TYPE_FLOAT: 1,
  STABLEHLO_COMPARISON_TYPE_FLOAT_TOTAL_ORDER: 2,
  STABLEHLO_COMPARISON_TYPE_SIGNED: 3,
  STABLEHLO_COMPARISON_TYPE_UNSIGNED: 4,
});

export const RngAlgorithm = defineEnum('RngAlgorithm', {
  DEFAULT: 0,
  PHILOX: 1,
  THREEFRY: 2,
});

export const ReduceWindowFunction = defineEnum('ReduceWindowFunction', {
  UNSUPPORTED: 0,
  ADD: 1,
  MUL: 2,
  MINIMUM: 3,
  MAXIMUM: 4,
  ALL: 5,
  ANY: 6,
});

export interface StablehloConcatenateOptionsFields {
  readonly dimension: bigint;
}
export const StablehloConcatenateOptions: TableDescriptor<StablehloConcatenateOptionsFields> = {
  name: 'StablehloConcatenateOptions',
  slots: 1,
  fields: [
    { name: 'dimension', id: 0, kind: 'scalar', type: 'long', default: 0n },
  ],
};

export interface StablehloBroadcastInDimOptionsFields {
  readonly broadcast_dimensions: readonly bigint[];
}
export const StablehloBroadcastInDimOptions: TableDescriptor<StablehloBroadcastInDimOptionsFields> = {
  name: 'StablehloBroadcastInDimOptions',
  slots: 1,
  fields: [
    { name: 'broadcast_dimensions', id: 0, kind: 'scalars', type: 'long' },
  ],
};

export interface StablehloSliceOptionsFields {
  readonly start_indices: readonly bigint[];
  readonly limit_indices: readonly bigint[];
  readonly strides: readonly bigint[];
}
export const StablehloSliceOptions: TableDescriptor<StablehloSliceOptionsFields> = {
  name: 'StablehloSliceOptions',
  slots: 3,
  fields: [
    { name: 'start_indices', id: 0, kind: 'scalars', type: 'long' },
    { name: 'limit_indices', id: 1, kind: 'scalars', type: 'long' },
    { name: 'strides', id: 2, kind: 'scalars', type: 'long' },
  ],
};

export interface StablehloConvolutionOptionsFields {
  readonly window_strides: readonly bigint[];
  readonly padding: readonly bigint[];
  readonly lhs_dilation: readonly bigint[];
  readonly rhs_dilation: readonly bigint[];
  readonly window_reversal: readonly boolean[];
  readonly input_batch_dimension: bigint;
  readonly input_feature_dimension: bigint;
  readonly input_spatial_dimensions: readonly bigint[];
  readonly kernel_input_feature_dimension: bigint;
  readonly kernel_output_feature_dimension: bigint;
  readonly kernel_spatial_dimensions: readonly bigint[];
  readonly output_batch_dimension: bigint;
  readonly output_feature_dimension: bigint;
  readonly output_spatial_dimensions: readonly bigint[];
  readonly feature_group_count: bigint;
  readonly batch_group_count: bigint;
  readonly precision_config: readonly number[];
}
export const StablehloConvolutionOptions: TableDescriptor<StablehloConvolutionOptionsFields> = {
  name: 'StablehloConvolutionOptions',
  slots: 17,
  fields: [
    { name: 'window_strides', id: 0, kind: 'scalars', type: 'long' },
    { name: 'padding', id: 1, kind: 'scalars', type: 'long' },
    { name: 'lhs_dilation', id: 2, kind: 'scalars', type: 'long' },
    { name: 'rhs_dilation', id: 3, kind: 'scalars', type: 'long' },
    { name: 'window_reversal', id: 4, kind: 'scalars', type: 'bool' },
    { name: 'input_batch_dimension', id: 5, kind: 'scalar', type: 'long', default: 0n },
    { name: 'input_feature_dimension', id: 6, kind: 'scalar', type: 'long', default: 0n },
    { name: 'input_spatial_dimensions', id: 7, kind: 'scalars', type: 'long' },
    { name: 'kernel_input_feature_dimension', id: 8, kind: 'scalar', type: 'long', default: 0n },
    { name: 'kernel_output_feature_dimension', id: 9, kind: 'scalar', type: 'long', default: 0n },
    { name: 'kernel_spatial_dimensions', id: 10, kind: 'scalars', type: 'long' },
    { name: 'output_batch_dimension', id: 11, kind: 'scalar', type: 'long', default: 0n },
    { name: 'output_feature_dimension', id: 12, kind: 'scalar', type: 'long', default: 0n },
    { name: 'output_spatial_dimensions', id: 13, kind: 'scalars', type: 'long' },
    { name: 'feature_group_count', id: 14, kind: 'scalar', type: 'long', default: 0n },
    { name: 'batch_group_count', id: 15, kind: 'scalar', type: 'long', default: 0n },
    { name: 'precision_config', id: 16, kind: 'scalars', type: 'uint', enum: StablehloPrecisionConfig },
  ],
};

export interface StablehloCustomCallOptionsFields {
  readonly call_target_name: string;
  readonly has_side_effect: boolean;
  readonly backend_config: string;
  readonly api_version: number;
  readonly called_computations: readonly number[];
  readonly custom_attributes: Uint8Array;
}
export const StablehloCustomCallOptions: TableDescriptor<StablehloCustomCallOptionsFields> = {
  name: 'StablehloCustomCallOptions',
  slots: 6,
  fields: [
    { name: 'call_target_name', id: 0, kind: 'string' },
    { name: 'has_side_effect', id: 1, kind: 'scalar', type: 'bool', default: false },
    { name: 'backend_config', id: 2, kind: 'string' },
    { name: 'api_version', id: 3, kind: 'scalar', type: 'int', default: 0 },
    { name: 'called_computations', id: 4, kind: 'scalars', type: 'int' },
    { name: 'custom_attributes', id: 5, kind: 'scalars', type: 'ubyte' },
  ],
};

export interface StablehloReduceOptionsFields {
  readonly dimensions: readonly bigint[];
  readonly body_subgraph_index: number;
}
export const StablehloReduceOptions: TableDescriptor<StablehloReduceOptionsFields> = {
  name: 'StablehloReduceOptions',
  slots: 2,
  fields: [
    { name: 'dimensions', id: 0, kind: 'scalars', type: 'long' },
    { name: 'body_subgraph_index', id: 1, kind: 'scalar', type: 'int', default: 0 },
  ],
};

export interface StablehloScatterOptionsFields {
  readonly indices_are_sorted: boolean;
  readonly update_window_dims: readonly bigint[];
  readonly inserted_window_dims: readonly bigint[];
  readonly scatter_dims_to_operand_dims: readonly bigint[];
  readonly index_vector_dim: bigint;
  readonly unique_indices: boolean;
  readonly update_computation_subgraph_index: number;
}
export const StablehloScatterOptions: TableDescriptor<StablehloScatterOptionsFields> = {
  name: 'StablehloScatterOptions',
  slots: 7,
  fields: [
    { name: 'indices_are_sorted', id: 0, kind: 'scalar', type: 'bool', default: false },
    { name: 'update_window_dims', id: 1, kind: 'scalars', type: 'long' },
    { name: 'inserted_window_dims', id: 2, kind: 'scalars', type: 'long' },
    { name: 'scatter_dims_to_operand_dims', id: 3, kind: 'scalars', type: 'long' },
    { name: 'index_vector_dim', id: 4, kind: 'scalar', type: 'long', default: 0n },
    { name: 'unique_indices', id: 5, kind: 'scalar', type: 'bool', default: false },
    { name: 'update_computation_subgraph_index', id: 6, kind: 'scalar', type: 'int', default: 0 },
  ],
};

export interface StablehloCompareOptionsFields {
  readonly comparison_direction: number;
  readonly compare_type: number;
}
export const StablehloCompareOptions: TableDescriptor<StablehloCompareOptionsFields> = {
  name: 'StablehloCompareOptions',
  slots: 2,
  fields: [
    { name: 'comparison_direction', id: 0, kind: 'scalar', type: 'uint', enum: StablehloComparisonDirection, default: 0 },
    { name: 'compare_type', id: 1, kind: 'scalar', type: 'uint', enum: StablehloComparisonType, default: 0 },
  ],
};

export interface StablehloDynamicSliceOptionsFields {
  readonly slice_sizes: readonly bigint[];
}
export const StablehloDynamicSliceOptions: TableDescriptor<StablehloDynamicSliceOptionsFields> = {
  name: 'StablehloDynamicSliceOptions',
  slots: 1,
  fields: [
    { name: 'slice_sizes', id: 0, kind: 'scalars', type: 'long' },
  ],
};

export interface StablehloPadOptionsFields {
  readonly edge_padding_low: readonly bigint[];
  readonly edge_padding_high: readonly bigint[];
  readonly interior_padding: readonly bigint[];
}
export const StablehloPadOptions: TableDescriptor<StablehloPadOptionsFields> = {
  name: 'StablehloPadOptions',
  slots: 3,
  fields: [
    { name: 'edge_padding_low', id: 0, kind: 'scalars', type: 'long' },
    { name: 'edge_padding_high', id: 1, kind: 'scalars', type: 'long' },
    { name: 'interior_padding', id: 2, kind: 'scalars', type: 'long' },
  ],
};

export interface StablehloIotaOptionsFields {
  readonly iota_dimension: bigint;
}
export const StablehloIotaOptions: TableDescriptor<StablehloIotaOptionsFields> = {
  name: 'StablehloIotaOptions',
  slots: 1,
  fields: [
    { name: 'iota_dimension', id: 0, kind: 'scalar', type: 'long', default: 0n },
  ],
};

export interface StablehloDotGeneralOptionsFields {
  readonly lhs_batching_dimensions: readonly bigint[];
  readonly rhs_batching_dimensions: readonly bigint[];
  readonly lhs_contracting_dimensions: readonly bigint[];
  readonly rhs_contracting_dimensions: readonly bigint[];
  readonly precision_config: readonly number[];
}
export const StablehloDotGeneralOptions: TableDescriptor<StablehloDotGeneralOptionsFields> = {
  name: 'StablehloDotGeneralOptions',
  slots: 5,
  fields: [
    { name: 'lhs_batching_dimensions', id: 0, kind: 'scalars', type: 'long' },
    { name: 'rhs_batching_dimensions', id: 1, kind: 'scalars', type: 'long' },
    { name: 'lhs_contracting_dimensions', id: 2, kind: 'scalars', type: 'long' },
    { name: 'rhs_contracting_dimensions', id: 3, kind: 'scalars', type: 'long' },
    { name: 'precision_config', id: 4, kind: 'scalars', type: 'uint', enum: StablehloPrecisionConfig },
  ],
};

export interface StablehloReduceWindowOptionsFields {
  readonly window_dimensions: readonly bigint[];
  readonly window_strides: readonly bigint[];
  readonly base_dilations: readonly bigint[];
  readonly window_dilations: readonly bigint[];
  readonly padding: readonly bigint[];
  readonly body_subgraph_index: number;
}
export const StablehloReduceWindowOptions: TableDescriptor<StablehloReduceWindowOptionsFields> = {
  name: 'StablehloReduceWindowOptions',
  slots: 6,
  fields: [
    { name: 'window_dimensions', id: 0, kind: 'scalars', type: 'long' },
    { name: 'window_strides', id: 1, kind: 'scalars', type: 'long' },
    { name: 'base_dilations', id: 2, kind: 'scalars', type: 'long' },
    { name: 'window_dilations', id: 3, kind: 'scalars', type: 'long' },
    { name: 'padding', id: 4, kind: 'scalars', type: 'long' },
    { name: 'body_subgraph_index', id: 5, kind: 'scalar', type: 'int', default: 0 },
  ],
};

export interface StablehloSortOptionsFields {
  readonly dimension: bigint;
  readonly is_stable: boolean;
  readonly comparator_subgraph_index: number;
}
export const StablehloSortOptions: TableDescriptor<StablehloSortOptionsFields> = {
  name: 'StablehloSortOptions',
  slots: 3,
  fields: [
    { name: 'dimension', id: 0, kind: 'scalar', type: 'long', default: 0n },
    { name: 'is_stable', id: 1, kind: 'scalar', type: 'bool', default: false },
    { name: 'comparator_subgraph_index', id: 2, kind: 'scalar', type: 'int', default: 0 },
  ],
};

export interface StablehloWhileOptionsFields {
  readonly cond_subgraph_index: number;
  readonly body_subgraph_index: number;
}
export const StablehloWhileOptions: TableDescriptor<StablehloWhileOptionsFields> = {
  name: 'StablehloWhileOptions',
  slots: 2,
  fields: [
    { name: 'cond_subgraph_index', id: 0, kind: 'scalar', type: 'int', default: 0 },
    { name: 'body_subgraph_index', id: 1, kind: 'scalar', type: 'int', default: 0 },
  ],
};

export interface StablehloGatherOptionsFields {
  readonly offset_dims: readonly bigint[];
  readonly collapsed_slice_dims: readonly bigint[];
  readonly start_index_map: readonly bigint[];
  readonly index_vector_dim: bigint;
  readonly slice_sizes: readonly bigint[];
  readonly indices_are_sorted: boolean;
}
export const StablehloGatherOptions: TableDescriptor<StablehloGatherOptionsFields> = {
  name: 'StablehloGatherOptions',
  slots: 6,
  fields: [
    { name: 'offset_dims', id: 0, kind: 'scalars', type: 'long' },
    { name: 'collapsed_slice_dims', id: 1, kind: 'scalars', type: 'long' },
    { name: 'start_index_map', id: 2, kind: 'scalars', type: 'long' },
    { name: 'index_vector_dim', id: 3, kind: 'scalar', type: 'long', default: 0n },
    { name: 'slice_sizes', id: 4, kind: 'scalars', type: 'long' },
    { name: 'indices_are_sorted', id: 5, kind: 'scalar', type: 'bool', default: false },
  ],
};

export interface StablehloTransposeOptionsFields {
  readonly permutation: readonly bigint[];
}
export const StablehloTransposeOptions: TableDescriptor<StablehloTransposeOptionsFields> = {
  name: 'StablehloTransposeOptions',
  slots: 1,
  fields: [
    { name: 'permutation', id: 0, kind: 'scalars', type: 'long' },
  ],
};

export interface DilateOptionsFields {}
export const DilateOptions: TableDescriptor<DilateOptionsFields> = {
  name: 'DilateOptions',
  slots: 0,
  fields: [],
};

export interface StablehloRngBitGeneratorOptionsFields {
  readonly algorithm: number;
}
export const StablehloRngBitGeneratorOptions: TableDescriptor<StablehloRngBitGeneratorOptionsFields> = {
  name: 'StablehloRngBitGeneratorOptions',
  slots: 1,
  fields: [
    { name: 'algorithm', id: 0, kind: 'scalar', type: 'byte', enum: RngAlgorithm, default: 0 },
  ],
};

export interface ReduceWindowOptionsFields {
  readonly reduce_function: number;
}
export const ReduceWindowOptions: TableDescriptor<ReduceWindowOptionsFields> = {
  name: 'ReduceWindowOptions',
  slots: 1,
  fields: [
    { name: 'reduce_function', id: 0, kind: 'scalar', type: 'int', enum: ReduceWindowFunction, default: 0 },
  ],
};

export interface StableHLOCompositeOptionsFields {
  readonly name: string;
  readonly decomposition_subgraph_index: number;
  readonly composite_attributes: Uint8Array;
  readonly composite_attributes_format: number;
  readonly version: number;
}
export const StableHLOCompositeOptions: TableDescriptor<StableHLOCompositeOptionsFields> = {
  name: 'StableHLOCompositeOptions',
  slots: 5,
  fields: [
    { name: 'name', id: 0, kind: 'string' },
    { name: 'decomposition_subgraph_index', id: 1, kind: 'scalar', type: 'int', default: 0 },
    { name: 'composite_attributes', id: 2, kind: 'scalars', type: 'ubyte' },
    { name: 'composite_attributes_format', id: 3, kind: 'scalar', type: 'byte', enum: CustomOptionsFormat, default: 0 },
    { name: 'version', id: 4, kind: 'scalar', type: 'int', default: 0 },
  ],
};

export interface StablehloShiftLeftOptionsFields {}
export const StablehloShiftLeftOptions: TableDescriptor<StablehloShiftLeftOptionsFields> = {
  name: 'StablehloShiftLeftOptions',
  slots: 0,
  fields: [],
};

export interface StablehloCaseOptionsFields {
  readonly branch_subgraph_indices: readonly number[];
}
export const StablehloCaseOptions: TableDescriptor<StablehloCaseOptionsFields> = {
  name: 'StablehloCaseOptions',
  slots: 1,
  fields: [
    { name: 'branch_subgraph_indices', id: 0, kind: 'scalars', type: 'int' },
  ],
};

export const BuiltinOptions2: UnionDescriptor = {
  name: 'BuiltinOptions2',
  members: [
    StablehloConcatenateOptions,
    StablehloBroadcastInDimOptions,
    StablehloSliceOptions,
    StablehloConvolutionOptions,
    StablehloCustomCallOptions,
    StablehloReduceOptions,
    StablehloScatterOptions,
    StablehloCompareOptions,
    StablehloDynamicSliceOptions,
    StablehloPadOptions,
    StablehloIotaOptions,
    StablehloDotGeneralOptions,
    StablehloReduceWindowOptions,
    StablehloSortOptions,
    StablehloWhileOptions,
    StablehloGatherOptions,
    StablehloTransposeOptions,
    DilateOptions,
    StablehloRngBitGeneratorOptions,
    ReduceWindowOptions,
    StableHLOCompositeOptions,
    StablehloShiftLeftOptions,
    StablehloCaseOptions,
  ],
};

export interface OperatorFields {
  readonly opcode_index: number;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly builtin_options: UnionView | undefined;
  readonly custom_options: Uint8Array;
  readonly custom_options_format: number;
  readonly mutating_variable_inputs: readonly boolean[];
  readonly intermediates: readonly number[];
  readonly large_custom_options_offset: bigint;
  readonly large_custom_options_size: bigint;
  readonly builtin_options_2: UnionView | undefined;
  readonly debug_metadata_index: number;
}
export const Operator: TableDescriptor<OperatorFields> = {
  name: 'Operator',
  slots: 14,
  fields: [
    { name: 'opcode_index', id: 0, kind: 'scalar', type: 'uint', default: 0 },
    { name: 'inputs', id: 1, kind: 'scalars', type: 'int' },
    { name: 'outputs', id: 2, kind: 'scalars', type: 'int' },
    { name: 'builtin_options', id: 4, kind: 'union', union: BuiltinOptions },
    { name: 'custom_options', id: 5, kind: 'scalars', type: 'ubyte' },
    { name: 'custom_options_format', id: 6, kind: 'scalar', type: 'byte', enum: CustomOptionsFormat, default: 0 },
    { name: 'mutating_variable_inputs', id: 7, kind: 'scalars', type: 'bool' },
    { name: 'intermediates', id: 8, kind: 'scalars', type: 'int' },
    { name: 'large_custom_options_offset', id: 9, kind: 'scalar', type: 'ulong', default: 0n },
    { name: 'large_custom_options_size', id: 10, kind: 'scalar', type: 'ulong', default: 0n },
    { name: 'builtin_options_2', id: 12, kind: 'union', union: BuiltinOptions2 },
    { name: 'debug_metadata_index', id: 13, kind: 'scalar', type: 'int', default: -1 },
  ],
};

export interface SubGraphFields {
  readonly tensors: readonly TableView<TensorFields>[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly operators: readonly TableView<OperatorFields>[];
  readonly name: string;
  readonly debug_metadata_index: number;
}
export const SubGraph: TableDescriptor<SubGraphFields> = {
  name: 'SubGraph',
  slots: 6,
  fields: [
    { name: 'tensors', id: 0, kind: 'tables', table: Tensor },
    { name: 'inputs', id: 1, kind: 'scalars', type: 'int' },
    { name: 'outputs', id: 2, kind: 'scalars', type: 'int' },
    { name: 'operators', id: 3, kind: 'tables', table: Operator },
    { name: 'name', id: 4, kind: 'string' },
    { name: 'debug_metadata_index', id: 5, kind: 'scalar', type: 'int', default: -1 },
  ],
};

export interface BufferFields {
  readonly data: Uint8Array;
  readonly offset: bigint;
  readonly size: bigint;
}
export const Buffer: TableDescriptor<BufferFields> = {
  name: 'Buffer',
  slots: 3,
  fields: [
    { name: 'data', id: 0, kind: 'scalars', type: 'ubyte', alignment: 16 },
    { name: 'offset', id: 1, kind: 'scalar', type: 'ulong', default: 0n },
    { name: 'size', id: 2, kind: 'scalar', type: 'ulong', default: 0n },
  ],
};

export interface ExternalBufferGroupFields {
  readonly name: string;
}
export const ExternalBufferGroup: TableDescriptor<ExternalBufferGroupFields> = {
  name: 'ExternalBufferGroup',
  slots: 1,
  fields: [
    { name: 'name', id: 0, kind: 'string' },
  ],
};

export interface ExternalBufferFields {
  readonly id: number;
  readonly group: number;
  readonly offset: bigint;
  readonly length: bigint;
  readonly packing: string;
}
export const ExternalBuffer: TableDescriptor<ExternalBufferFields> = {
  name: 'ExternalBuffer',
  slots: 5,
  fields: [
    { name: 'id', id: 0, kind: 'scalar', type: 'uint', default: 0 },
    { name: 'group', id: 1, kind: 'scalar', type: 'uint', default: 0 },
    { name: 'offset', id: 2, kind: 'scalar', type: 'ulong', default: 0n },
    { name: 'length', id: 3, kind: 'scalar', type: 'ulong', default: 0n },
    { name: 'packing', id: 4, kind: 'string' },
  ],
};

export interface MetadataFields {
  readonly name: string;
  readonly buffer: number;
}
export const Metadata: TableDescriptor<MetadataFields> = {
  name: 'Metadata',
  slots: 2,
  fields: [
    { name: 'name', id: 0, kind: 'string' },
    { name: 'buffer', id: 1, kind: 'scalar', type: 'uint', default: 0 },
  ],
};

export interface TensorMapFields {
  readonly name: string;
  readonly tensor_index: number;
}
export const TensorMap: TableDescriptor<TensorMapFields> = {
  name: 'TensorMap',
  slots: 2,
  fields: [
    { name: 'name', id: 0, kind: 'string' },
    { name: 'tensor_index', id: 1, kind: 'scalar', type: 'uint', default: 0 },
  ],
};

export interface SignatureDefFields {
  readonly inputs: readonly TableView<TensorMapFields>[];
  readonly outputs: readonly TableView<TensorMapFields>[];
  readonly signature_key: string;
  readonly subgraph_index: number;
}
export const SignatureDef: TableDescriptor<SignatureDefFields> = {
  name: 'SignatureDef',
  slots: 5,
  fields: [
    { name: 'inputs', id: 0, kind: 'tables', table: TensorMap },
    { name: 'outputs', id: 1, kind: 'tables', table: TensorMap },
    { name: 'signature_key', id: 2, kind: 'string' },
    { name: 'subgraph_index', id: 4, kind: 'scalar', type: 'uint', default: 0 },
  ],
};

export interface ModelFields {
  readonly version: number;
  readonly operator_codes: readonly TableView<OperatorCodeFields>[];
  readonly subgraphs: readonly TableView<SubGraphFields>[];
  readonly description: string;
  readonly buffers: readonly TableView<BufferFields>[];
  readonly metadata_buffer: readonly number[];
  readonly metadata: readonly TableView<MetadataFields>[];
  readonly signature_defs: readonly TableView<SignatureDefFields>[];
  readonly external_buffer_groups: readonly TableView<ExternalBufferGroupFields>[];
  readonly external_buffers: readonly TableView<ExternalBufferFields>[];
}
export const Model: TableDescriptor<ModelFields> = {
  name: 'Model',
  slots: 10,
  fields: [
    { name: 'version', id: 0, kind: 'scalar', type: 'uint', default: 0 },
    { name: 'operator_codes', id: 1, kind: 'tables', table: OperatorCode },
    { name: 'subgraphs', id: 2, kind: 'tables', table: SubGraph },
    { name: 'description', id: 3, kind: 'string' },
    { name: 'buffers', id: 4, kind: 'tables', table: Buffer },
    { name: 'metadata_buffer', id: 5, kind: 'scalars', type: 'int' },
    { name: 'metadata', id: 6, kind: 'tables', table: Metadata },
    { name: 'signature_defs', id: 7, kind: 'tables', table: SignatureDef },
    { name: 'external_buffer_groups', id: 8, kind: 'tables', table: ExternalBufferGroup },
    { name: 'external_buffers', id: 9, kind: 'tables', table: ExternalBuffer },
  ],
};

/** The options table of each builtin operator that has one. */
export const operatorOptions: ReadonlyMap<string, TableDescriptor> = new Map<string, TableDescriptor>([
  ['ADD', AddOptions],
  ['AVERAGE_POOL_2D', Pool2DOptions],
  ['CONCATENATION', ConcatenationOptions],
  ['CONV_2D', Conv2DOptions],
  ['DEPTHWISE_CONV_2D', DepthwiseConv2DOptions],
  ['DEPTH_TO_SPACE', DepthToSpaceOptions],
  ['DEQUANTIZE', DequantizeOptions],
  ['FULLY_CONNECTED', FullyConnectedOptions],
  ['L2_NORMALIZATION', L2NormOptions],
  ['L2_POOL_2D', Pool2DOptions],
  ['LOCAL_RESPONSE_NORMALIZATION', LocalResponseNormalizationOptions],
  ['LSH_PROJECTION', LSHProjectionOptions],
  ['LSTM', LSTMOptions],
  ['MAX_POOL_2D', Pool2DOptions],
  ['MUL', MulOptions],
  ['RESHAPE', ReshapeOptions],
  ['RESIZE_BILINEAR', ResizeBilinearOptions],
  ['RNN', RNNOptions],
  ['SOFTMAX', SoftmaxOptions],
  ['SPACE_TO_DEPTH', SpaceToDepthOptions],
  ['SVDF', SVDFOptions],
  ['CONCAT_EMBEDDINGS', ConcatEmbeddingsOptions],
  ['SKIP_GRAM', SkipGramOptions],
  ['CALL', CallOptions],
  ['EMBEDDING_LOOKUP_SPARSE', EmbeddingLookupSparseOptions],
  ['PAD', PadOptions],
  ['UNIDIRECTIONAL_SEQUENCE_RNN', SequenceRNNOptions],
  ['GATHER', GatherOptions],
  ['BATCH_TO_SPACE_ND', BatchToSpaceNDOptions],
  ['SPACE_TO_BATCH_ND', SpaceToBatchNDOptions],
  ['TRANSPOSE', TransposeOptions],
  ['MEAN', ReducerOptions],
  ['SUB', SubOptions],
  ['DIV', DivOptions],
  ['SQUEEZE', SqueezeOptions],
  ['UNIDIRECTIONAL_SEQUENCE_LSTM', UnidirectionalSequenceLSTMOptions],
  ['STRIDED_SLICE', StridedSliceOptions],
  ['BIDIRECTIONAL_SEQUENCE_RNN', BidirectionalSequenceRNNOptions],
  ['EXP', ExpOptions],
  ['TOPK_V2', TopKV2Options],
  ['SPLIT', SplitOptions],
  ['LOG_SOFTMAX', LogSoftmaxOptions],
  ['BIDIRECTIONAL_SEQUENCE_LSTM', BidirectionalSequenceLSTMOptions],
  ['CAST', CastOptions],
  ['MAXIMUM', MaximumMinimumOptions],
  ['ARG_MAX', ArgMaxOptions],
  ['MINIMUM', MaximumMinimumOptions],
  ['LESS', LessOptions],
  ['NEG', NegOptions],
  ['PADV2', PadV2Options],
  ['GREATER', GreaterOptions],
  ['GREATER_EQUAL', GreaterEqualOptions],
  ['LESS_EQUAL', LessEqualOptions],
  ['SELECT', SelectOptions],
  ['SLICE', SliceOptions],
  ['TRANSPOSE_CONV', TransposeConvOptions],
  ['SPARSE_TO_DENSE', SparseToDenseOptions],
  ['TILE', TileOptions],
  ['EXPAND_DIMS', ExpandDimsOptions],
  ['EQUAL', EqualOptions],
  ['NOT_EQUAL', NotEqualOptions],
  ['SUM', ReducerOptions],
  ['SHAPE', ShapeOptions],
  ['POW', PowOptions],
  ['ARG_MIN', ArgMinOptions],
  ['FAKE_QUANT', FakeQuantOptions],
  ['REDUCE_PROD', ReducerOptions],
  ['REDUCE_MAX', ReducerOptions],
  ['PACK', PackOptions],
  ['LOGICAL_OR', LogicalOrOptions],
  ['ONE_HOT', OneHotOptions],
  ['LOGICAL_AND', LogicalAndOptions],
  ['LOGICAL_NOT', LogicalNotOptions],
  ['UNPACK', UnpackOptions],
  ['REDUCE_MIN', ReducerOptions],
  ['FLOOR_DIV', FloorDivOptions],
  ['REDUCE_ANY', ReducerOptions],
  ['SQUARE', SquareOptions],
  ['ZEROS_LIKE', ZerosLikeOptions],
  ['FILL', FillOptions],
  ['FLOOR_MOD', FloorModOptions],
  ['RANGE', RangeOptions],
  ['RESIZE_NEAREST_NEIGHBOR', ResizeNearestNeighborOptions],
  ['LEAKY_RELU', LeakyReluOptions],
  ['SQUARED_DIFFERENCE', SquaredDifferenceOptions],
  ['MIRROR_PAD', MirrorPadOptions],
  ['ABS', AbsOptions],
  ['SPLIT_V', SplitVOptions],
  ['UNIQUE', UniqueOptions],
  ['REVERSE_V2', ReverseV2Options],
  ['ADD_N', AddNOptions],
  ['GATHER_ND', GatherNdOptions],
  ['COS', CosOptions],
  ['WHERE', WhereOptions],
  ['RANK', RankOptions],
  ['REVERSE_SEQUENCE', ReverseSequenceOptions],
  ['MATRIX_DIAG', MatrixDiagOptions],
  ['QUANTIZE', QuantizeOptions],
  ['MATRIX_SET_DIAG', MatrixSetDiagOptions],
  ['HARD_SWISH', HardSwishOptions],
  ['IF', IfOptions],
  ['WHILE', WhileOptions],
  ['NON_MAX_SUPPRESSION_V4', NonMaxSuppressionV4Options],
  ['NON_MAX_SUPPRESSION_V5', NonMaxSuppressionV5Options],
  ['SCATTER_ND', ScatterNdOptions],
  ['SELECT_V2', SelectV2Options],
  ['DENSIFY', DensifyOptions],
  ['SEGMENT_SUM', SegmentSumOptions],
  ['BATCH_MATMUL', BatchMatMulOptions],
  ['CUMSUM', CumsumOptions],
  ['CALL_ONCE', CallOnceOptions],
  ['BROADCAST_TO', BroadcastToOptions],
  ['RFFT2D', Rfft2dOptions],
  ['CONV_3D', Conv3DOptions],
  ['HASHTABLE', HashtableOptions],
  ['HASHTABLE_FIND', HashtableFindOptions],
  ['HASHTABLE_IMPORT', HashtableImportOptions],
  ['HASHTABLE_SIZE', HashtableSizeOptions],
  ['REDUCE_ALL', ReducerOptions],
  ['CONV_3D_TRANSPOSE', Conv3DOptions],
  ['VAR_HANDLE', VarHandleOptions],
  ['READ_VARIABLE', ReadVariableOptions],
  ['ASSIGN_VARIABLE', AssignVariableOptions],
  ['RANDOM_STANDARD_NORMAL', RandomOptions],
  ['BUCKETIZE', BucketizeOptions],
  ['RANDOM_UNIFORM', RandomOptions],
  ['MULTINOMIAL', RandomOptions],
  ['GELU', GeluOptions],
  ['DYNAMIC_UPDATE_SLICE', DynamicUpdateSliceOptions],
  ['UNSORTED_SEGMENT_PROD', UnsortedSegmentProdOptions],
  ['UNSORTED_SEGMENT_MAX', UnsortedSegmentMaxOptions],
  ['UNSORTED_SEGMENT_SUM', UnsortedSegmentSumOptions],
  ['ATAN2', ATan2Options],
  ['UNSORTED_SEGMENT_MIN', UnsortedSegmentMinOptions],
  ['SIGN', SignOptions],
  ['BITCAST', BitcastOptions],
  ['BITWISE_XOR', BitwiseXorOptions],
  ['RIGHT_SHIFT', RightShiftOptions],
  ['STABLEHLO_CONCATENATE', StablehloConcatenateOptions],
  ['STABLEHLO_BROADCAST_IN_DIM', StablehloBroadcastInDimOptions],
  ['STABLEHLO_CONVOLUTION', StablehloConvolutionOptions],
  ['STABLEHLO_SLICE', StablehloSliceOptions],
  ['STABLEHLO_CUSTOM_CALL', StablehloCustomCallOptions],
  ['STABLEHLO_REDUCE', StablehloReduceOptions],
  ['STABLEHLO_SCATTER', StablehloScatterOptions],
  ['STABLEHLO_COMPARE', StablehloCompareOptions],
  ['STABLEHLO_DYNAMIC_SLICE', StablehloDynamicSliceOptions],
  ['STABLEHLO_PAD', StablehloPadOptions],
  ['STABLEHLO_IOTA', StablehloIotaOptions],
  ['STABLEHLO_DOT_GENERAL', StablehloDotGeneralOptions],
  ['STABLEHLO_REDUCE_WINDOW', StablehloReduceWindowOptions],
  ['STABLEHLO_SORT', StablehloSortOptions],
  ['STABLEHLO_WHILE', StablehloWhileOptions],
  ['STABLEHLO_GATHER', StablehloGatherOptions],
  ['STABLEHLO_TRANSPOSE', StablehloTransposeOptions],
  ['DILATE', DilateOptions],
  ['STABLEHLO_RNG_BIT_GENERATOR', StablehloRngBitGeneratorOptions],
  ['REDUCE_WINDOW', ReduceWindowOptions],
  ['STABLEHLO_COMPOSITE', StableHLOCompositeOptions],
  ['STABLEHLO_SHIFT_LEFT', StablehloShiftLeftOptions],
  ['STABLEHLO_CASE', StablehloCaseOptions],
]);

export const rootTable = Model;
