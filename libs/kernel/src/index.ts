export { ALLOWED, defineFailures, enforce, Failure } from './failure.js';
export type { FailureExtras, Verdict } from './failure.js';
export { assertNever, invariant } from './assert.js';
export { isId, newId, randomSuffix } from './ids.js';
export { systemClock } from './clock.js';
export type { Clock } from './clock.js';
