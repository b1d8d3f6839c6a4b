/**
 * What a file may ask of us. Far above any model for a microcontroller, and low enough that a hostile file cannot
 * exhaust memory or time.
 */
export interface Limits {
  readonly fileBytes: number;
  /** Most tables of each kind that comes in vectors, in the whole file; shared tables count each time. */
  readonly tables: Readonly<Record<string, number>>;
  /** Most elements of the vectors named `Table.field`. */
  readonly vectorLengths: Readonly<Record<string, number>>;
  /** Longest name or description, in bytes. */
  readonly stringBytes: number;
  /**
   * Bytes of tables, vectors and strings that may be reached in total, as a multiple of the file size and a constant.
   * A writer stores each object for one owner, so honest files stay near 1; what a file can gain by pointing to the
   * same bytes again and again is bounded by this.
   */
  readonly reachableBytesPerFileByte: number;
  readonly reachableBytesBase: number;
}

export const defaultLimits: Limits = {
  fileBytes: 256 * 1024 * 1024,
  tables: {
    SubGraph: 1024,
    Tensor: 65536,
    Operator: 65536,
    OperatorCode: 4096,
    Buffer: 65536,
    Metadata: 1024,
    SignatureDef: 1024,
    TensorMap: 16384,
    VariantSubType: 65536,
    DimensionMetadata: 65536,
    ExternalBufferGroup: 1024,
    ExternalBuffer: 65536,
  },
  vectorLengths: { 'Tensor.shape': 8, 'Tensor.shape_signature': 8 },
  stringBytes: 65536,
  reachableBytesPerFileByte: 2,
  reachableBytesBase: 65536,
};
