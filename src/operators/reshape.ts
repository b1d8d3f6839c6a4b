/**
 * RESHAPE: the same elements under another shape, that of the stored output. Any element type; no code where input and
 * output can share memory.
 */
import { indexTypes } from './signature.js';
import { movableTypes } from './support/movement.js';
import { reshapeOperator } from './support/reshape.js';

export default reshapeOperator('RESHAPE', movableTypes, [{ name: 'shape', types: indexTypes, optional: true }]);
