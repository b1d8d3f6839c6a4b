import { poolCases } from './support/pool-cases.js';

export default poolCases('MAX_POOL_2D');
