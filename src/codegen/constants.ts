/** The constants of a model: named, and identical ones stored once. */

import { crc32 } from '../ir/crc32.js';
import { toBytes } from '../ir/element-type.js';
import type { ConstantArray } from '../kernels/kernel.js';

export interface NamedConstant extends ConstantArray {
  /** C identifier. */
  readonly identifier: string;
}

/** Collects constants while layers are emitted. */
export class ConstantPool {
  private readonly byContent = new Map<string, NamedConstant[]>();
  readonly constants: NamedConstant[] = [];

  /** The identifier under which the array is stored: `identifier`, or that of an equal array stored before. */
  add(array: ConstantArray, identifier: string): string {
    const bytes = toBytes(array.values);
    const key = `${array.cType} ${bytes.length} ${crc32(bytes)}`;
    const candidates = this.byContent.get(key) ?? [];
    const equal = candidates.find(({ values }) => {
      const other = toBytes(values);
      return other.every((byte, i) => byte === bytes[i]);
    });
    if (equal !== undefined) return equal.identifier;
    const constant = { ...array, identifier };
    this.byContent.set(key, [...candidates, constant]);
    this.constants.push(constant);
    return identifier;
  }

  /** Bytes of flash all constants take. */
  get bytes(): number {
    return this.constants.reduce((total, { values }) => total + values.byteLength, 0);
  }
}
