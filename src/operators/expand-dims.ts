/** EXPAND_DIMS: inserts a dimension of extent 1. */
import { reshapeOperator } from './support/reshape.js';

export default reshapeOperator('EXPAND_DIMS');
