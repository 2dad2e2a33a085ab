/**
 * fast-check with a fixed seed, so that a run of the suite depends on the code alone. To explore further:
 * `PROPERTY_SEED=7 PROPERTY_FACTOR=50 npm test -- test/kernel`; a failure prints its seed and path.
 */
import fc from 'fast-check';

const { PROPERTY_SEED = '1', PROPERTY_FACTOR = '1' } = process.env;
fc.configureGlobal({ seed: Number(PROPERTY_SEED) });

/** Number of examples of one property. */
export const runs = (count: number): { numRuns: number } => ({ numRuns: count * Number(PROPERTY_FACTOR) });

export { fc };
