/** Random networks of real operators: branches, residuals, strides, dilations, pads, pools, reductions, batches. */
import { elementCount } from '../../src/ir/element-type.js';
import type { Graph, Operator, Options, Quantization, Tensor } from '../../src/ir/graph.js';
import type { Random } from '../support/random.js';

const common: Quantization = { scales: [0.5], zeroPoints: [3], axis: 0 };

class Network {
  readonly tensors: Tensor[] = [];
  readonly operators: Operator[] = [];
  readonly inputs: number[] = [];

  constructor(readonly random: Random) {}

  tensor(shape: readonly number[], changes: Partial<Tensor> = {}): number {
    const index = this.tensors.length;
    const quantization = common;
    this.tensors.push({
      ...{ index, name: `t${index}`, type: 'int8', shape, quantization, isVariable: false, isStatic: true },
      ...changes,
    });
    return index;
  }

  weights(shape: readonly number[]): number {
    const data = new Uint8Array(elementCount(shape)).map(() => this.random.below(256));
    return this.tensor(shape, { data, quantization: { scales: [0.01], zeroPoints: [0], axis: 0 } });
  }

  integers(values: readonly number[]): number {
    const data = new Uint8Array(new Int32Array(values).buffer);
    return this.tensor([values.length], { type: 'int32', data });
  }

  apply(
    name: string,
    inputs: readonly number[],
    shape: readonly number[],
    options: Options = {},
    changes = {},
  ): number {
    const output = this.tensor(shape, changes);
    this.operators.push({ index: this.operators.length, name, version: 1, inputs, outputs: [output], options });
    return output;
  }

  shape(index: number): readonly number[] {
    return (this.tensors[index] as Tensor).shape;
  }
}

/** The same graph for the same random source: about `size` operators on images. */
export function randomNetwork(random: Random, size: number): Graph {
  const net = new Network(random);
  const batch = random.below(6) === 0 ? 2 : 1;
  const extent = () => 1 + random.below(12);
  const first = net.tensor([batch, random.below(5) === 0 ? 1 : extent() + 2, extent() + 2, 1 + random.below(6)]);
  net.inputs.push(first);
  const images = [first];
  if (random.below(5) === 0) {
    const second = net.tensor(net.shape(first));
    net.inputs.push(second);
    images.push(second);
  }
  for (let i = 0; i < size; i++) {
    const source = images[
      images.length - 1 - Math.floor(random.below(Math.min(3, images.length)) * (random.below(3) === 0 ? 1 : 0))
    ] as number;
    const grown = grow(net, source, images);
    if (grown !== undefined) images.push(grown);
  }
  const outputs = [finish(net, images.at(-1) as number)];
  if (random.below(4) === 0) outputs.push(images[random.below(images.length)] as number);
  return {
    name: 'random',
    tensors: net.tensors,
    operators: net.operators,
    inputs: net.inputs,
    outputs: [...new Set(outputs)],
  };
}

