/** SQUEEZE: drops dimensions of extent 1. Any element type; no code where input and output can share memory. */
import { reshapeOperator } from './support/reshape.js';

export default reshapeOperator('SQUEEZE');
