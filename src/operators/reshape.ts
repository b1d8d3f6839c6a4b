/** RESHAPE: the same elements under another shape. */
import { reshapeOperator } from './support/reshape.js';

export default reshapeOperator('RESHAPE');