function grow(net: Network, source: number, images: readonly number[]): number | undefined {
  const { random } = net;
  const [n, h, w, c] = net.shape(source) as [number, number, number, number];
  const kernel = () => [1 + random.below(Math.min(4, h + 1)), 1 + random.below(Math.min(4, w + 1))] as const;
  const windowed = (name: string, isPool: boolean): number | undefined => {
    const [kh, kw] = kernel();
    const stride = [1 + random.below(3) * random.below(2), 1 + random.below(2)] as const;
    const dilation = isPool || random.below(4) > 0 ? [1, 1] : [1 + random.below(3), 1 + random.below(3)];
    const padding = random.pick(['SAME', 'VALID']);
    const axis = (input: number, size: number, step: number, spread: number) => {
      const effective = (size - 1) * spread + 1;
      return padding === 'SAME' ? Math.ceil(input / step) : Math.floor((input + step - effective) / step);
    };
    const oh = axis(h, kh, stride[0], dilation[0] as number);
    const ow = axis(w, kw, stride[1], dilation[1] as number);
    if (oh < 1 || ow < 1) return undefined;
    const steps = { stride_h: stride[0], stride_w: stride[1], padding };
    const spread = { dilation_h_factor: dilation[0] as number, dilation_w_factor: dilation[1] as number };
    if (isPool) return net.apply(name, [source], [n, oh, ow, c], { ...steps, filter_height: kh, filter_width: kw });
    if (name === 'CONV_2D') {
      const outC = 1 + random.below(8);
      const filter = net.weights([outC, kh, kw, c]);
      return net.apply(name, [source, filter], [n, oh, ow, outC], { ...steps, ...spread });
    }
    const multiplier = random.below(4) === 0 ? 2 : 1;
    return net.apply(name, [source, net.weights([1, kh, kw, c * multiplier])], [n, oh, ow, c * multiplier], {
      ...{ ...steps, ...spread },
      depth_multiplier: multiplier,
    });
  };
  const alike = images.filter((image) => String(net.shape(image)) === String(net.shape(source)));
  switch (random.below(14)) {
    case 0:
    case 1:
    case 2:
      return windowed('CONV_2D', false);
    case 3:
    case 4:
      return windowed('DEPTHWISE_CONV_2D', false);
    case 5:
      return windowed('MAX_POOL_2D', true);
    case 6:
      return windowed('AVERAGE_POOL_2D', true);
    case 7:
    case 8: {
      const other = random.below(6) === 0 ? net.weights([1, 1, 1, c]) : random.pick(alike);
      return net.apply('ADD', [source, other], [n, h, w, c]);
    }
    case 9: {
      const axis = 1 + random.below(3);
      const parts = [source, random.pick(alike), ...(random.below(3) === 0 ? [random.pick(alike)] : [])];
      const shape = [n, h, w, c].map((size, i) => (i === axis ? size * parts.length : size));
      return elementCount(shape) > 4000 ? undefined : net.apply('CONCATENATION', parts, shape, { axis });
    }
    case 10: {
      const amounts = [0, 0, random.below(3), random.below(2), random.below(2), random.below(3), 0, 0];
      const shape = [n, h, w, c].map((size, i) => size + (amounts[2 * i] as number) + (amounts[2 * i + 1] as number));
      const paddings = net.integers(amounts);
      Object.assign(net.tensors[paddings] as Tensor, { shape: [4, 2] });
      return net.apply('PAD', [source, paddings], shape);
    }
    case 11:
      return net.apply(random.pick(['RELU', 'RELU6']), [source], [n, h, w, c]);
    case 12: {
      if (h < 3) return undefined;
      const begin = 1 + random.below(h - 2);
      const slice = [
        [0, begin, 0, 0],
        [n, h, w, c],
        [1, 1, 1, 1],
      ].map((list) => net.integers(list));
      return net.apply('STRIDED_SLICE', [source, ...slice], [n, h - begin, w, c]);
    }
    default: {
      const flat = net.apply('RESHAPE', [source], [n, h * w * c]);
      return net.apply('RESHAPE', [flat], random.below(2) === 0 ? [n, w, h, c] : [n, h, w, c]);
    }
  }
}

/** How classifiers end: a global pool or MEAN, a dense layer, SOFTMAX; or nothing. */
function finish(net: Network, image: number): number {
  const { random } = net;
  const [n, h, w, c] = net.shape(image) as [number, number, number, number];
  const ending = random.below(4);
  if (ending === 0) return image;
  let features = image;
  let depth = h * w * c;
  if (ending === 1 && n === 1) {
    features = net.apply('MEAN', [image, net.integers([1, 2])], [n, c], { keep_dims: false });
    depth = c;
  } else if (ending === 2) {
    const options = { stride_h: 1, stride_w: 1, filter_height: h, filter_width: w, padding: 'VALID' };
    features = net.apply('RESHAPE', [net.apply('AVERAGE_POOL_2D', [image], [n, 1, 1, c], options)], [n, c]);
    depth = c;
  } else {
    features = net.apply('RESHAPE', [image], [n, depth]);
  }
  const units = 1 + random.below(5);
  const dense = net.apply('FULLY_CONNECTED', [features, net.weights([units, depth])], [n, units]);
  if (random.below(2) === 0) return dense;
  const quantization = { scales: [1 / 256], zeroPoints: [-128], axis: 0 };
  return net.apply('SOFTMAX', [dense], [n, units], { beta: 1 }, { quantization });
}
