import type { PreparedPool } from '../operators/support/pooling.js';
import type { Kernel } from './kernel.js';
import { bindPool } from './support/pool.js';

export const maxPool2dS8: Kernel<PreparedPool> = {
  name: 'max_pool_2d_s8',
  isa: 'scalar',
  bind: (prepared) => bindPool(prepared, 'modelc_max_pool_2d_s8', false),
};
