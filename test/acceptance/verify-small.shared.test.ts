import { describeVerification } from './verify-models.js';

describeVerification(['rp2040', 'microbit', 'rv32-virt']);
