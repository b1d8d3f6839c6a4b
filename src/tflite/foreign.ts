/** What a file is that is no .tflite file, by its first bytes, and the way from it to one. */

export interface ForeignFile {
  /** Completes "The file is …". */
  readonly what: string;
  readonly remedy: string;
}

const converted = 'docs/models.md of modelc shows how to convert it to an int8 .tflite file.';

interface Kind extends ForeignFile {
  readonly matches: (file: Foreign) => boolean;
}

/** A file with what kinds are told by. */
interface Foreign {
  readonly bytes: Uint8Array;
  /** The first bytes as text, one character each. */
  readonly head: string;
  /** The last bytes likewise: archives list what they hold at their end. */
  readonly tail: string;
}

const headBytes = 4096;
const tailBytes = 65_536;

const begins = (...signature: readonly number[]) => {
  return ({ bytes }: Foreign) => signature.every((byte, i) => bytes[i] === byte);
};
const isZip = begins(0x50, 0x4b, 3, 4);
const archive = (...names: readonly string[]) => {
  return (file: Foreign) => isZip(file) && names.every((name) => `${file.head}${file.tail}`.includes(name));
};

/** From the most to the least specific. */
const kinds: readonly Kind[] = [
  { matches: ({ bytes }) => bytes.length === 0, what: 'empty', remedy: 'Copy or convert the model again.' },
  {
    matches: ({ head }) => head.startsWith('version https://git-lfs'),
    what: 'a pointer of Git LFS, not the file it stands for',
    remedy: 'Run `git lfs pull` where it comes from, or download the file itself.',
  },
  {
    matches: ({ head }) => /^\s*<(!doctype html|html|\?xml)/i.test(head),
    what: 'a web page',
    remedy: 'Download the file itself; on GitHub that is behind "Raw".',
  },
  {
    matches: ({ head }) => /\b(unsigned char|u?int8_t|char)\b[^;{]*\[[^\]]*\][^;{]*=\s*\{/.test(head),
    what: 'C source with bytes in it, as `xxd -i` writes a model',
    remedy: 'Use the .tflite file it was made from, or make one of it: cut out the numbers and run `xxd -r -p`.',
  },
  {
    matches: begins(0x89, 0x48, 0x44, 0x46),
    what: 'HDF5, as Keras saves a model in .h5',
    remedy: `Load it with tf.keras.models.load_model; ${converted}`,
  },
  {
    matches: archive('config.json', 'metadata.json'),
    what: 'a .keras file',
    remedy: `Load it with tf.keras.models.load_model; ${converted}`,
  },
  {
    matches: archive('/data.pkl', '/code/'),
    what: 'a TorchScript file',
    remedy: `Export the PyTorch model it was made from; ${converted}`,
  },
  {
    matches: archive('/data.pkl'),
    what: 'a PyTorch checkpoint',
    remedy: `Load it into its PyTorch model and export that; ${converted}`,
  },
  {
    matches: archive('.npy'),
    what: 'an archive of NumPy arrays',
    remedy: 'Name the model first; arrays are inputs: `modelc run MODEL --input FILE.npz`.',
  },
  { matches: isZip, what: 'a ZIP archive', remedy: 'Unpack it and name the .tflite file in it.' },
  {
    matches: begins(0x1f, 0x8b),
    what: 'compressed by gzip',
    remedy: 'Unpack it with `gunzip`, or `tar -xzf` when it is a .tar.gz.',
  },
  {
    matches: (file) =>
      [begins(0x42, 0x5a, 0x68), begins(0xfd, 0x37, 0x7a, 0x58), begins(0x28, 0xb5, 0x2f, 0xfd)].some((is) => is(file)),
    what: 'compressed by bzip2, xz or zstd',
    remedy: 'Unpack it first.',
  },
  {
    matches: ({ bytes, head }) =>
      begins(0x80)({ bytes, head, tail: '' }) && (bytes[1] as number) <= 5 && bytes.length > 2,
    what: "Python's pickle, as old PyTorch versions save checkpoints",
    remedy: `Load it into its PyTorch model and export that; ${converted}`,
  },
  {
    // ModelProto: field 1 is the IR version, 3 and above; then the producer's name, or another of its fields
    matches: ({ bytes }) =>
      bytes[0] === 0x08 &&
      (bytes[1] as number) >= 3 &&
      (bytes[1] as number) <= 32 &&
      [0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42].includes(bytes[2] as number),
    what: 'an ONNX model',
    remedy: `Convert it with onnx2tf, quantised to int8; ${converted}`,
  },
  {
    // SavedModel: field 1 is the schema version 1, field 2 a MetaGraphDef
    matches: begins(0x08, 0x01, 0x12),
    what: 'the saved_model.pb of a TensorFlow SavedModel',
    remedy: `Convert its folder with tf.lite.TFLiteConverter.from_saved_model; ${converted}`,
  },
  {
    matches: ({ head }) => /^\s*\{/.test(head) && /"(modelTopology|weightsManifest)"/.test(head),
    what: 'the model.json of TensorFlow.js',
    remedy: `Convert the Keras model or SavedModel it was made from; ${converted}`,
  },
  {
    matches: ({ head }) => /^ET\d\d$/.test(head.slice(4, 8)),
    what: 'an ExecuTorch program',
    remedy: `Export the PyTorch model it was made from; ${converted}`,
  },
];

/** Undefined when nothing is recognised. Looks at the first and last bytes only. */
export function recognizeForeign(bytes: Uint8Array): ForeignFile | undefined {
  const text = (part: Uint8Array) => new TextDecoder('latin1').decode(part);
  const file = { bytes, head: text(bytes.subarray(0, headBytes)), tail: text(bytes.subarray(-tailBytes)) };
  return kinds.find(({ matches }) => matches(file));
}

/** Whether the bytes could be a FlatBuffer: its root and the root's vtable lie in the file. */
export function isFlatBuffer(bytes: Uint8Array): boolean {
  if (bytes.length < 16) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const root = view.getUint32(0, true);
  if (root < 4 || root + 4 > bytes.length) return false;
  const vtable = root - view.getInt32(root, true);
  if (vtable < 4 || vtable + 4 > bytes.length) return false;
  const vtableBytes = view.getUint16(vtable, true);
  return vtableBytes >= 4 && vtableBytes % 2 === 0 && vtable + vtableBytes <= bytes.length;
}
