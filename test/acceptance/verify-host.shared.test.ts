import { describeVerification } from './verify-models.js';

describeVerification(['host:gcc', 'host:clang']);
