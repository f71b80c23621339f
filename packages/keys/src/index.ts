export { createFindKey, type FindKey, type FindKeyDeps, type FoundKey, type RefusedKey } from './find-key.ts';
export { findRemovals, type Removed } from './find-removals.ts';
export { createKeyText, identifyKeyText, isKeyId, isKeyText, type KeyIdentity } from './key-text.ts';
export { type ActionLimit, mayUseAction } from './may-use-action.ts';
export { createRefusedTokens, type RefusedTokens, type RefusedTokensOptions } from './refused-tokens.ts';
