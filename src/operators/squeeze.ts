/** SQUEEZE: drops dimensions of extent 1. Any element type; no code where input and output can share memory. */
import { movableTypes } from './support/movement.js';
import { reshapeOperator } from './support/reshape.js';

export default reshapeOperator('SQUEEZE', movableTypes);
