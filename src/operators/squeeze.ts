/** SQUEEZE: drops dimensions of extent 1. */
import { reshapeOperator } from './support/reshape.js';

export default reshapeOperator('SQUEEZE');
