/** Puts together graphs for tests; tensors get their index and a name in order of creation. */
import { type ElementType, elementCount, type TensorData, toBytes } from '../../../src/ir/element-type.js';
import type { Graph, Operator, Options, Quantization, Tensor } from '../../../src/ir/graph.js';
import type { TensorQuantization } from '../../../src/operators/support/quantization.js';

export interface TensorValues {
  readonly type?: ElementType;
  readonly shape: readonly number[];
  readonly quantization?: TensorQuantization | Quantization;
}

function toQuantization(quantization: TensorQuantization | Quantization): Quantization {
  if ('scales' in quantization) return quantization;
  return { scales: [quantization.scale], zeroPoints: [quantization.zeroPoint], axis: 0 };
}

export class GraphBuilder {
  readonly tensors: Tensor[] = [];
  readonly operators: Operator[] = [];
  readonly inputs: number[] = [];

  /** A tensor that some operator writes, or a constant with `data`. Returns its index. */
  tensor({ type = 'int8', shape, quantization }: TensorValues, data?: TensorData): number {
    const index = this.tensors.length;
    this.tensors.push({
      index,
      name: `tensor ${index}`,
      type,
      shape,
      ...(quantization === undefined ? {} : { quantization: toQuantization(quantization) }),
      ...(data === undefined ? {} : { data: toBytes(data).slice() }),
      isVariable: false,
      isStatic: true,
    });
    return index;
  }

  input(values: TensorValues): number {
    const index = this.tensor(values);
    this.inputs.push(index);
    return index;
  }

  /** A constant int32 tensor, [n] unless `shape` says otherwise. */
  integers(values: readonly number[], shape: readonly number[] = [values.length]): number {
    return this.tensor({ type: 'int32', shape }, Int32Array.from(values));
  }

  operator(name: string, inputs: readonly number[], outputs: readonly number[], options: Options = {}): void {
    this.operators.push({ index: this.operators.length, name, version: 1, inputs, outputs, options });
  }

  shapeOf(index: number): readonly number[] {
    return (this.tensors[index] as Tensor).shape;
  }

  /** Scale and zero point of a tensor quantised as a whole. */
  quantizationOf(index: number): TensorQuantization {
    const { scales, zeroPoints } = (this.tensors[index] as Tensor).quantization as Quantization;
    return { scale: scales[0] as number, zeroPoint: zeroPoints[0] as number };
  }

  build(outputs: readonly number[]): Graph {
    return { name: 'main', tensors: this.tensors, operators: this.operators, inputs: this.inputs, outputs };
  }
}

/** Bytes of one element of the types that tests use. */
export function elementBytes(type: ElementType): number {
  if (type === 'int64') return 8;
  if (type === 'int32' || type === 'float32') return 4;
  return type === 'int16' ? 2 : 1;
}

export function tensorByteLength({ type, shape }: Tensor): number {
  return elementBytes(type) * elementCount(shape);
}
