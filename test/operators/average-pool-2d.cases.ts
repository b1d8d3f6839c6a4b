import { poolCases } from './support/pool-cases.js';

export default poolCases('AVERAGE_POOL_2D');
