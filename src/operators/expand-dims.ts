/** EXPAND_DIMS: inserts a dimension of extent 1. Any element type; no code where input and output can share memory. */
import { indexTypes } from './signature.js';
import { reshapeOperator } from './support/reshape.js';

export default reshapeOperator('EXPAND_DIMS', ['int8', 'int16', 'float32'], [{ name: 'axis', types: indexTypes }]);
