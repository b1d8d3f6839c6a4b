import { describeVerification } from './verify-models.js';

describeVerification(['mps2-an385', 'mps2-an386', 'mps2-an500', 'mps2-an505', 'mps3-an547']);
