/**
 * RESHAPE: the same elements under another shape, that of the stored output. Any element type; no code where input and
 * output can share memory.
 */
import { reshapeOperator } from './support/reshape.js';

export default reshapeOperator('RESHAPE');
